import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Item } from '../../shared/catalogue/item.ts'
import { addDays, momentOf } from '../../shared/calendar/day.ts'
import { isWorkday, workdaysBetween } from '../../shared/calendar/workdays.ts'
import {
  beyondWithoutReason,
  capFor,
  capWords,
  checkPromise,
  daysLeft,
  light,
  overCap,
  promiseOn,
  proposedDays,
  reckonPromise,
} from '../../shared/limits/index.ts'
import { halls, hallIds, type HallId } from '../../shared/profiles/halls.ts'
import { testCalendar } from '../calendar/test-calendar.ts'

const calendars = [testCalendar]
const runs = { seed: 20261122, numRuns: 300 }

const cardOf = (hallId: HallId): Item => {
  const item = halls[hallId].items.find((entry) => entry.name === '学生证补办')
  if (!item) throw new Error('no item')
  return item
}
const ruled = (hallId: HallId) => ({ item: cardOf(hallId), profile: halls[hallId].profile })
const ask = (level: Item['promise']['level'], workingDays: number, beyondReason: string | null = null) =>
  checkPromise({ ...ruled('zjj'), level, workingDays, beyondReason })

test.each<[string, string, number, string]>([
  ['2026-09-30', '10:00', 5, '2026-10-13'],
  ['2026-09-30', '10:00', 1, '2026-10-08'],
  ['2026-09-30', '10:00', 3, '2026-10-10'],
  ['2026-09-30', '17:30', 5, '2026-10-14'],
  ['2026-10-03', '10:00', 5, '2026-10-14'],
  ['2026-11-20', '10:42', 5, '2026-11-27'],
  ['2026-11-20', '10:42', 7, '2026-12-01'],
  ['2026-12-24', '09:00', 1, '2026-12-28'],
])('[ZJJ-27] accepted %s %s with %i working days is promised for %s', (...[on, time, workingDays, dueOn]) => {
  const terms = { receivedAt: momentOf(on, time), workingDays, profile: halls.zjj.profile, calendars }
  expect(promiseOn(terms)).toBe(dueOn)
})

test.each<[Item['promise']['level'], number, string | null, string]>([
  ['ordinary', 5, null, 'given'],
  ['ordinary', 6, null, overCap.code],
  ['ordinary', 6, '材料多', overCap.code],
  ['schoolStudy', 7, null, 'given'],
  ['schoolStudy', 8, null, overCap.code],
  ['higherAuthority', 30, null, 'given'],
  ['higherAuthority', 31, null, beyondWithoutReason.code],
  ['higherAuthority', 31, '  ', beyondWithoutReason.code],
  ['higherAuthority', 31, '上级延期批复', 'given'],
])('[ZJJ-27] a promise at level %s of %i days with reason %s is %s', (...[level, workingDays, reason, verdict]) => {
  const check = ask(level, workingDays, reason)
  expect(check.ok ? 'given' : check.code).toBe(verdict)
  expect(check.cap.cite).toBe('ZJJ-27')
})

test('[ZJJ-27] the refusal carries the article, what was asked and what is allowed, and says it in words', () => {
  const check = ask('ordinary', 6)
  expect(check).toMatchObject({ ok: false, cite: 'ZJJ-27', facts: { workingDays: 6, max: 5, level: 'ordinary' } })
  if (check.ok) throw new Error('given')
  expect(overCap.say(check.facts)).toBe('承诺时限最长 5 个工作日，不能承诺 6 个工作日。')
  expect(beyondWithoutReason.say({ workingDays: 31, max: 30 })).toContain('请写明超过的原由')
})

test('[ZJJ-27] in zjj the profile wins over a longer sheet', () => {
  const item: Item = { ...cardOf('zjj'), promise: { workingDays: 10, level: 'ordinary', reason: '须审核' } }
  const { profile } = halls.zjj
  expect(capFor('ordinary', { item, profile })).toMatchObject({
    maxWorkingDays: 5,
    binding: 'fixed',
    source: 'profile',
  })
  expect(proposedDays({ item, profile })).toBe(5)
})

test('where the regulation names no number the sheet’s own limit binds, as 一事一表, not as the regulation', () => {
  const item: Item = { ...cardOf('ssc'), promise: { workingDays: 10, level: 'ordinary', reason: '须审核' } }
  const { profile } = halls.ssc
  const given = checkPromise({ item, profile, level: 'ordinary', workingDays: 10, beyondReason: null })
  const refused = checkPromise({ item, profile, level: 'ordinary', workingDays: 11, beyondReason: null })
  expect([given.ok, refused.ok]).toEqual([true, false])
  expect(capWords(given.cap)).toBe('最长 10 个工作日（一事一表承诺时限）')
})

test('where neither sheet nor regulation names a number, a longer promise is given and marked', () => {
  const onTheSpot: Item = {
    ...cardOf('nbu'),
    kind: 'instant',
    promise: { workingDays: null, level: 'ordinary', reason: '' },
  }
  const check = checkPromise({
    item: onTheSpot,
    profile: halls.nbu.profile,
    level: 'ordinary',
    workingDays: 6,
    beyondReason: null,
  })
  expect(check).toMatchObject({ ok: true, isBeyond: true })
  expect(capWords(check.cap)).toBe('一般 5 个工作日（本厅约定）')
  expect(capWords(capFor('higherAuthority', ruled('zjj')))).toBe('一般 30 个工作日（规章第二十七条）')
})

