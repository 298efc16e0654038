/** 服务指南: printed, renewed, taken away (SSC-17). */
import { randomUUID } from 'node:crypto'
import { item } from '../forged-hall.ts'
import { doing, record } from '../recorder.ts'

record({ lane: 'FK' }, ({ who, sign }) => {
  const a = who('a', 'roleA')
  const supervisor = who('s', 'supervisor', null)
  const { windowId, id: itemId, code: itemCode, name: itemName } = item
  const own = randomUUID()
  const place = { windowId, itemId, itemCode, itemName, version: 1, place: '示例：一号架', copies: 20 }
  sign(a, doing('guide.place', own, place))
  sign(supervisor, doing('guide.place', randomUUID(), { ...place, place: '示例：大厅入口' }))
  sign(a, doing('guide.renew', own, { itemId, itemName, version: 2, copies: 30 }))
  sign(a, doing('guide.remove', own, { reason: '示例：不再发放' }))
})
