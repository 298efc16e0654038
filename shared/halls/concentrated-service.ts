import { z } from 'zod'
import { aggregate } from '../core/command.ts'
import type { Act } from '../core/kernel.ts'
import type { Conflict, Flag } from '../core/outcome.ts'
import { momentOf } from '../calendar/day.ts'
import { filledText, text } from '../core/text.ts'
import { Period } from '../profiles/period.ts'
import { Slug } from '../profiles/text.ts'

/** 阶段性集中服务 as it is set: the unit without a window, its days and hours, its items, and where they are received. */
export const ServicePlan = z.strictObject({
  unit: z.strictObject({ id: Slug, name: filledText(40) }),
  period: Period,
  /** The window that receives for it: the one that otherwise gives guidance (NBU 二; SZIT 三: the 咨询台). */
  windowId: Slug,
  items: z
    .array(z.strictObject({ code: filledText(16), name: filledText(60) }))
    .min(1)
    .max(60),
  place: text(100),
  note: text(500),
})
export type ServicePlan = z.infer<typeof ServicePlan>

/** One concentrated service; `endedOn`: called off from that day. */
export interface ConcentratedService extends ServicePlan {
  id: string
  hallId: string
  kind: 'concentratedService'
  endedOn: string | null
  endReason: string
  openedBy: { actorId: string; actorName: string; at: number }
  acts: Act[]
  flags: (Flag & { act: string; actorId: string; at: number })[]
  conflicts: Conflict[]
}

/** 阶段性集中服务 in the register: every tablet shows it, day by day. */
export const concentratedServiceAggregate = aggregate<ConcentratedService>({
  kind: 'concentratedService',
  scopes: () => ['hall'],
  shelf: () => 'service',
  at: (image) => momentOf(image.period.from, '00:00'),
  keys: () => [],
})
