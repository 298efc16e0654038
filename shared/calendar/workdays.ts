import type { Calendar, SpecialPeriod } from './calendar.ts'
import { addDays, localDay, localMinutes, weekdayOf } from './day.ts'
import { minutesOf, openStretches, type HoursRange, type Stretch } from './hours.ts'

/** What the hall's calendar says of a day; `official` is false where no official calendar of that year is held. */
export interface DayStatus {
  readonly on: string
  readonly isWorkday: boolean
  /** 国庆节, 调休上班, the closure's reason; empty on an ordinary day. */
  readonly name: string
  readonly official: boolean
}

/** A day reached by counting, and whether every day counted stood in an official calendar. */
export interface CountedDay {
  readonly on: string
  readonly official: boolean
}

/** No promise is longer than a year; a hall closed for longer than this has no next working day to name. */
const HORIZON_DAYS = 800

const calendarOf = (calendars: readonly Calendar[], on: string): Calendar | undefined => {
  const year = Number(on.slice(0, 4))
  let best: Calendar | undefined
  for (const calendar of calendars) {
    if (calendar.year === year && (!best || best.version < calendar.version)) best = calendar
  }
  return best
}

type Named = Pick<DayStatus, 'isWorkday' | 'name'>

/** The days a calendar says something of; images are never changed in place, so each is gone through once. */
const namedDays = new WeakMap<Calendar, ReadonlyMap<string, Named>>()

const namedOf = (calendar: Calendar): ReadonlyMap<string, Named> => {
  const known = namedDays.get(calendar)
  if (known) return known
  const days = new Map<string, Named>()
  for (const { on, name } of calendar.daysOff) days.set(on, { isWorkday: false, name })
  for (const { on, name } of calendar.workedDays) days.set(on, { isWorkday: true, name })
  for (const { on, reason } of calendar.openDays ?? []) days.set(on, { isWorkday: true, name: reason })
  for (const { on, reason } of calendar.closures) days.set(on, { isWorkday: false, name: reason })
  namedDays.set(calendar, days)
  return days
}

/** Status of a day by the newest calendar of its year; without one Mon–Fri are worked (unofficial). */
export const dayStatus = (calendars: readonly Calendar[], on: string): DayStatus => {
  const calendar = calendarOf(calendars, on)
  const official = calendar?.official ?? false
  const named = calendar && namedOf(calendar).get(on)
  return { on, ...(named ?? { isWorkday: weekdayOf(on) <= 5, name: '' }), official }
}

/** 工作日: worked by the hall's calendar. */
export const isWorkday = (calendars: readonly Calendar[], on: string): boolean => dayStatus(calendars, on).isWorkday

/**
 * The `n`-th working day after `on`; `on` itself is not counted (民法典 201). `n` = 0 gives `on`.
 * Days without a calendar count Mon–Fri and make the answer unofficial.
 */
export const addWorkdays = (calendars: readonly Calendar[], on: string, n: number): CountedDay => {
  let left = n
  let day = on
  let official = true
  for (let step = 0; left > 0; step += 1) {
    if (step > HORIZON_DAYS + 2 * n) throw new RangeError(`no ${String(n)} working days after ${on} in the calendars`)
    day = addDays(day, 1)
    const status = dayStatus(calendars, day)
    official = official && status.official
    if (status.isWorkday) left -= 1
  }
  return { on: day, official }
}

/** Working days after `from` up to and with `to`; negative when `to` is before `from`. */
export const workdaysBetween = (calendars: readonly Calendar[], from: string, to: string): number => {
  if (to < from) {
    const back = workdaysBetween(calendars, to, from)
    return back === 0 ? 0 : -back
  }
  let count = 0
  for (let day = addDays(from, 1); day <= to; day = addDays(day, 1)) if (isWorkday(calendars, day)) count += 1
  return count
}

const byStart = (a: Stretch, b: Stretch): number => a.from - b.from

/** When a hall is open: its weekly hours and its weekly closures, as the profile has them. */
export interface OpeningHours {
  readonly hours: readonly HoursRange[]
  readonly closed: readonly HoursRange[]
}

/** The special period (ZJJ-22) a day falls into. */
export const periodOn = (calendars: readonly Calendar[], on: string): SpecialPeriod | undefined =>
  calendarOf(calendars, on)?.periods?.find(({ from, to }) => from <= on && on <= to)

/**
 * The stretches (minutes) the hall is open on a day: a special period has hours of its own, a make-up day without
 * hours of its own keeps Monday's.
 */
export const openOn = (calendars: readonly Calendar[], on: string, opening: OpeningHours): Stretch[] => {
  if (!isWorkday(calendars, on)) return []
  const special = periodOn(calendars, on)
  if (special) return special.hours.map(({ from, to }) => ({ from: minutesOf(from), to: minutesOf(to) })).sort(byStart)
  const weekday = weekdayOf(on)
  const own = opening.hours.some((range) => range.days.includes(weekday))
  return openStretches(opening.hours, opening.closed, own ? weekday : 1)
}

/** True when the hall is open to the public at a moment (UTC ms). */
export const isOpenAt = (calendars: readonly Calendar[], at: number, opening: OpeningHours): boolean => {
  const minutes = localMinutes(at)
  return openOn(calendars, localDay(at), opening).some((part) => part.from <= minutes && minutes < part.to)
}

/**
 * The day a paper handed in at `at` (UTC ms) counts as received: that day, or the next working day when it is
 * a day off or the hall has closed for the day. Before opening and in the midday break it is still that day.
 */
export const receivedOn = (calendars: readonly Calendar[], at: number, opening: OpeningHours): CountedDay => {
  const on = localDay(at)
  const status = dayStatus(calendars, on)
  const last = openOn(calendars, on, opening).at(-1)
  if (status.isWorkday && last && localMinutes(at) < last.to) return { on, official: status.official }
  const next = addWorkdays(calendars, on, 1)
  return { on: next.on, official: next.official && status.official }
}
