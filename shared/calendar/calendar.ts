import { z } from 'zod'
import { Day, line, Slug, Version } from '../profiles/text.ts'
import { ClockTime } from './hours.ts'

const Named = z.strictObject({ on: Day, name: line(40) })

const Given = z.strictObject({ on: Day, reason: line(100) })

/** Hours of one day of a special period, each from before to. */
const Stretch = z
  .strictObject({ from: ClockTime, to: ClockTime })
  .refine((part) => part.from < part.to, { path: ['to'], error: '结束时间应晚于开始时间' })

/**
 * 特殊时期 (ZJJ-22): from a day to a day, both included, the hall keeps these hours instead of its weekly ones; a school
 * vacation (寒暑假) is marked, since a hall may leave it out of its limits.
 */
export const SpecialPeriod = z
  .strictObject({
    ...{ from: Day, to: Day, hours: z.array(Stretch).min(1).max(4), reason: line(100) },
    isVacation: z.boolean().exactOptional(),
  })
  .refine((period) => period.from <= period.to, { path: ['to'], error: '结束日期不能早于开始日期' })
export type SpecialPeriod = z.infer<typeof SpecialPeriod>

const Fields = z.strictObject({
  id: line(80),
  hallId: Slug,
  year: z.int().min(2000).max(2099),
  version: Version,
  official: z.boolean(),
  daysOff: z.array(Named).max(366),
  workedDays: z.array(Named).max(366),
  closures: z.array(Given).max(366),
  /** Days the hall works though others do not, each counted as a working day. */
  openDays: z.array(Given).max(366).optional(),
  periods: z.array(SpecialPeriod).max(24).optional(),
  /** The first day it counts; versions of before lack it and count at once. */
  effectiveOn: Day.optional(),
  /** Why this version was published. */
  why: line(100).optional(),
})
type Fields = z.infer<typeof Fields>

const checkList = (
  calendar: Fields,
  list: 'daysOff' | 'workedDays' | 'closures' | 'openDays',
  ctx: z.RefinementCtx<Fields>,
): void => {
  const days = (calendar[list] ?? []).map((entry) => entry.on)
  days.forEach((on, index) => {
    const path = [list, index, 'on']
    if (!on.startsWith(`${calendar.year}-`))
      ctx.addIssue({ code: 'custom', path, message: `应是 ${calendar.year} 年的日期` })
    if (days.indexOf(on) !== index) ctx.addIssue({ code: 'custom', path, message: `不能重复：${on}` })
  })
}

const checkBothWays = (calendar: Fields, ctx: z.RefinementCtx<Fields>): void => {
  const shut = new Set(calendar.closures.map((entry) => entry.on))
  for (const [index, { on }] of (calendar.openDays ?? []).entries()) {
    if (shut.has(on))
      ctx.addIssue({ code: 'custom', path: ['openDays', index, 'on'], message: '同一天不能既闭厅又加开' })
  }
  for (const [index, { from, to }] of (calendar.periods ?? []).entries()) {
    const isOutside = [from, to].some((on) => !on.startsWith(`${calendar.year}-`))
    const path = ['periods', index, 'from']
    if (isOutside) ctx.addIssue({ code: 'custom', path, message: `应在 ${calendar.year} 年之内` })
    const meets = calendar.periods?.slice(0, index).some((other) => other.from <= to && from <= other.to)
    if (meets) ctx.addIssue({ code: 'custom', path, message: '两个特殊时期不能重叠' })
  }
}

/**
 * 工作日历: one version of one year in one hall (aggregate `calendar`). `daysOff` are public holidays,
 * `workedDays` make-up days (调休), `closures` days the hall itself is shut; `official` = the State Council's
 * notice for that year is in it. Closures win over everything, days the hall adds (`openDays`) over days off, worked
 * days over weekends.
 */
export const Calendar = Fields.superRefine((calendar, ctx) => {
  if (calendar.id !== `${calendar.hallId}:${calendar.year}@${calendar.version}`)
    ctx.addIssue({ code: 'custom', path: ['id'], message: '应等于 厅:年份@版本' })
  checkList(calendar, 'daysOff', ctx)
  checkList(calendar, 'workedDays', ctx)
  checkList(calendar, 'closures', ctx)
  checkList(calendar, 'openDays', ctx)
  checkBothWays(calendar, ctx)
  const off = new Set(calendar.daysOff.map((entry) => entry.on))
  calendar.workedDays.forEach((entry, index) => {
    if (off.has(entry.on))
      ctx.addIssue({ code: 'custom', path: ['workedDays', index, 'on'], message: '同一天不能既放假又补班' })
  })
})
export type Calendar = z.infer<typeof Calendar>
