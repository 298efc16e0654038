import { z } from 'zod'
import { aggregate } from '../core/command.ts'
import type { Act } from '../core/kernel.ts'
import type { Conflict, Flag } from '../core/outcome.ts'
import { day, filledText, text } from '../core/text.ts'
import { Unit, Window } from '../profiles/profile-fields.ts'
import { Slug } from '../profiles/text.ts'

/** What a unit asks for in writing: 新设、变更、撤销 a window (SSC 七). */
export const WindowAsk = z.discriminatedUnion('what', [
  z.strictObject({ what: z.literal('add'), window: Window }),
  z.strictObject({ what: z.literal('change'), windowId: Slug, window: Window }),
  z.strictObject({ what: z.literal('withdraw'), windowId: Slug }),
])
export type WindowAsk = z.infer<typeof WindowAsk>

const ItemAt = z.strictObject({ code: filledText(16), name: filledText(60) })

/** An item that goes to another window on the same day. */
export const ItemMove = z.strictObject({ ...ItemAt.shape, to: Slug })
export type ItemMove = z.infer<typeof ItemMove>

/** The application as it came in: who asks, the paper's date, what for and why. */
export const Proposal = z.strictObject({
  unit: z.strictObject({ id: Slug, name: filledText(40) }),
  appliedOn: day,
  ask: WindowAsk,
  /** Units the hall does not know yet. */
  newUnits: z.array(Unit).max(12),
  /** The items the unit asks to have there, in its own words. */
  itemsAsked: text(1000),
  reason: filledText(1000),
})
export type Proposal = z.infer<typeof Proposal>

/** What the decision rests on (SSC 八, NBU 二): each as far as the hall's profile asks for it. */
export const DecisionGrounds = z.strictObject({ opinions: text(1000), room: text(1000), needs: text(1000) })

/** The decision: of whom, what in words, dated, and from when it holds. */
export const Decision = z.strictObject({
  verdict: z.enum(['approved', 'refused']),
  body: filledText(60),
  text: filledText(1000),
  on: day,
  effectiveOn: day.nullable(),
  grounds: DecisionGrounds,
  /** Items received on that day at a window that is withdrawn: each needs a move. */
  items: z.array(ItemAt).max(200),
  moves: z.array(ItemMove).max(200),
})
export type Decision = z.infer<typeof Decision>

/** 窗口调整: a unit's application and what was decided on it (NBU-3, SSC-7). */
export interface WindowChange extends Proposal {
  id: string
  hallId: string
  kind: 'windowChange'
  state: 'proposed' | 'approved' | 'refused'
  proposedAt: number
  decision: (Decision & { actorId: string; actorName: string; at: number }) | null
  acts: Act[]
  flags: (Flag & { act: string; actorId: string; at: number })[]
  conflicts: Conflict[]
}

/** 窗口调整 in the register: the supervisors' and administrators'. */
export const windowChangeAggregate = aggregate<WindowChange>({
  kind: 'windowChange',
  scopes: () => ['supervisor'],
  shelf: (image) => image.state,
  at: (image) => image.proposedAt,
  keys: () => [],
})
