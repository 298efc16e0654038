import { expect, test } from 'vitest'
import { aggregates } from '../../shared/aggregates.ts'
import { halls } from '../../shared/profiles/halls.ts'
import { addMonths, clashesOf, dueIn, mayAppraise, mayKeepOrder, proposedFor } from '../../shared/staff/index.ts'
import { tasksOf, type Meeting, type Office, type StaffChange } from '../../shared/staff/index.ts'
import { uuidOf } from '../support/play.ts'
import { playStaff } from './play-staff.ts'

const old = { personId: 'old', personName: '示例·旧', personKind: 'staff', postIds: ['p1'], from: '2026-03-01' }
const asked = {
  ...{ windowId: 'finance', unitId: 'finance', reason: 'cannotDo', finding: '示例：多次办错', askedOn: '2026-11-01' },
  person: old,
}
const successor = { personId: 'new', personName: '示例·新', personKind: 'staff', on: '2026-12-01' }
const yes = { isGiven: true, by: '中心主任', on: '2026-11-05', note: '' }

test('[SSC-12, ZJJ-30] consent, successor and all open cases come before the effect; both persons stay on record', () => {
  const change = playStaff('ssc', 'staffChange')
  expect(change.step('staffChange.ask', { ...asked, finding: '' })).toMatch(/^held/)
  expect(change.step('staffChange.ask', asked)).toBe('applied')
  expect(change.image<StaffChange>().isEarly).toBe(true)
  expect(change.step('staffChange.effect', { openCases: 0 })).toBe('rejected staffChange.noConsent')
  expect(change.step('staffChange.consent', yes)).toBe('applied')
  expect(change.step('staffChange.effect', { openCases: 0 })).toBe('rejected staffChange.noSuccessor')
  expect(change.step('staffChange.name', { ...successor, personId: 'old' })).toBe('rejected staffChange.samePerson')
  expect(change.step('staffChange.name', successor)).toBe('applied')
  const cases = [1, 2, 3, 4].map((n) => ({ caseId: uuidOf(n), number: `CW-261101-K7-${n}`, itemName: '示例事项' }))
  expect(change.step('staffChange.effect', { openCases: 4 })).toBe('rejected staffChange.openCases')
  expect(change.step('staffChange.handOver', { cases })).toBe('applied')
  expect(change.step('staffChange.handOver', { cases })).toBe('applied')
  expect(change.step('staffChange.effect', { openCases: 0 })).toBe('applied')
  const { person, successor: next, handed, state, effectiveOn } = change.image<StaffChange>()
  expect([person.personId, next?.personId, handed.length, state, effectiveOn]).toEqual([
    ...['old', 'new', 4, 'effective', '2026-12-01'],
  ])
  expect(change.step('staffChange.drop', { why: '示例' })).toBe('rejected staffChange.state')
})

test('[SSC-12] what is found of a person stays with the officers, and what is declined goes no further', () => {
  const change = playStaff('ssc', 'staffChange')
  change.step('staffChange.ask', asked)
  expect(aggregates.get('staffChange')?.scopes(change.image())).toEqual(['supervisor'])
  expect(change.step('staffChange.consent', { ...yes, isGiven: false })).toBe('applied')
  expect(change.step('staffChange.effect', { openCases: 0 })).toBe('rejected staffChange.state')
  expect(change.step('staffChange.consent', yes)).toBe('rejected staffChange.state')
})

test('[ZJJ-5] a window’s head keeps the order of the own window only, the hall’s officer of all; the hall appraises', () => {
  const head = { personId: 'h', windowId: 'finance', role: 'roleA', isHead: true, from: '2026-09-01', to: '2026-12-31' }
  const officer = { personId: 'o', windowId: null, role: 'supervisor', from: '2026-09-01', to: null }
  const posts = [head, officer, { ...head, personId: 's', role: 'roleB', isHead: false }]
  const may = (personId: string, windowId: string, on = '2026-11-20') => mayKeepOrder(posts, { personId, windowId, on })
  expect([may('h', 'finance'), may('h', 'daily'), may('h', 'finance', '2027-01-01')]).toEqual([true, false, false])
  expect([may('o', 'daily'), may('s', 'finance'), may('nobody', 'finance')]).toEqual([true, false, false])
  expect([mayAppraise('hall', halls.zjj.profile), mayAppraise('unit', halls.zjj.profile)]).toEqual([true, false])
})

test('[ZJJ-6] a clash names who of the B-roles is free then, and nobody who has class or serves elsewhere', () => {
  const asks = [{ day: 2, from: '10:00', to: '11:40' }]
  const inClass = [{ about: 'class', day: 2, from: '10:00', to: '11:40' }] as const
  const clashes = clashesOf(asks, inClass)
  const who = (personId: string, more = {}) => ({ personId, personName: personId, busy: [], serves: [], ...more })
  const others = [who('free'), who('class', { busy: inClass }), who('serves', { serves: asks })]
  expect(proposedFor(clashes, others).map(({ personId }) => personId)).toEqual(['free'])
  expect(proposedFor([], others)).toEqual([])
})

