import { z } from 'zod'
import { momentOf } from '../calendar/day.ts'
import { aggregate } from '../core/command.ts'
import type { Act } from '../core/kernel.ts'
import type { Conflict, Flag } from '../core/outcome.ts'
import { day, text } from '../core/text.ts'
import { Slug } from '../profiles/text.ts'

/** One unit's turn at a window: from a day to a day, on all days or on some weekdays (1 = 周一). */
export const Turn = z
  .strictObject({
    windowId: Slug,
    unitId: Slug,
    from: day,
    to: day.nullable(),
    weekdays: z.array(z.int().min(1).max(7)).max(7),
    note: text(60),
  })
  .refine(({ from, to }) => to === null || from <= to, { path: ['to'], error: '结束日期不能早于开始日期' })
export type Turn = z.infer<typeof Turn>

/** 窗口轮流: which unit keeps a window when (NBU 三.1, SZIT 四.1). */
export interface WindowTurn extends Turn {
  id: string
  hallId: string
  kind: 'windowTurn'
  acts: Act[]
  flags: (Flag & { act: string; actorId: string; at: number })[]
  conflicts: Conflict[]
}

/** 窗口轮流 in the register: every tablet shows whose turn it is. */
export const windowTurnAggregate = aggregate<WindowTurn>({
  kind: 'windowTurn',
  scopes: () => ['hall'],
  shelf: (image) => image.windowId,
  at: (image) => momentOf(image.from, '00:00'),
  keys: () => [],
})
