/** Appointments; fixtures/commands-slots.json was made from this. */
import { randomUUID } from 'node:crypto'
import { ctxv, item } from '../forged-hall.ts'
import { doing, record } from '../recorder.ts'

const slot = { windowId: item.windowId, itemCode: null, itemName: '本窗口各事项', letter: 'A' }
const times = { day: '2026-11-24', from: '09:00', to: '10:00', capacity: 3 }
const student = { name: '示例·王同学', studentNo: '20240117', phone: '13800001234' }
const other = { name: '示例·林同学', studentNo: '20240120', phone: '' }

record({ lane: 'FS', system: ['applied'] }, ({ who, sign, system }) => {
  const a = who('a', 'roleA')
  const b = who('b', 'roleB')
  const id = randomUUID()
  const on = (type: string, args: Parameters<typeof doing>[2]) =>
    doing(type, id, args, { ctxv: { ...ctxv, item: null } })
  sign(a, on('slot.open', { ...slot, ...times }))
  sign(b, on('slot.book', { number: 'A-FS1', student }))
  sign(b, on('slot.book', { number: 'A-FS2', student: other, item: { code: item.code, name: item.name } }))
  sign(b, on('slot.cancel', { number: 'A-FS2', reason: '示例：学生来电' }))
  sign(a, on('slot.change', { capacity: 4, isClosed: true, reason: '示例：系统检修' }))
  sign(b, on('slot.arrive', { number: 'A-FS1', caseId: randomUUID() }))
  system([{ type: 'slot.archive', v: 1, kind: 'slot', aggId: id, args: { before: '2026-12-24' } }])
})
