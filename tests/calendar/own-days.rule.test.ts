import { expect, test } from 'vitest'
import { Calendar } from '../../shared/calendar/calendar.ts'
import { momentOf } from '../../shared/calendar/day.ts'
import { calendarsInForce } from '../../shared/calendar/in-force.ts'
import { dayStatus, isOpenAt, receivedOn } from '../../shared/calendar/workdays.ts'
import { openingOf, promiseOn } from '../../shared/limits/index.ts'
import { halls } from '../../shared/profiles/halls.ts'
import { testCalendar } from './test-calendar.ts'

const { profile } = halls.zjj
const opening = openingOf(profile)
const summer = { from: '2026-07-13', to: '2026-08-21', hours: [{ from: '09:00', to: '11:30' }], reason: '暑期值班' }
const own: Calendar = {
  ...{ ...testCalendar, version: 2, id: 'test:2026@2' },
  openDays: [{ on: '2026-11-21', reason: '补办周' }],
  periods: [summer],
}

test('[ZJJ-27] a day the hall adds is worked and counts; a day it shuts does not, whatever else is said of it', () => {
  expect(dayStatus([own], '2026-11-21')).toMatchObject({ isWorkday: true, name: '补办周' })
  expect(isOpenAt([own], momentOf('2026-11-21', '10:00'), opening)).toBe(true)
  expect(isOpenAt([own], momentOf('2026-11-22', '10:00'), opening)).toBe(false)
  const terms = { receivedAt: momentOf('2026-11-20', '10:00'), workingDays: 1, profile }
  expect(promiseOn({ ...terms, calendars: [own] })).toBe('2026-11-21')
  expect(promiseOn({ ...terms, calendars: [testCalendar] })).toBe('2026-11-23')
})

test('[ZJJ-22] in a special period the hall keeps the period’s own hours, and receipt follows them', () => {
  const at = (time: string) => momentOf('2026-07-14', time)
  expect(['08:59', '09:00', '11:29', '11:30', '17:00'].map((time) => isOpenAt([own], at(time), opening))).toEqual([
    ...[false, true, true, false, false],
  ])
  expect(receivedOn([own], at('11:30'), opening).on).toBe('2026-07-15')
  expect(receivedOn([own], momentOf('2026-08-24', '11:30'), opening).on).toBe('2026-08-24')
  expect(isOpenAt([own], momentOf('2026-07-18', '10:00'), opening)).toBe(false)
})

test('[ZJJ-27] a version counts from its effective day; one without counts at once', () => {
  const later = { ...own, version: 3, id: 'test:2026@3', effectiveOn: '2026-12-01' }
  const ids = (on: string) => calendarsInForce([later, own, testCalendar], on).map(({ id }) => id)
  expect(ids('2026-11-30')).toEqual(['test:2026@2'])
  expect(ids('2026-12-01')).toEqual(['test:2026@3'])
  expect(calendarsInForce([later], '2026-11-30')).toEqual([])
})

test.each([
  ['a day both shut and added', { openDays: [{ on: '2026-12-25', reason: '加开' }] }, ['openDays', 0, 'on']],
  ['a period of another year', { periods: [{ ...summer, to: '2027-01-02' }] }, ['periods', 0, 'from']],
  ['two periods that meet', { periods: [summer, { ...summer, from: '2026-08-21' }] }, ['periods', 1, 'from']],
  ['a period that ends before it begins', { periods: [{ ...summer, to: '2026-07-01' }] }, ['periods', 0, 'to']],
  [
    'hours that end before they begin',
    { periods: [{ ...summer, hours: [{ from: '12:00', to: '09:00' }] }] },
    ['periods', 0, 'hours', 0, 'to'],
  ],
])('[ZJJ-22] a calendar with %s is refused there', (_, change, path) => {
  const parsed = Calendar.safeParse({ ...testCalendar, ...change })
  expect(parsed.error?.issues.map((issue) => issue.path)).toEqual([path])
})
