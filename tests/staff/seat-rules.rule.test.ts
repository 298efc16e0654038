import { expect, test } from 'vitest'
import { halls, type HallId } from '../../shared/profiles/halls.ts'
import { sentenceOf } from '../../shared/sentences.ts'
import { seatFaults, type PostAsked, type RecordSeen, type SeatSeen } from '../../shared/staff/index.ts'
import { playStaff } from './play-staff.ts'

const record: RecordSeen = {
  ...{ rank: 'none', conditions: [true, true, true, true], conditionNote: '', busy: [] },
  trainings: [{ windowId: null, unitId: null, on: '2026-08-20', what: '上岗培训' }],
}
const base: PostAsked = {
  ...{ personId: 'new', personKind: 'staff', windowId: 'finance', role: 'roleA', from: '2026-09-01', to: '2027-08-31' },
}
const seat = (personId: string, more: Partial<SeatSeen> = {}): SeatSeen => ({
  ...{ personId, windowId: 'finance', unitId: null, personKind: 'staff', role: 'roleA', isHead: false },
  ...{ from: '2026-09-01', to: null, ...more },
})

const codes = (
  hallId: HallId,
  ask: Partial<PostAsked>,
  { seats = [], rec = record }: { seats?: SeatSeen[]; rec?: RecordSeen | null } = {},
): string[] => seatFaults({ ...base, ...ask }, { seats, record: rec }, halls[hallId].profile).map(({ code }) => code)

test('[SSC-9] a window has one staff member: a second in the same days is refused, after the first has left not', () => {
  expect(codes('ssc', {})).toEqual([])
  expect(codes('ssc', {}, { seats: [seat('old')] })).toEqual(['post.windowFull'])
  expect(codes('ssc', {}, { seats: [seat('old', { to: '2026-08-31' })] })).toEqual([])
  expect(codes('ssc', {}, { seats: [seat('elsewhere', { windowId: 'personnel' })] })).toEqual([])
})

test('[SSC-9] a unit has one back-office member, and the first only with the centre’s consent', () => {
  const ask = { role: 'backOffice', unitId: 'finance' } as const
  const consent = { by: '中心主任', on: '2026-08-25', note: '' }
  expect(codes('ssc', ask)).toEqual(['post.consentMissing'])
  expect(codes('ssc', { ...ask, consent })).toEqual([])
  const there = seat('old', { role: 'backOffice', unitId: 'finance' })
  expect(codes('ssc', { ...ask, consent }, { seats: [there] })).toEqual(['post.backOfficeFull'])
})

test('[SSC-9] the head is one 中层干部 of the unit; the four conditions must be met, the fourth in principle', () => {
  const ask = { role: 'approver', isHead: true, unitId: 'finance' } as const
  expect(codes('ssc', ask)).toEqual(['post.headRank'])
  const rec = { ...record, rank: 'middleRank' } as const
  expect(codes('ssc', ask, { rec })).toEqual([])
  const other = seat('boss', { windowId: 'general', unitId: 'finance', isHead: true, role: 'approver' })
  expect(codes('ssc', ask, { rec, seats: [other] })).toEqual(['post.headTaken'])
  expect(codes('ssc', {}, { rec: { ...record, conditions: [true, true, false, true] } })).toEqual(['post.conditions'])
  const notCore = { ...record, conditions: [true, true, true, false] }
  expect(codes('ssc', {}, { rec: notCore })).toEqual(['post.conditions'])
  expect(codes('ssc', {}, { rec: { ...notCore, conditionNote: '单位仅两人' } })).toEqual([])
})

test('[SSC-10, SSC-9] one B for one A; nobody takes the same post twice', () => {
  const b = { role: 'roleB' } as const
  expect(codes('ssc', b, { seats: [seat('a')] })).toEqual([])
  expect(codes('ssc', b, { seats: [seat('a'), seat('b', { role: 'roleB' })] })).toEqual(['post.tooManyB'])
  expect(codes('ssc', {}, { seats: [seat('new')] })).toEqual(['post.same', 'post.windowFull'])
  const szit = { personKind: 'student', windowId: 'teaching', role: 'roleB' } as const
  const rec = { ...record, trainings: [{ windowId: null, unitId: 'academic-affairs', on: '2026-08-20', what: '' }] }
  const many = ['b1', 'b2', 'b3'].map((id) => seat(id, { windowId: 'teaching', role: 'roleB', personKind: 'student' }))
  expect(codes('szit', szit, { seats: many, rec })).toEqual([])
})

