import { z } from 'zod'
import { localDay, localTime, weekdayOf } from '../calendar/day.ts'
import { HoursRange } from '../calendar/hours.ts'
import { Day } from './text.ts'

/** Days and hours of a service for a time, both days included; without hours the hall's own hold. */
export const Period = z
  .strictObject({ from: Day, to: Day, hours: z.array(HoursRange).max(14) })
  .refine(({ from, to }) => from <= to, { path: ['to'], error: '结束日期不能早于开始日期' })
export type Period = z.infer<typeof Period>

/** Whether a moment (UTC ms) lies in a period's days and hours. */
export function isWithin({ from, to, hours }: Period, at: number): boolean {
  const [today, time] = [localDay(at), localTime(at)]
  if (today < from || today > to) return false
  const weekday = weekdayOf(today)
  return (
    hours.length === 0 || hours.some((range) => range.days.includes(weekday) && range.from <= time && time < range.to)
  )
}
