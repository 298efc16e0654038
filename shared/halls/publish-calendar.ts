import { z } from 'zod'
import { Calendar } from '../calendar/calendar.ts'
import { momentOf } from '../calendar/day.ts'
import { aggregate, command } from '../core/command.ts'
import { applied, create, rejected } from '../core/outcome.ts'
import { refusal } from '../core/refusal.ts'

/** The calendar's id must say the hall, year and version it stands under. */
export const calendarMisnamed = refusal('calendar.misnamed', {
  cite: 'ZJJ-27',
  say: () => '工作日历的编号与本厅、年份、版本不一致，没有发布。',
})

/** 发布工作日历: one version of one year, which limits are counted by (ZJJ-27). */
export const publishCalendar = command({
  type: 'calendar.publish',
  v: 1,
  nature: 'claim',
  on: 'calendar',
  by: ['supervisor', 'admin', 'system'],
  creates: true,
  args: z.strictObject({ calendar: Calendar }),
  decide(_none: null, { calendar }, ctx) {
    if (calendar.id !== ctx.aggId || calendar.hallId !== ctx.hallId) return rejected({ code: calendarMisnamed.code })
    return applied([create(calendar)])
  },
})

/** 工作日历 in the register. */
export const calendarAggregate = aggregate<Calendar>({
  kind: 'calendar',
  scopes: () => ['hall'],
  shelf: () => 'calendar',
  at: (image) => momentOf(`${String(image.year)}-01-01`, '00:00'),
  keys: () => [],
})
