/** First contacts: a matter handed on and taken, guided, nobody's, found out, a case's, an emergency, a lapse. */
import { randomUUID } from 'node:crypto'
import type { Json } from '../../../shared/core/canonical.ts'
import { nextNumber } from '../../support/forge.ts'
import { receiving } from '../forged-hall.ts'
import { doing, record } from '../recorder.ts'

record({ lane: 'FR', system: ['applied'] }, ({ tablet, who, sign, system }) => {
  const a = who('a', 'roleA')
  const b = who('b', 'roleB')
  const there = who('d', 'roleA', 'careers')
  const s = who('s', 'supervisor', null)

  const open = (matter: string, more: Record<string, Json> = {}) =>
    doing('contact.open', randomUUID(), {
      ...{ number: nextNumber(tablet), matter, voice: null, channel: 'window', isAboutStaff: false, isSerious: false },
      ...{ person: { name: '示例·王同学', phone: '13800001234' }, text: '示例：来问一件事', item: null, units: [] },
      ...{ replyOn: null, ...more },
    })
  const told = { how: 'answered', text: '示例：已说明', told: 'inPerson' }
  const no = { asked: { windowId: null }, state: 'open', holder: { actorId: 'a', unitId: null } }

  const first = sign(a, open('otherUnit'))
  sign(a, doing('contact.handOn', first.aggId, { toWindowId: 'careers', text: '示例：请接着办' }, { saw: no }))
  const whom = { how: 'phone', whom: '示例·丙', isReached: true, text: '示例：十分钟后回' }
  sign(a, doing('contact.reach', first.aggId, whom))
  const asked = { asked: { windowId: 'careers' }, state: 'handing', holder: { actorId: 'a' } }
  sign(there, doing('contact.take', first.aggId, {}, { saw: asked }))
  const taken = { asked: { windowId: null }, state: 'open' }
  const ended = sign(there, doing('contact.answer', first.aggId, told, { saw: taken }))

  const second = sign(b, open('outside'))
  const way = { guidanceId: 'parcel', windowId: null, place: '示例：快递服务站', procedure: '示例：凭取件码', text: '' }
  sign(b, doing('contact.guide', second.aggId, way, { saw: no }))

  const third = sign(a, open('nobodys', { replyOn: '2026-11-25' }))
  sign(a, doing('contact.report', third.aggId, { to: '分管校领导', how: 'phone', text: '示例' }))
  const unit = { unitId: 'security', windowId: null, text: '示例：请办理' }
  sign(s, doing('contact.passOn', third.aggId, unit, { saw: { state: 'reported', holder: { unitId: null } } }))
  const result = { text: '示例：已办好', told: 'phone' }
  sign(s, doing('contact.result', third.aggId, result, { saw: { state: 'passed' } }))

  const fourth = sign(a, open('own'))
  sign(a, doing('contact.find', fourth.aggId, { units: ['教务处'], text: '示例：要不要补考', replyOn: '2026-11-23' }))
  sign(b, doing('contact.note', fourth.aggId, { text: '示例：已问过教务处' }))
  const received = sign(a, receiving(tablet))
  const named = { caseId: received.aggId, caseNumber: String(received.args.number) }
  sign(a, doing('contact.becomeCase', fourth.aggId, named, { saw: no }))

  const fifth = sign(a, open('emergency'))
  sign(a, doing('contact.void', fifth.aggId, { reason: '示例：点错了' }, { saw: { state: 'open' } }))

  const about = { contactId: first.aggId, lapse: 3, person: { actorId: 'd', actorName: '示例·d' }, atWindowId: null }
  const lapse = { ...about, contactNumber: String(first.args.number), isFromLog: false, reason: '示例：评价里写了' }
  const lapseId = `${first.aggId}:3:d`
  sign(s, doing('contact.lapse', lapseId, lapse))
  sign(s, doing('contact.verify', lapseId, { isUpheld: false, reason: '示例：经查不实' }, { saw: { verdict: null } }))

  const args = { endedAt: ended.wall }
  system([{ type: 'contact.archive', v: 1, kind: 'contact', aggId: first.aggId, args }])
})
