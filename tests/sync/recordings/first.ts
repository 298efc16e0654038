/** The commands of the first release; fixtures/commands-v1.json was made from this and stays as it is. */
import { randomUUID } from 'node:crypto'
import type { SystemAct } from '../../../server/sync/index.ts'
import type { Json } from '../../../shared/core/canonical.ts'
import { nbuProfile } from '../../../shared/profiles/nbu.ts'
import { calendarsFromChineseDays } from '../../../server/calendar/seed-calendars.ts'
import { item, noting, receiving } from '../forged-hall.ts'
import { doing, record } from '../recorder.ts'

const refused = { others: ['case.refuse held grant'], system: ['conflict', 'applied'] }

record({ lane: 'FA', ...refused }, ({ tablet, who, sign, sent, system }) => {
  const a = who('a', 'roleA')
  const b = who('b', 'roleB')
  const c = who('c', 'admin', null)

  const first = sign(a, receiving(tablet))
  sign(a, doing('case.take', first.aggId, {}, { saw: { handler: { actorId: 'a' } } }))
  const to = { actorId: 'b', actorName: '示例·b', role: 'roleB' }
  sign(a, doing('case.assign', first.aggId, { to, text: '示例：请接着办' }, { saw: { handler: { actorId: 'a' } } }))
  sign(b, noting(first.aggId))
  const pii = { name: '示例·王同学', studentNo: '20240117', phone: '13800001234' }
  sign(b, doing('case.correct', first.aggId, { fields: { phone: '13900005678' } }, { saw: { state: 'open', pii } }))
  const [paper] = item.materials
  if (!paper) throw new Error('the item has lost its materials')
  const line = { materialId: paper.id, name: '示例材料', state: 'missing', how: '请补交一份' }
  const present = { [paper.id]: { state: 'present' } }
  const seen = { saw: { state: 'open', notices: [], materials: present } }
  sign(b, doing('case.supplementNotice', first.aggId, { missing: [line], matters: [] }, seen))
  const given = { saw: { notices: [{}], materials: { [paper.id]: { state: 'missing' } } } }
  sign(b, doing('case.materialGiven', first.aggId, { materials: [{ id: paper.id, state: 'present' }] }, given))
  const promise = { workingDays: 3, on: '2026-11-25', level: 'ordinary', reason: '示例：须核实', beyondReason: null }
  sign(b, doing('case.accept', first.aggId, promise, { saw: { state: 'open' } }))
  const ended = sign(
    a,
    doing('case.conclude', first.aggId, { result: '示例：已办好', resultNote: '' }, { saw: { state: 'open' } }),
  )

  const second = sign(a, receiving(tablet))
  sign(b, doing('case.withdraw', second.aggId, { reason: '示例：不办了' }, { saw: { state: 'open' } }))
  const other = sign(a, doing('case.conclude', second.aggId, { result: '示例：已办好', resultNote: '' }, {}))
  const choice = { conflictId: `${other.cmdId}:outcome`, choice: 'kept', reason: '示例：学生确已撤回' }
  sign(a, doing('case.resolve', second.aggId, choice))

  const third = sign(a, receiving(tablet))
  const ground = { stage: 'door', groundId: item.grounds[0]?.id ?? '', ground: '示例条款', reason: '示例：不属本厅' }
  const held = sign(b, doing('case.refuse', third.aggId, ground, { saw: { state: 'open' } }))
  const answer = { way: 'handed', to: { actorId: 'a', actorName: '示例·a' }, reason: null }
  const about = { kind: 'case', aggId: third.aggId, type: 'case.refuse', code: 'grant' }
  sign(b, doing('outcome.ack', held.cmdId, { about, ...answer }))
  sent()
  const release = doing('held.release', third.aggId, { cmdId: held.cmdId, reason: '示例：已核对' })
  sign(c, { ...release, forge: { kind: 'case', causedBy: held.cmdId } })

  const fourth = sign(a, receiving(tablet))
  const wrong = sign(a, doing('case.withdraw', fourth.aggId, { reason: '示例：点错了' }, { saw: { state: 'open' } }))
  sign(a, doing('case.undo', fourth.aggId, { act: wrong.cmdId }, { saw: { state: 'withdrawn' } }))

  const handoverId = randomUUID()
  const left = { id: 'line-1', about: 'matter', caseId: fourth.aggId, text: '示例：待办一件' }
  sign(a, doing('handover.open', handoverId, { lines: [left] }))
  sign(b, doing('handover.confirm', handoverId, { remarks: [{ lineId: 'line-1', remark: '示例：已核对' }] }))

  const id = `${item.hallId}:${item.code}@9`
  const sheet = { ...item, id, version: 9, effectiveOn: '2027-01-01', retiredOn: null }
  sign(c, doing('item.publish', id, { item: sheet as unknown as Json }))
  sign(c, doing('item.retire', id, { on: '2027-06-30' }))
  const postId = randomUUID()
  const held2 = { personId: 'd', personName: '示例·丁', personKind: 'student', role: 'roleB' }
  sign(c, doing('post.assign', postId, { ...held2, windowId: item.windowId, from: '2026-11-20', to: null }))
  sign(c, doing('post.end', postId, { on: '2027-06-30' }))
  const profile = { ...nbuProfile, id: 'nbu@9', version: 9, effectiveOn: '2027-01-01' }
  sign(c, doing('profile.adopt', profile.id, { profile: profile as unknown as Json }))
  const [calendar] = calendarsFromChineseDays('nbu', [2026])
  if (!calendar) throw new Error('no calendar of 2026')
  const next = { ...calendar, version: 9, id: 'nbu:2026@9' }
  sign(c, doing('calendar.publish', next.id, { calendar: next as unknown as Json }))
  sent()

  const twin = {
    ...{
      caseId: third.aggId,
      number: String(third.args.number),
      cmdId: third.cmdId,
      actorId: 'a',
      actorName: '示例·a',
    },
    ...{ role: 'roleA', deviceId: tablet.deviceId, at: third.wall, online: false },
  }
  const byServer = (type: string, aggId: string, args: Record<string, Json>): SystemAct => ({
    ...{ type, v: 1, kind: 'case', aggId, args },
  })
  system([
    byServer('case.twin', fourth.aggId, { other: twin, stands: 'earlier' }),
    byServer('case.archive', first.aggId, { endedAt: ended.wall }),
  ])
  const join = { conflictId: `twin:${third.aggId}`, choice: 'apart', reason: '示例：是两件事' }
  sign(a, doing('case.link', fourth.aggId, join, { saw: { state: 'open' } }))
})
