import { expect, test } from 'vitest'
import { pictureOf } from '../../client/cases/limit-cells.ts'
import { boardOf, columnOf, columnsOf } from '../../client/limits/limit-board.ts'
import { periodWords } from '../../client/limits/calendar-edit.ts'
import { calendarsFromChineseDays } from '../../server/calendar/seed-calendars.ts'
import { Calendar } from '../../shared/calendar/calendar.ts'
import { momentOf } from '../../shared/calendar/day.ts'
import { isOpenAt } from '../../shared/calendar/workdays.ts'
import type { Case } from '../../shared/cases/index.ts'
import { caseLight, limitOf, openingOf, promiseOn, reckonPromise } from '../../shared/limits/index.ts'
import { hallIds, halls } from '../../shared/profiles/halls.ts'
import type { Profile } from '../../shared/profiles/profile.ts'

/** 暑期值班: mornings only, from Mon 13 July to Fri 28 August 2026. */
const summer = {
  ...{ from: '2026-07-13', to: '2026-08-28', hours: [{ from: '09:00', to: '11:30' }], reason: '暑假（示例）' },
  isVacation: true,
}
const calendars = calendarsFromChineseDays('nbu', [2026]).map((one) =>
  Calendar.parse({ ...one, periods: [summer], openDays: [{ on: '2026-08-22', reason: '迎新（示例）' }] }),
)
const setTo = (value: boolean, { profile }: { profile: Profile }): Profile => ({
  ...profile,
  settings: { ...profile.settings, isVacationCounted: { value, cite: null } },
})
// A Thursday, two working days before the vacation begins.
const receivedAt = momentOf('2026-07-09', '10:00')
const promised = { receivedAt, workingDays: 5, calendars }

test.each(hallIds)(
  '[ZJJ-27] 寒暑假计时 in %s: five days go on in the vacation, or after it where it does not count',
  (id) => {
    expect(promiseOn({ ...promised, profile: setTo(true, halls[id]) })).toBe('2026-07-16')
    // Fri 10 July, the day the hall added (Sat 22 August), then Mon 31 August to Wed 2 September.
    expect(promiseOn({ ...promised, profile: setTo(false, halls[id]) })).toBe('2026-09-02')
  },
)

test.each(hallIds)(
  '[ZJJ-27] a paper handed in to %s in the vacation is received that day, and the hall is open',
  (id) => {
    const profile = setTo(false, halls[id])
    const at = momentOf('2026-07-14', '10:00')
    expect(isOpenAt(calendars, at, openingOf(profile))).toBe(true)
    const { receivedOn, dueOn } = reckonPromise({ ...promised, receivedAt: at, workingDays: 1, profile })
    expect([receivedOn, dueOn]).toEqual(['2026-07-14', '2026-08-22'])
  },
)

const image = (pauses: { from: number; to: number | null }[]) => ({
  ...{ state: 'open', acceptedAt: receivedAt, promise: { on: '2026-09-02', workingDays: 5 }, acts: [], pauses },
})

test('[SUP-1] [ZJJ-27] lights, pauses and the days left leave the vacation out as well', () => {
  const profile = setTo(false, halls.zjj)
  const terms = { profile, calendars, today: '2026-08-28' }
  expect(caseLight(image([]), { ...terms, today: '2026-08-31' })).toBe('normal')
  expect(caseLight(image([]), { ...terms, today: '2026-09-01' })).toBe('near')
  const whole = { from: momentOf('2026-07-13', '08:00'), to: momentOf('2026-08-21', '17:00') }
  expect(limitOf(image([whole]), terms)?.dueOn).toBe('2026-09-02')
  expect(limitOf(image([whole]), { ...terms, profile: setTo(true, halls.zjj) })?.dueOn).not.toBe('2026-09-02')
  const limit = limitOf(image([]), terms)
  expect(limit && pictureOf(limit, terms).headline).toBe('还剩 3 个工作日')
})

test('[ZJJ-27] a vacation with no mark, and one in a hall that counts it, change nothing', () => {
  const { isVacation: _, ...plain } = summer
  const unmarked = calendars.map((one) => ({ ...one, periods: [plain] }))
  const profile = setTo(false, halls.ssc)
  expect(promiseOn({ ...promised, calendars: unmarked, profile })).toBe('2026-07-16')
  expect(periodWords(summer)).toBe('寒暑假 7月13日–8月28日 09:00–11:30（暑假（示例））')
})

test('[SUP-1] the columns of the day are the working days that limits are counted by, a whole vacation long', () => {
  const terms = { calendars, today: '2026-07-09' }
  const days = (value: boolean) =>
    columnsOf({ ...terms, profile: setTo(value, halls.zjj) }).flatMap(({ id }) => (/^\d/.test(id) ? [id] : []))
  expect(days(true)).toEqual(['2026-07-09', '2026-07-10', '2026-07-13', '2026-07-14', '2026-07-15', '2026-07-16'])
  expect(days(false)).toEqual(['2026-07-09', '2026-07-10', '2026-08-22', '2026-08-31', '2026-09-01', '2026-09-02'])
  const uncounted = { ...terms, profile: setTo(false, halls.zjj) }
  const lines = boardOf([image([]) as unknown as Case], uncounted)
  expect(lines.map((line) => [line.light, columnOf(line, columnsOf(uncounted))])).toEqual([['normal', '2026-09-02']])
})
