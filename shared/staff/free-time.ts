import { z } from 'zod'
import { ClockTime } from '../calendar/hours.ts'
import { weekdayNames } from '../calendar/weekday-words.ts'

/** A stretch of a week: 1 = 周一 … 7 = 周日, `from` included, `to` not. */
export const WeekTime = z
  .strictObject({ day: z.int().min(1).max(7), from: ClockTime, to: ClockTime })
  .refine((time) => time.from < time.to, { path: ['to'], error: '结束时间应晚于开始时间' })
export type WeekTime = z.infer<typeof WeekTime>

/** 上课、实训、实习 (SZIT 四.3(2), ZJJ 六): when a student is not free. */
export const BusyTime = z
  .strictObject({
    about: z.enum(['class', 'training', 'internship']),
    day: z.int().min(1).max(7),
    from: ClockTime,
    to: ClockTime,
  })
  .refine((time) => time.from < time.to, { path: ['to'], error: '结束时间应晚于开始时间' })
export type BusyTime = z.infer<typeof BusyTime>

/** Hours asked for that fall into what keeps the student busy. */
export interface TimeClash {
  asked: WeekTime
  busy: BusyTime
}

const meets = (a: WeekTime, b: WeekTime): boolean => a.day === b.day && a.from < b.to && b.from < a.to

/** Every clash between the hours asked for and a student's week, before anything is filed (ZJJ-6). */
export function clashesOf(asked: readonly WeekTime[], busy: readonly BusyTime[]): TimeClash[] {
  return asked.flatMap((time) => busy.filter((one) => meets(time, one)).map((one) => ({ asked: time, busy: one })))
}

/** Somebody who might stand in: what keeps them busy, and when they already serve. */
export interface StandIn {
  personId: string
  personName: string
  busy: readonly BusyTime[]
  serves: readonly WeekTime[]
}

/** Who of the B-roles is free for all the hours that clash: proposed in the student's place (ZJJ-6, SZIT 四.3(2)). */
export function proposedFor(clashes: readonly TimeClash[], others: readonly StandIn[]): StandIn[] {
  const hours = clashes.map(({ asked }) => asked)
  const isFree = ({ busy, serves }: StandIn): boolean =>
    clashesOf(hours, busy).length === 0 && !hours.some((time) => serves.some((one) => meets(time, one)))
  return clashes.length === 0 ? [] : others.filter(isFree)
}

const abouts = { class: '上课', training: '实训', internship: '实习' } as const

/** `周二 10:00–11:40`. */
export function weekTimeWords({ day, from, to }: WeekTime): string {
  return `${weekdayNames[day - 1] ?? ''} ${from}–${to}`
}

/** `周二 10:00–11:40 上课`. */
export function busyWords({ about, ...time }: BusyTime): string {
  return `${weekTimeWords(time)} ${abouts[about]}`
}