test('[SZIT-8] an application ends once: selected or declined, and service ends with a day and a reason', () => {
  const apply = {
    ...{
      name: '示例·报名',
      phone: '13800001234',
      number: '20250101',
      statement: '',
      college: '纺织工程系',
      grade: '大二',
    },
    ...{ wishes: ['teaching'], busy: [], appliedOn: '2026-09-10' },
  }
  const select = { personId: 'p-1', windowIds: ['teaching'], by: '办公室', on: '2026-09-15', note: '' }
  const one = playStaff('szit', 'assistant')
  expect(one.step('assistant.apply', apply)).toBe('applied')
  expect(one.step('assistant.end', { on: '2027-01-01', reason: '毕业' })).toBe('rejected assistant.state')
  expect(one.step('assistant.select', select)).toBe('applied')
  expect(one.step('assistant.decline', { by: '办公室', on: '2026-09-16', note: '' })).toBe('rejected assistant.state')
  expect(one.step('assistant.end', { on: '2027-01-01', reason: '毕业' })).toBe('applied')
  const two = playStaff('szit', 'assistant')
  two.step('assistant.apply', apply)
  expect(two.step('assistant.decline', { by: '办公室', on: '2026-09-16', note: '' })).toBe('applied')
  expect(two.step('assistant.select', select)).toBe('rejected assistant.state')
})

const chair = {
  ...{ officeId: 'director', departmentId: null, personId: null, personName: '示例·主任', chosenOn: '2025-12-01' },
  ...{ basis: '学生代表大会选举', approvedOn: null, from: '2025-12-20', others: 0 },
}

test('[REF-CH] a term is one year; it is reminded of thirty days before, and renewal adds exactly one more', () => {
  const office = playStaff('szu', 'office')
  expect(office.step('office.appoint', chair)).toBe('applied')
  expect(office.image<Office>().terms).toEqual([{ from: '2025-12-20', to: '2026-12-19' }])
  const due = (on: string) => dueIn(office.image<Office>(), on, office.profile)
  expect([due('2026-11-18'), due('2026-11-19'), due('2026-12-21')]).toEqual([null, 30, -2])
  const saw = office.row()
  expect(office.step('office.renew', { on: '2026-11-20' })).toBe('applied')
  expect(office.image<Office>().terms.at(-1)).toEqual({ from: '2026-12-20', to: '2027-12-19' })
  expect(due('2026-11-20')).toBe(null)
  expect(office.step('office.renew', { on: '2026-11-20' })).toBe('rejected office.renewed')
  expect(office.step('office.renew', { on: '2027-01-20' }, { saw })).toBe('rejected office.renewed')
  expect(office.step('office.end', { on: '2027-03-01', reason: '毕业' })).toBe('applied')
  expect(office.step('office.renew', { on: '2027-03-02' })).toBe('rejected office.ended')
})

test('[REF-CH] one director, elected; a deputy only once the Party committee has approved; the four departments are there', () => {
  expect(playStaff('szu', 'office').step('office.appoint', { ...chair, others: 1 })).toBe('rejected office.full')
  const deputy = { ...chair, officeId: 'deputy' }
  expect(playStaff('szu', 'office').step('office.appoint', deputy)).toBe('rejected office.approval')
  expect(playStaff('szu', 'office').step('office.appoint', { ...deputy, approvedOn: '2025-12-10' })).toBe('applied')
  const head = { ...chair, officeId: 'head', departmentId: 'nowhere' }
  expect(playStaff('szu', 'office').step('office.appoint', head)).toBe('rejected office.unknown')
  const names = halls.szu.profile.settings.departments.value.map(({ name }) => name)
  expect(names).toEqual(['办公室', '权益维护部', '咨询服务部', '活动策划部'])
})

test('[REF-CH] months are counted by the calendar', () => {
  expect(addMonths('2026-08-31', 6)).toBe('2027-02-28')
  expect(addMonths('2027-08-31', 6)).toBe('2028-02-29')
  expect([addMonths('2026-12-15', 1), addMonths('2026-03-15', 12)]).toEqual(['2027-01-15', '2027-03-15'])
})

const meeting = {
  ...{ on: '2026-11-20', from: '16:00', place: '二楼会议室', minutes: '示例：本周情况', summary: '总结', plan: '安排' },
  came: [{ personId: 'h', personName: '示例·负责人', windowId: 'finance' }],
  tasks: [
    {
      id: 't1',
      text: '补培训',
      owner: { personId: 'h', personName: '示例·负责人', windowId: 'finance' },
      dueOn: '2026-11-27',
    },
    {
      id: 't2',
      text: '报名单',
      owner: { personId: 'o', personName: '示例·干事', windowId: null },
      dueOn: '2026-11-24',
    },
  ],
}

