import type { Calendar } from './calendar.ts'
import { addDays, localDay, localMinutes, weekdayOf } from './day.ts'
import { openStretches, type HoursRange } from './hours.ts'

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
  return calendars
    .filter((calendar) => calendar.year === year)
    .reduce<Calendar | undefined>((best, next) => (best && best.version >= next.version ? best : next), undefined)
}

/** Status of a day by the newest calendar of its year; without one Mon–Fri are worked (unofficial). */
export const dayStatus = (calendars: readonly Calendar[], on: string): DayStatus => {
  const calendar = calendarOf(calendars, on)
  const official = calendar?.official ?? false
  const closed = calendar?.closures.find((entry) => entry.on === on)
  if (closed) return { on, isWorkday: false, name: closed.reason, official }
  const worked = calendar?.workedDays.find((entry) => entry.on === on)
  if (worked) return { on, isWorkday: true, name: worked.name, official }
  const off = calendar?.daysOff.find((entry) => entry.on === on)
  if (off) return { on, isWorkday: false, name: off.name, official }
  return { on, isWorkday: weekdayOf(on) <= 5, name: '', official }
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

/** When a hall is open: its weekly hours and its weekly closures, as the profile has them. */
export interface OpeningHours {
  readonly hours: readonly HoursRange[]
  readonly closed: readonly HoursRange[]
}

/** The stretches (minutes) the hall is open on a day; a make-up day without hours of its own keeps Monday's. */
export const openOn = (calendars: readonly Calendar[], on: string, opening: OpeningHours) => {
  if (!isWorkday(calendars, on)) return []
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
