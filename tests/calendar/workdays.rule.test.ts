import fc from 'fast-check'
import { expect, test } from 'vitest'
import { calendarsFromChineseDays } from '../../server/calendar/seed-calendars.ts'
import { Calendar } from '../../shared/calendar/calendar.ts'
import {
  addDays,
  formatDayLong,
  formatDayNear,
  formatMoment,
  formatWhen,
  localDay,
  localMinutes,
  localTime,
  momentOf,
  weekdayName,
} from '../../shared/calendar/day.ts'
import {
  addWorkdays,
  dayStatus,
  isOpenAt,
  isWorkday,
  receivedOn,
  workdaysBetween,
} from '../../shared/calendar/workdays.ts'
import { openingOf } from '../../shared/limits/promise.ts'
import { halls, type HallId } from '../../shared/profiles/halls.ts'
import { testCalendar } from './test-calendar.ts'

const held = [testCalendar]
const days = fc.integer({ min: 0, max: 364 }).map((n) => addDays('2026-01-01', n))
const opening = (hallId: HallId) => openingOf(halls[hallId].profile)
const runs = { seed: 20261122, numRuns: 300 }

test.each([
  ['2026-11-20', true, ''],
  ['2026-11-21', false, ''],
  ['2026-10-01', false, '国庆节'],
  ['2026-10-10', true, '国庆节调休上班'],
  ['2026-12-25', false, '运动会'],
])('%s is a working day: %s %s', (on, worked, name) => {
  expect(dayStatus(held, on)).toEqual({ on, isWorkday: worked, name, official: true })
})

test('a year without a calendar counts Mon–Fri and says it is unofficial', () => {
  expect(dayStatus(held, '2027-10-01')).toEqual({ on: '2027-10-01', isWorkday: true, name: '', official: false })
  expect(addWorkdays(held, '2026-12-31', 1)).toEqual({ on: '2027-01-01', official: false })
  expect(addWorkdays(held, '2026-12-28', 2)).toEqual({ on: '2026-12-30', official: true })
})

test('of two versions of a year the newer one speaks', () => {
  const newer = { ...testCalendar, id: 'test:2026@2', version: 2, closures: [{ on: '2026-11-20', reason: '停电' }] }
  expect(isWorkday([newer, testCalendar], '2026-11-20')).toBe(false)
  expect(isWorkday([testCalendar, newer], '2026-11-20')).toBe(false)
})

test('[ZJJ-27] n working days after a day is the n-th working day, never a day off, and counts back to n', () => {
  fc.assert(
    fc.property(days, fc.integer({ min: 1, max: 40 }), (on, n) => {
      const due = addWorkdays(held, on, n).on
      expect(isWorkday(held, due)).toBe(true)
      expect(workdaysBetween(held, on, due)).toBe(n)
      expect(workdaysBetween(held, due, on)).toBe(-n)
      expect(addWorkdays(held, addWorkdays(held, on, n).on, 1)).toEqual(addWorkdays(held, on, n + 1))
    }),
    runs,
  )
})

test('working days between add up, whatever lies between', () => {
  fc.assert(
    fc.property(days, days, days, (a, b, c) => {
      const [from = a, mid = b, to = c] = [a, b, c].toSorted()
      expect(workdaysBetween(held, from, mid) + workdaysBetween(held, mid, to)).toBe(workdaysBetween(held, from, to))
    }),
    runs,
  )
})

test('a calendar that closes every day is a clear error, not an endless count', () => {
  const closures = Array.from({ length: 365 }, (_, n) => ({ on: addDays('2026-01-01', n), reason: '闭馆' }))
  const shut = { ...testCalendar, closures }
  const endless = [2026, 2027, 2028, 2029].map((year) => ({
    ...shut,
    year,
    closures: Array.from({ length: 366 }, (_, n) => ({ on: addDays(`${String(year)}-01-01`, n), reason: '闭馆' })),
  }))
  expect(() => addWorkdays(endless, '2026-01-01', 1)).toThrow(RangeError)
})

test('the hall’s day and time are those of +08:00, also before 1970 and around midnight', () => {
  expect(localDay(Date.UTC(2026, 10, 20, 15, 59, 59, 999))).toBe('2026-11-20')
  expect(localDay(Date.UTC(2026, 10, 20, 16))).toBe('2026-11-21')
  expect(localTime(Date.UTC(2026, 10, 20, 2, 42))).toBe('10:42')
  expect(localMinutes(-1)).toBe(7 * 60 + 59)
  fc.assert(
    fc.property(days, fc.integer({ min: 0, max: 1439 }), (on, minutes) => {
      const at = momentOf(on, '00:00') + minutes * 60_000
      expect([localDay(at), localMinutes(at)]).toEqual([on, minutes])
      expect(momentOf(on, localTime(at))).toBe(at)
    }),
    runs,
  )
})

