import { z } from 'zod'
import { says, saysLater } from './says.ts'
import { line, Slug } from './text.ts'

/** How units that keep a window together take turns: by the term (学期轮流) or on a schedule of weekdays (定期轮流). */
export const TurnBy = z.enum(['term', 'schedule'])
export type TurnBy = z.infer<typeof TurnBy>

/** What a decision on a window must rest on: the application itself, 师生意见, the room there is, students' needs. */
export const DecisionBasis = z.enum(['application', 'opinions', 'room', 'needs'])
export type DecisionBasis = z.infer<typeof DecisionBasis>

/** Windows: who decides on them, who keeps them, in which turn (profiles.md §1; NBU 一–三.1, SSC 七–八, SZIT 三–四.1). */
export const WindowSettings = {
  windowList: saysLater(line(60), '由本厅设定'),
  isWindowShared: saysLater(z.boolean(), true),
  windowsDecidedBy: says(line(60)),
  windowProposal: saysLater(line(20), '书面申请'),
  windowDecisionBasis: saysLater(z.array(DecisionBasis).max(4), ['application', 'opinions', 'room']),
  jointWindowTurn: says(line(60)),
  jointTurnBy: saysLater(TurnBy, 'term'),
  concentratedService: says(z.strictObject({ isOn: z.boolean(), otherwiseAt: Slug.nullable() })),
}
