/** 催办 and 收工: the commands of the room `limits`, and the reminder a case gets. */
import { randomUUID } from 'node:crypto'
import { receiving } from '../forged-hall.ts'
import { doing, record } from '../recorder.ts'

record({ lane: 'LA', system: ['applied', 'applied'] }, ({ tablet, who, sign, system }) => {
  const a = who('a', 'roleA')
  const supervisor = who('s', 'supervisor', null)
  const received = sign(a, receiving(tablet))
  const reminder = { way: 'urge', dueOn: null, text: '示例：学生明天要用' }
  sign(supervisor, doing('case.remind', received.aggId, reminder))
  const closeId = randomUUID()
  const left = {
    about: 'case',
    id: received.aggId,
    number: 'XS-261120-LA-1',
    title: '示例事项',
    reason: '示例：约好再来',
  }
  sign(a, doing('dayClose.file', closeId, { left: [left] }))
  system([
    {
      ...{ type: 'case.remind', v: 1, kind: 'case', aggId: received.aggId },
      args: { way: 'supervise', dueOn: '2026-11-20', text: null },
    },
    { type: 'dayClose.archive', v: 1, kind: 'dayClose', aggId: closeId, args: {} },
  ])
})
