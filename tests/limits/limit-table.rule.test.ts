import fc from 'fast-check'
import { expect, test } from 'vitest'
import { calendarsFromChineseDays } from '../../server/calendar/seed-calendars.ts'
import type { Calendar } from '../../shared/calendar/calendar.ts'
import { localDay, momentOf } from '../../shared/calendar/day.ts'
import { checkPromise, limitOf, reckonPromise } from '../../shared/limits/index.ts'
import { halls, type HallId } from '../../shared/profiles/halls.ts'
import type { Item, PromiseLevel } from '../../shared/profiles/item-sheet.ts'
import { receiptRows } from './limit-rows.ts'
import { capRows, closedRows, pausedRows } from './limit-rows-moved.ts'

const linesOf = (rows: string): string[][] =>
  rows
    .trim()
    .split('\n')
    .map((row) => row.split(' '))

/** The hall's own calendars as a first start publishes them. */
const calendars = calendarsFromChineseDays('zjj', [2025, 2026, 2027])
const at = (on: string, time: string) => momentOf(on, time)

const receipts = linesOf(receiptRows).map(
  ([hall = '', on = '', time = '', days = '', received = '', due = '']) =>
    [hall as HallId, `${on} ${time}`, Number(days), received, due] as const,
)

test('[ZJJ-27] the table of limits has its rows', () => {
  expect(receipts.length).toBeGreaterThanOrEqual(220)
})

test.each(receipts)('[ZJJ-27] %s: received %s, %i working days: counted from %s, due %s', (...row) => {
  const [hallId, when, workingDays, receivedOn, dueOn] = row
  const receivedAt = at(when.slice(0, 10), when.slice(11))
  const reckoned = reckonPromise({ receivedAt, workingDays, profile: halls[hallId].profile, calendars })
  expect(reckoned).toEqual({ receivedOn, dueOn, isOfficial: dueOn < '2027' })
})

const pauses = linesOf(pausedRows).map((row) => {
  const [on = '', time = '', days = ''] = row
  return [`${on} ${time}`, Number(days), row.slice(3, -2).join(' '), row.at(-2) ?? '', row.at(-1) ?? ''] as const
})

test.each(pauses)('[ZJJ-27] received %s, %i working days, paused %s: %s becomes %s', (...row) => {
  const [when, workingDays, spells, promised, moved] = row
  const acceptedAt = at(when.slice(0, 10), when.slice(11))
  const { profile } = halls.zjj
  const on = reckonPromise({ receivedAt: acceptedAt, workingDays, profile, calendars }).dueOn
  const paused = spells.split(' ').map((spell) => {
    const [from = '', to = ''] = spell.split('~')
    return { from: at(from, '11:00'), to: at(to, '11:00') }
  })
  const image = { state: 'open', acceptedAt, promise: { on, workingDays }, acts: [], pauses: paused }
  const limit = limitOf(image, { profile, calendars, today: '2026-12-31' })
  expect([limit?.promisedOn, limit?.dueOn]).toEqual([promised, moved])
})

const [year] = calendars.filter((calendar) => calendar.year === 2026)
const ownDays: Calendar[] = year
  ? [
      {
        ...{ ...year, version: 2, id: 'zjj:2026@2' },
        closures: ['2026-11-23', '2026-11-24'].map((on) => ({ on, reason: '停电检修' })),
        openDays: [{ on: '2026-11-28', reason: '补办周' }],
      },
    ]
  : []

const closed = linesOf(closedRows).map(
  ([on = '', time = '', days = '', received = '', due = '']) => [`${on} ${time}`, Number(days), received, due] as const,
)

test.each(closed)('[ZJJ-27] with the hall’s own days, received %s, %i working days: from %s, due %s', (...row) => {
  const [when, workingDays, receivedOn, dueOn] = row
  const receivedAt = at(when.slice(0, 10), when.slice(11))
  const terms = { receivedAt, workingDays, profile: halls.zjj.profile, calendars: [...calendars, ...ownDays] }
  expect(reckonPromise(terms)).toEqual({ receivedOn, dueOn, isOfficial: true })
})

const caps = linesOf(capRows).map(
  ([hall = '', level = '', days = '', reason = '', says = '']) =>
    [hall as HallId, level as PromiseLevel, Number(days), reason === 'reason' ? '上级延期批复' : null, says] as const,
)

test.each(caps)('[ZJJ-27] %s: a promise at level %s of %i days with reason %s is %s', (...row) => {
  const [hallId, level, workingDays, beyondReason, says] = row
  const [first] = halls[hallId].items
  if (!first) throw new Error('a hall without items')
  const item: Item = { ...first, promise: { workingDays: null, level, reason: '' } }
  const check = checkPromise({ item, profile: halls[hallId].profile, level, workingDays, beyondReason })
  const isWarned = check.ok && check.isBeyond && check.cap.binding === 'warned'
  expect(isWarned ? 'warned' : check.ok ? 'given' : 'refused').toBe(says)
})

const off = ['01-01~01-03', '02-15~02-23', '04-04~04-06', '05-01~05-05', '06-19~06-21', '09-25~09-27', '10-01~10-07']
const madeUp = ['01-04', '02-14', '02-28', '05-09', '09-20', '10-10']

/** Whether a day of 2026 is worked, by the notice as people read it. */
function isWorked(day: Date): boolean {
  const on = day.toISOString().slice(5, 10)
  if (madeUp.includes(on)) return true
  const isHoliday = off.some((span) => span.slice(0, 5) <= on && on <= span.slice(6))
  return !isHoliday && day.getUTCDay() % 6 !== 0
}

/** The n-th worked day after a day, one day at a time. */
function countedOn(from: string, n: number): string {
  const day = new Date(`${from}T00:00:00Z`)
  for (let left = n; left > 0;) {
    day.setUTCDate(day.getUTCDate() + 1)
    if (isWorked(day)) left -= 1
  }
  return day.toISOString().slice(0, 10)
}

const runs = { seed: 20261122, numRuns: 500 }
const moments = fc.integer({ min: momentOf('2026-01-05', '00:00'), max: momentOf('2026-11-10', '23:59') })

test('[ZJJ-27] for any moment of 2026 the date is the one a finger on the calendar finds, and never a day off', () => {
  fc.assert(
    fc.property(moments, fc.integer({ min: 1, max: 30 }), (receivedAt, workingDays) => {
      const { receivedOn, dueOn } = reckonPromise({
        ...{ receivedAt, workingDays, calendars },
        profile: halls.zjj.profile,
      })
      const on = localDay(receivedAt)
      const isLate = receivedAt >= momentOf(on, '17:30') || !isWorked(new Date(`${on}T00:00:00Z`))
      expect(receivedOn).toBe(isLate ? countedOn(on, 1) : on)
      expect(dueOn).toBe(countedOn(receivedOn, workingDays))
      expect(isWorked(new Date(`${dueOn}T00:00:00Z`))).toBe(true)
    }),
    runs,
  )
})