test('[ZJJ-5] a window has its head and two students; the third student is refused, a student as A too', () => {
  const student = { personKind: 'student', role: 'roleB' } as const
  const students = ['s1', 's2'].map((id) => seat(id, { personKind: 'student', role: 'roleB' }))
  expect(codes('zjj', student, { seats: students.slice(0, 1) })).toEqual([])
  expect(codes('zjj', student, { seats: students })).toEqual(['post.studentsFull'])
  expect(codes('zjj', { personKind: 'student' })).toEqual(['post.kind'])
  expect(codes('zjj', { isHead: true })).toEqual([])
  expect(codes('zjj', { isHead: true }, { seats: [seat('head', { isHead: true })] })).toEqual([
    ...['post.windowFull', 'post.headTaken'],
  ])
})

test('[SZIT-8] nobody untrained by the unit is posted at its window; the hall’s own training does not count there', () => {
  const ask = { personKind: 'student', windowId: 'teaching' } as const
  const trained = (unitId: string | null, windowId: string | null, on = '2026-08-20'): RecordSeen => ({
    ...record,
    trainings: [{ windowId, unitId, on, what: '教务系统' }],
  })
  expect(codes('szit', ask, { rec: { ...record, trainings: [] } })).toEqual(['post.untrained'])
  expect(codes('szit', ask, { rec: null })).toEqual(['post.untrained'])
  expect(codes('szit', ask, { rec: trained(null, null) })).toEqual(['post.untrained'])
  expect(codes('szit', ask, { rec: trained('student-affairs', null) })).toEqual(['post.untrained'])
  expect(codes('szit', ask, { rec: trained('academic-affairs', 'careers') })).toEqual(['post.untrained'])
  expect(codes('szit', ask, { rec: trained('academic-affairs', 'teaching', '2026-09-02') })).toEqual(['post.untrained'])
  expect(codes('szit', ask, { rec: trained('academic-affairs', 'teaching') })).toEqual([])
})

test('[ZJJ-6] hours that meet a class are told before anything is filed', () => {
  const busy = [{ about: 'class', day: 2, from: '10:00', to: '11:40' }] as const
  const rec = { ...record, busy: [...busy] }
  const ask = { personKind: 'student', role: 'roleB' } as const
  const hours = [{ day: 2, from: '09:00', to: '10:30' }]
  const [fault] = seatFaults({ ...base, ...ask, hours }, { seats: [], record: rec }, halls.zjj.profile)
  expect(sentenceOf(fault?.code ?? '', fault?.facts)).toBe(
    '和本人的课余时间冲突：周二 09:00–10:30（周二 10:00–11:40 上课）。',
  )
  expect(codes('zjj', { ...ask, hours: [{ day: 2, from: '11:40', to: '12:30' }] }, { rec })).toEqual([])
})

test('[NBU-17] a joint window by the term, a sole one for the appointment, each with start and end', () => {
  const ask = { windowId: 'campus-culture', to: null }
  const [fault] = seatFaults({ ...base, ...ask }, { seats: [], record }, halls.nbu.profile)
  expect([fault?.code, fault?.facts.tenure]).toEqual(['post.endMissing', 'term'])
  expect(codes('nbu', { windowId: 'teaching', to: null })).toEqual(['post.endMissing'])
  expect(codes('nbu', { windowId: 'teaching', to: '2029-08-31' })).toEqual([])
  const first = seat('autumn', { windowId: 'campus-culture', to: '2027-01-24' })
  const spring = { windowId: 'campus-culture', from: '2027-01-25', to: '2027-07-04' }
  expect(codes('nbu', spring, { seats: [first] })).toEqual([])
  expect(codes('nbu', { windowId: 'teaching', to: '2026-08-31' })).toEqual(['post.endsBefore'])
})

test('[SSC-9] the command itself refuses what the page refuses, and keeps what it was decided on out of the record', () => {
  const post = playStaff('ssc', 'post')
  const ask = { ...base, personName: '示例·新' }
  expect(post.step('post.assign', { ...ask, seen: { seats: [seat('old')], record } })).toBe('rejected post.windowFull')
  expect(post.step('post.assign', { ...ask, seen: { seats: [], record } })).toBe('applied')
  expect(post.image()).not.toHaveProperty('seen')
})

test('[SSC-12] an end before a year needs its reason; after a year, or in a hall without a least tenure, none', () => {
  const ask = { ...base, personName: '示例·新' }
  const end = (hallId: HallId, on: string, reason?: string): string => {
    const post = playStaff(hallId, 'post')
    post.step('post.assign', { ...ask, windowId: 'general' })
    return post.step('post.end', { on, ...(reason === undefined ? {} : { reason }) })
  }
  expect(end('ssc', '2027-04-30')).toBe('rejected post.tooEarly')
  expect(end('ssc', '2027-04-30', '调往外地')).toBe('applied')
  expect(end('ssc', '2027-09-01')).toBe('applied')
  expect(end('zjj', '2027-04-30')).toBe('applied')
})
