import { z } from 'zod'

const CLOCK = /^([01]\d|2[0-3]):[0-5]\d$|^24:00$/

/** A wall-clock time `HH:MM`; `24:00` is the end of the day. */
export const ClockTime = z.string().regex(CLOCK, { error: '应是 09:00 样子的时间' })

/** Opening hours on some weekdays (1 = 周一 … 7 = 周日), `from` included, `to` not. */
export const HoursRange = z
  .strictObject({ days: z.array(z.int().min(1).max(7)).min(1).max(7), from: ClockTime, to: ClockTime })
  .refine((range) => range.from < range.to, { path: ['to'], error: '结束时间应晚于开始时间' })
export type HoursRange = z.infer<typeof HoursRange>

/** `HH:MM` as minutes from midnight. */
export const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))

/** Minutes from midnight as `HH:MM`. */
export const clockOf = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`

/** A stretch of one day, minutes from midnight. */
export interface Stretch {
  readonly from: number
  readonly to: number
}

const on = (ranges: readonly HoursRange[], weekday: number): Stretch[] =>
  ranges
    .filter((range) => range.days.includes(weekday))
    .map((range) => ({ from: minutesOf(range.from), to: minutesOf(range.to) }))
    .sort((a, b) => a.from - b.from)

const cut = (open: Stretch, closed: Stretch): Stretch[] =>
  closed.to <= open.from || closed.from >= open.to
    ? [open]
    : [
        { from: open.from, to: closed.from },
        { from: closed.to, to: open.to },
      ].filter((part) => part.from < part.to)

/**
 * The stretches a hall is open to the public on a weekday, with its weekly closures (SSC-13) taken out.
 * A worked make-up Saturday or Sunday (调休) without hours of its own keeps Monday's (`asMonday`).
 */
export const openStretches = (
  hours: readonly HoursRange[],
  closed: readonly HoursRange[],
  weekday: number,
): Stretch[] =>
  on(closed, weekday).reduce<Stretch[]>((open, gap) => open.flatMap((part) => cut(part, gap)), on(hours, weekday))