test.each(hallIds)('[ZJJ-27] no sheet shipped with %s proposes a promise its own profile would refuse', (hallId) => {
  const { profile, items } = halls[hallId]
  for (const item of items) {
    const { level } = item.promise
    const check = checkPromise({
      item,
      profile,
      level,
      workingDays: proposedDays({ item, profile }),
      beyondReason: null,
    })
    expect(check.ok, item.id).toBe(true)
    if (hallId === 'zjj') expect(item.promise.workingDays ?? 0).toBeLessThanOrEqual(check.cap.maxWorkingDays)
  }
})

test('[ZJJ-27] a promise of n days always ends on a working day, n working days after the day of receipt', () => {
  const moments = fc.integer({ min: momentOf('2026-01-05', '00:00'), max: momentOf('2026-10-31', '00:00') })
  fc.assert(
    fc.property(
      moments,
      fc.integer({ min: 1, max: 30 }),
      fc.constantFrom(...hallIds),
      (receivedAt, workingDays, hallId) => {
        const promised = reckonPromise({ receivedAt, workingDays, profile: halls[hallId].profile, calendars })
        expect(isWorkday(calendars, promised.receivedOn)).toBe(true)
        expect(isWorkday(calendars, promised.dueOn)).toBe(true)
        expect(workdaysBetween(calendars, promised.receivedOn, promised.dueOn)).toBe(workingDays)
        expect(promised.isOfficial).toBe(true)
      },
    ),
    runs,
  )
})

test('[ZJJ-27] a later receipt is never promised earlier, and a longer promise never ends sooner', () => {
  const moments = fc.integer({ min: momentOf('2026-01-05', '00:00'), max: momentOf('2026-10-31', '00:00') })
  fc.assert(
    fc.property(
      moments,
      fc.integer({ min: 0, max: 20 * 86_400_000 }),
      fc.integer({ min: 1, max: 29 }),
      (at, later, days) => {
        const due = (receivedAt: number, workingDays: number) =>
          promiseOn({ receivedAt, workingDays, profile: halls.szit.profile, calendars })
        expect(due(at + later, days) >= due(at, days)).toBe(true)
        expect(due(at, days + 1) > due(at, days)).toBe(true)
      },
    ),
    runs,
  )
})

test('a promise that runs into a year without a calendar says so', () => {
  const terms = { receivedAt: momentOf('2026-12-30', '10:00'), workingDays: 5, profile: halls.zjj.profile, calendars }
  expect(reckonPromise(terms)).toEqual({ receivedOn: '2026-12-30', dueOn: '2027-01-06', isOfficial: false })
})

const lit = (dueOn: string, workingDays: number, today: string) =>
  light({ dueOn, workingDays, today, profile: halls.zjj.profile, calendars })

test.each([
  ['due tomorrow', '2026-11-20', 5, '2026-11-19', 'near'],
  ['due today', '2026-11-20', 5, '2026-11-20', 'near'],
  ['due in two days', '2026-11-20', 5, '2026-11-18', 'normal'],
  ['due on Monday, seen on Saturday', '2026-11-23', 5, '2026-11-21', 'near'],
  ['due yesterday', '2026-11-19', 5, '2026-11-20', 'past'],
  ['due Friday, seen on Saturday', '2026-11-20', 5, '2026-11-21', 'past'],
  ['of 30 days due in three', '2026-11-25', 30, '2026-11-20', 'near'],
  ['of 30 days due in four', '2026-11-26', 30, '2026-11-20', 'normal'],
  ['of 7 days due in three', '2026-11-25', 7, '2026-11-20', 'normal'],
])('[SUP-1] a case %s shows its light', (...[, dueOn, workingDays, today, expected]) => {
  expect(lit(dueOn, workingDays, today)).toBe(expected)
})

test('[SUP-1] days left count working days after today, and go below nothing once past', () => {
  expect(daysLeft('2026-11-27', '2026-11-20', calendars)).toBe(5)
  expect(daysLeft('2026-11-20', '2026-11-20', calendars)).toBe(0)
  expect(daysLeft('2026-11-19', '2026-11-23', calendars)).toBe(-2)
})

test('[SUP-1] the light is yellow exactly when no more working days are left than the profile’s rule', () => {
  const days = fc.integer({ min: 0, max: 300 }).map((n) => addDays('2026-01-05', n))
  fc.assert(
    fc.property(days, fc.integer({ min: 0, max: 50 }), fc.constantFrom(5, 7, 8, 30), (today, ahead, workingDays) => {
      const dueOn = addDays(today, ahead)
      const near = workingDays > 7 ? 3 : 1
      const expected = daysLeft(dueOn, today, calendars) <= near ? 'near' : 'normal'
      expect(lit(dueOn, workingDays, today)).toBe(expected)
    }),
    runs,
  )
})
