import { weekdayNames } from './weekday-words.ts'

/** The hall's clock is Asia/Shanghai: +08:00, no daylight saving since 1991. */
const OFFSET_MS = 8 * 3_600_000
const DAY_MS = 86_400_000

const utcOf = (on: string): number =>
  Date.UTC(Number(on.slice(0, 4)), Number(on.slice(5, 7)) - 1, Number(on.slice(8, 10)))

const dayOfUtc = (ms: number): string => new Date(ms).toISOString().slice(0, 10)

/** The hall's local day of a moment (UTC ms), `YYYY-MM-DD`. */
export const localDay = (at: number): string => dayOfUtc(at + OFFSET_MS)

/** Minutes from the hall's midnight of a moment (UTC ms). */
export const localMinutes = (at: number): number => {
  const inDay = (((at + OFFSET_MS) % DAY_MS) + DAY_MS) % DAY_MS
  return Math.floor(inDay / 60_000)
}

/** The hall's local time of a moment, `HH:MM`. */
export const localTime = (at: number): string => new Date(at + OFFSET_MS).toISOString().slice(11, 16)

/** The moment (UTC ms) of a local day and time `HH:MM`. */
export const momentOf = (on: string, time: string): number =>
  utcOf(on) + (Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))) * 60_000 - OFFSET_MS

/** Lights are reckoned day by day over the same few hundred days: the next day and the weekday of each are worked out once. */
const mostKnown = 4_000
const nextDays = new Map<string, string>()
const weekdays = new Map<string, number>()

function known<Value>(table: Map<string, Value>, on: string, work: (on: string) => Value): Value {
  const held = table.get(on)
  if (held !== undefined) return held
  if (table.size >= mostKnown) table.clear()
  const value = work(on)
  table.set(on, value)
  return value
}

const dayAfter = (on: string): string => dayOfUtc(utcOf(on) + DAY_MS)
const weekdayIn = (on: string): number => new Date(utcOf(on)).getUTCDay() || 7

/** The day `n` calendar days later (earlier when negative). */
export const addDays = (on: string, n: number): string =>
  n === 1 ? known(nextDays, on, dayAfter) : dayOfUtc(utcOf(on) + n * DAY_MS)

/** 1 = 周一 … 7 = 周日. */
export const weekdayOf = (on: string): number => known(weekdays, on, weekdayIn)

/** 周一 … 周日. */
export const weekdayName = (on: string): string => weekdayNames[weekdayOf(on) - 1] ?? ''

/** `11月27日`, with the year before it when `withYear`. */
export const formatDay = (on: string, withYear = false): string => {
  const short = `${Number(on.slice(5, 7))}月${Number(on.slice(8, 10))}日`
  return withYear ? `${on.slice(0, 4)}年${short}` : short
}

/** A day beside another, mostly today: with its year when that is not the other's. Cases of years ago are read too. */
export const formatDayNear = (on: string, near: string | undefined): string =>
  formatDay(on, on.slice(0, 4) !== near?.slice(0, 4))

/** `11月27日（周五）`, as promises are shown and printed; with the year when it is not that of `near`. */
export const formatDayLong = (on: string, near = on): string => `${formatDayNear(on, near)}（${weekdayName(on)}）`

/** A moment in the room of a day: `今天 10:42`, else `11月19日`, with the year when it is not that of `today`. */
export const formatWhen = (at: number, today: string | undefined): string => {
  const on = localDay(at)
  return on === today ? `今天 ${localTime(at)}` : formatDayNear(on, today)
}

/** A moment as screens say it: `今天 10:42`, else `11月19日 16:20`, with the year when it is not that of `today`. */
export const formatMoment = (at: number, today: string): string => {
  const on = localDay(at)
  const day = on === today ? '今天' : formatDayNear(on, today)
  return `${day} ${localTime(at)}`
}
