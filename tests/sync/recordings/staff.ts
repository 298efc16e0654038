/** The commands of the people of the hall: records, posts' neighbours, changes of staff, assistants, offices, meetings. */
import { randomUUID } from 'node:crypto'
import type { Json } from '../../../shared/core/canonical.ts'
import { item } from '../forged-hall.ts'
import { doing, record } from '../recorder.ts'

record({ lane: 'FS', system: ['applied'] }, ({ who, sign, system }) => {
  const a = who('a', 'roleA')
  const c = who('c', 'admin', null)
  const { windowId } = item

  const personId = randomUUID()
  const fields = {
    ...{ name: '示例·新', personKind: 'staff', unitId: 'student-development', college: '', rank: 'none' },
    ...{ conditions: [true], conditionNote: '', badgeNo: '0012' },
  }
  const training = { windowId, unitId: null, on: '2026-10-20', what: '上岗培训' }
  sign(c, doing('person.record', personId, { fields, trainings: [], busy: [] }))
  sign(c, doing('person.revise', personId, { fields: { badgeNo: '0013' } }, { saw: { badgeNo: '0012' } }))
  sign(c, doing('person.contact', personId, { phone: '13800001234', number: '2019001' }))
  sign(c, doing('person.photo', personId, { photo: 'data:image/jpeg;base64,AAAA' }))
  sign(c, doing('person.train', personId, { training }))
  const busy = [{ about: 'class', day: 2, from: '10:00', to: '11:40' }]
  sign(c, doing('person.timetable', personId, { busy }, { saw: { busy: [] } }))
  const seat = { windowId, personId, personName: '示例·新', personKind: 'staff', role: 'roleB' }
  const more = { unitId: 'student-development', tenure: 'appointment', badgeNo: '0013', hours: [] as Json[] }
  const rec = { rank: 'none', conditions: [true], conditionNote: '', trainings: [training], busy: [] as Json[] }
  const seen = { seats: [] as Json[], record: rec }
  const postId = randomUUID()
  sign(c, doing('post.assign', postId, { ...seat, ...more, from: '2026-11-20', to: '2027-07-04', seen }))
  sign(c, doing('post.end', postId, { on: '2027-06-30', reason: '示例：提前' }, { saw: { to: '2027-07-04' } }))
  sign(c, doing('person.leave', personId, { on: '2027-06-30' }))

  const changeId = randomUUID()
  const old = { personId: 'd', personName: '示例·旧', personKind: 'staff', postIds: ['p1'], from: '2026-03-01' }
  const asked = { windowId, unitId: null, reason: 'cannotDo', finding: '示例：多次办错', person: old }
  sign(c, doing('staffChange.ask', changeId, { ...asked, askedOn: '2026-11-01' }))
  const yes = { isGiven: true, by: '示例·主任', on: '2026-11-05', note: '' }
  sign(c, doing('staffChange.consent', changeId, yes, { saw: { state: 'asked' } }))
  const next = { personId, personName: '示例·新', personKind: 'staff', on: '2026-12-01' }
  sign(c, doing('staffChange.name', changeId, next, { saw: { successor: null } }))
  const cases = [{ caseId: randomUUID(), number: 'XS-261101-K7-1', itemName: '示例事项' }]
  sign(c, doing('staffChange.handOver', changeId, { cases }))
  sign(c, doing('staffChange.effect', changeId, { openCases: 0 }, { saw: { state: 'consented' } }))
  const dropped = randomUUID()
  sign(c, doing('staffChange.ask', dropped, { ...asked, askedOn: '2026-11-02' }))
  sign(c, doing('staffChange.drop', dropped, { why: '示例：单位已自行处理' }, { saw: { state: 'asked' } }))

  const apply = {
    ...{ name: '示例·报名', phone: '13800001234', number: '20250101', statement: '', college: '示例学院' },
    ...{ grade: '大二', wishes: [windowId], busy: [] as Json[], appliedOn: '2026-09-10' },
  }
  const [one, two] = [randomUUID(), randomUUID()]
  const answer = { by: '示例·办公室', on: '2026-09-15', note: '' }
  sign(c, doing('assistant.apply', one, apply))
  sign(c, doing('assistant.select', one, { personId, windowIds: [windowId], ...answer }, { saw: { state: 'applied' } }))
  sign(c, doing('assistant.end', one, { on: '2027-01-01', reason: '示例：毕业' }, { saw: { state: 'selected' } }))
  sign(c, doing('assistant.apply', two, apply))
  sign(c, doing('assistant.decline', two, answer, { saw: { state: 'applied' } }))

  const officeId = randomUUID()
  const office = { officeId: 'director', departmentId: null, personId: null, personName: '示例·主任', others: 0 }
  const basis = { chosenOn: '2025-12-01', basis: '示例文号', approvedOn: null, from: '2025-12-20' }
  sign(c, doing('office.appoint', officeId, { ...office, ...basis }))
  sign(c, doing('office.renew', officeId, { on: '2026-11-20' }, { saw: { terms: [{}] } }))
  sign(c, doing('office.end', officeId, { on: '2027-03-01', reason: '示例：调离' }, { saw: { end: null } }))

  const meetingId = randomUUID()
  const owner = { personId: 'a', personName: '示例·a', windowId }
  const said = { minutes: '示例：本周情况', summary: '示例', plan: '示例' }
  const tasks = [{ id: 't1', text: '示例：补培训', owner, dueOn: '2026-11-27' }]
  const held = { on: '2026-11-20', from: '16:00', place: '示例会议室', came: [owner] }
  sign(a, doing('meeting.record', meetingId, { ...held, ...said, tasks }))
  sign(a, doing('meeting.amend', meetingId, { ...said, minutes: '示例：改过', tasks: [] }, { saw: said }))
  sign(a, doing('meeting.taskDone', meetingId, { taskId: 't1', note: '' }))
  system([{ type: 'meeting.archive', v: 1, kind: 'meeting', aggId: meetingId, args: {} }])
})