test('a promised day is written as on paper', () => {
  expect(formatDayLong('2026-11-27')).toBe('11月27日（周五）')
  expect(weekdayName('2026-11-22')).toBe('周日')
})

test.each([
  ['2026-11-20 10:42', '今天 10:42', '今天 10:42'],
  ['2026-11-19 16:20', '11月19日', '11月19日 16:20'],
  ['2026-01-01 00:00', '1月1日', '1月1日 00:00'],
  ['2025-12-31 23:59', '2025年12月31日', '2025年12月31日 23:59'],
  ['2024-11-20 10:42', '2024年11月20日', '2024年11月20日 10:42'],
])('read on 2026-11-20, a moment of %s is never without its year where that is another', (at, when, moment) => {
  const [on = '', time = ''] = at.split(' ')
  const today = '2026-11-20'
  expect([formatWhen(momentOf(on, time), today), formatMoment(momentOf(on, time), today)]).toEqual([when, moment])
  const day = at.startsWith('2026') ? when.replace('今天 10:42', '11月20日') : when
  expect(formatDayNear(on, today)).toBe(day)
  expect(formatDayLong(on, today)).toBe(`${day}（${weekdayName(on)}）`)
})

test.each<[string, HallId, string, string, string]>([
  ['before opening', 'nbu', '2026-11-20', '07:10', '2026-11-20'],
  ['in the midday break', 'nbu', '2026-11-20', '11:30', '2026-11-20'],
  ['one minute before closing', 'nbu', '2026-11-20', '16:29', '2026-11-20'],
  ['at closing', 'nbu', '2026-11-20', '16:30', '2026-11-23'],
  ['on a Saturday', 'nbu', '2026-11-21', '10:00', '2026-11-23'],
  ['on a worked Saturday', 'nbu', '2026-10-10', '10:00', '2026-10-10'],
  ['after closing on a worked Saturday', 'nbu', '2026-10-10', '17:00', '2026-10-12'],
  ['in the holidays', 'zjj', '2026-10-03', '10:00', '2026-10-08'],
  ['on Friday after the weekly closing', 'ssc', '2026-11-20', '16:00', '2026-11-23'],
  ['on Friday before it', 'ssc', '2026-11-20', '15:59', '2026-11-20'],
])('a paper handed in %s counts as received on a working day', (...[, hallId, on, time, received]) => {
  expect(receivedOn(held, momentOf(on, time), opening(hallId)).on).toBe(received)
})

test.each<[string, HallId, string, string, boolean]>([
  ['[NBU-9]', 'nbu', '2026-11-20', '11:30', false],
  ['[NBU-9]', 'nbu', '2026-11-20', '12:00', true],
  ['[SSC-13]', 'ssc', '2026-11-20', '15:59', true],
  ['[SSC-13]', 'ssc', '2026-11-20', '16:00', false],
  ['[ZJJ-22]', 'zjj', '2026-11-20', '17:31', false],
  ['[ZJJ-22]', 'zjj', '2026-11-21', '10:00', false],
])('%s %s on %s at %s is open: %s', (...[, hallId, on, time, open]) => {
  expect(isOpenAt(held, momentOf(on, time), opening(hallId))).toBe(open)
})

test.each([
  ['a day of another year', { daysOff: [{ on: '2027-01-01', name: '元旦' }] }, ['daysOff', 0, 'on']],
  ['a day off twice', { closures: [1, 2].map(() => ({ on: '2026-05-01', reason: '劳动节' })) }, ['closures', 1, 'on']],
  ['a day both off and worked', { workedDays: [{ on: '2026-10-01', name: '上班' }] }, ['workedDays', 0, 'on']],
  ['a day that does not exist', { workedDays: [{ on: '2026-02-29', name: '上班' }] }, ['workedDays', 0, 'on']],
])('a calendar with %s is refused there', (_, change, path) => {
  const parsed = Calendar.safeParse({ ...testCalendar, ...change })
  expect(parsed.error?.issues.map((issue) => issue.path)).toEqual([path])
})

test('the national list gives 2026 with its make-up days, and leaves out a year it does not know', () => {
  const [year, ...rest] = calendarsFromChineseDays('nbu', [2026, 2098])
  expect(rest).toEqual([])
  expect(Calendar.parse(year)).toMatchObject({ id: 'nbu:2026@1', official: true, closures: [] })
  const national = year ? [year] : []
  expect(
    ['2026-10-01', '2026-10-07', '2026-10-08', '2026-10-10', '2026-02-17'].map((on) => isWorkday(national, on)),
  ).toEqual([false, false, true, true, false])
})