test('[ZJJ-10] tasks stand on their owners’ lists with their dates until they are done, at their windows too', () => {
  const hall = playStaff('zjj', 'meeting')
  expect(hall.step('meeting.record', meeting)).toBe('applied')
  const image = () => hall.image<Meeting>()
  expect(tasksOf([image()], 'h').map(({ text, dueOn }) => [text, dueOn])).toEqual([['补培训', '2026-11-27']])
  expect(tasksOf([image()], 'o')).toHaveLength(1)
  expect(aggregates.get('meeting')?.scopes(image())).toEqual(['supervisor', 'window:finance'])
  const at = { role: 'roleA', windowId: 'finance' } as const
  expect(hall.step('meeting.archive', {}, { role: 'system' })).toBe('rejected meeting.notOver')
  expect(hall.step('meeting.taskDone', { taskId: 't1', note: '已补' }, at)).toBe('applied')
  expect(hall.step('meeting.taskDone', { taskId: 't1', note: '又一次' }, at)).toBe('applied')
  expect(image().tasks[0]?.done?.note).toBe('已补')
  expect(tasksOf([image()], 'h')).toEqual([])
  hall.step('meeting.taskDone', { taskId: 't2', note: '' })
  expect(hall.step('meeting.archive', {}, { role: 'system' })).toBe('applied')
  expect(aggregates.get('meeting')?.scopes(image())).toEqual(['supervisor'])
})

test('[ZJJ-10] words another has changed meanwhile are looked at first; a task more is added once', () => {
  const own = playStaff('zjj', 'meeting')
  own.step('meeting.record', meeting, { role: 'roleA', windowId: 'finance' })
  expect(own.image<Meeting>().windowId).toBe('finance')
  const saw = own.row()
  const more = { minutes: '改过', summary: '总结', plan: '安排', tasks: [] }
  expect(own.step('meeting.amend', more, { role: 'roleA', windowId: 'finance' })).toBe('applied')
  expect(own.step('meeting.amend', { ...more, minutes: '另一处' }, { saw })).toBe('rejected meeting.changed')
})

test('[ZJJ-10] the minutes of the hall are the officer’s, a window’s its own: a task there gives no hand in them', () => {
  const hall = playStaff('zjj', 'meeting')
  hall.step('meeting.record', meeting)
  const words = { minutes: '改了', summary: '', plan: '', tasks: [] }
  const at = { role: 'roleA', windowId: 'finance' } as const
  expect(hall.step('meeting.amend', words, at)).toBe('rejected right.missing')
  expect(hall.step('meeting.amend', words)).toBe('applied')
  const own = playStaff('zjj', 'meeting')
  own.step('meeting.record', meeting, { role: 'roleA', windowId: 'campus-card' })
  expect(own.step('meeting.amend', words, at)).toBe('rejected right.missing')
  expect(own.step('meeting.amend', words)).toBe('applied')
})

test('[SSC-9] a record keeps its telephone apart, and a field changed meanwhile is looked at first', () => {
  const fields = {
    ...{ name: '示例·员', personKind: 'staff', unitId: 'finance', college: '', rank: 'none', conditions: [] },
    ...{ conditionNote: '', badgeNo: '0012' },
  }
  const one = playStaff('ssc', 'person')
  expect(one.step('person.record', { fields, trainings: [], busy: [] })).toBe('applied')
  const saw = one.row()
  expect(one.step('person.revise', { fields: { rank: 'middleRank' } })).toBe('applied')
  expect(one.step('person.revise', { fields: { rank: 'none' } }, { saw })).toBe('rejected person.changed')
  expect(one.step('person.revise', { fields: { badgeNo: '0013' } }, { saw })).toBe('applied')
  expect(one.step('person.contact', { phone: '8100', number: '2019001' })).toBe('applied')
  expect(one.step('person.train', { training: { windowId: null, unitId: null, on: '2026-08-20', what: '' } })).toBe(
    'applied',
  )
  expect(one.step('person.photo', { photo: 'data:image/png;base64,AA==' })).toMatch(/^held/)
  expect(one.step('person.timetable', { busy: [{ about: 'class', day: 2, from: '11:00', to: '10:00' }] })).toMatch(
    /^held/,
  )
  expect(one.step('person.leave', { on: '2027-01-01' })).toBe('applied')
  expect(one.step('person.leave', { on: '2027-01-01' })).toBe('rejected person.left')
  expect(one.step('person.revise', { fields: {} }, { role: 'roleA', windowId: 'finance' })).toBe(
    'rejected right.missing',
  )
})
