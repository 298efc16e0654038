import { z } from 'zod'
import { Day, line, Slug, Version } from '../profiles/text.ts'

const Named = z.strictObject({ on: Day, name: line(40) })

const Fields = z.strictObject({
  id: line(80),
  hallId: Slug,
  year: z.int().min(2000).max(2099),
  version: Version,
  official: z.boolean(),
  daysOff: z.array(Named).max(366),
  workedDays: z.array(Named).max(366),
  closures: z.array(z.strictObject({ on: Day, reason: line(100) })).max(366),
})
type Fields = z.infer<typeof Fields>

const checkList = (
  calendar: Fields,
  list: 'daysOff' | 'workedDays' | 'closures',
  ctx: z.RefinementCtx<Fields>,
): void => {
  const days = calendar[list].map((entry) => entry.on)
  days.forEach((on, index) => {
    const path = [list, index, 'on']
    if (!on.startsWith(`${calendar.year}-`))
      ctx.addIssue({ code: 'custom', path, message: `应是 ${calendar.year} 年的日期` })
    if (days.indexOf(on) !== index) ctx.addIssue({ code: 'custom', path, message: `不能重复：${on}` })
  })
}

/**
 * 工作日历: one version of one year in one hall (aggregate `calendar`). `daysOff` are public holidays,
 * `workedDays` make-up days (调休), `closures` days the hall itself is shut; `official` = the State Council's
 * notice for that year is in it. Closures win over worked days, worked days over weekends.
 */
export const Calendar = Fields.superRefine((calendar, ctx) => {
  if (calendar.id !== `${calendar.hallId}:${calendar.year}@${calendar.version}`)
    ctx.addIssue({ code: 'custom', path: ['id'], message: '应等于 厅:年份@版本' })
  checkList(calendar, 'daysOff', ctx)
  checkList(calendar, 'workedDays', ctx)
  checkList(calendar, 'closures', ctx)
  const off = new Set(calendar.daysOff.map((entry) => entry.on))
  calendar.workedDays.forEach((entry, index) => {
    if (off.has(entry.on))
      ctx.addIssue({ code: 'custom', path: ['workedDays', index, 'on'], message: '同一天不能既放假又补班' })
  })
})
export type Calendar = z.infer<typeof Calendar>
