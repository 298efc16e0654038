import { aggregate } from '../core/command.ts'
import type { Act } from '../core/kernel.ts'
import type { Conflict, Flag } from '../core/outcome.ts'
import type { Json } from '../core/canonical.ts'

/** What its author did about an act that was not accepted: 改正后重发, 转给同事 or 放弃. */
export type AnswerWay = 'corrected' | 'handed' | 'dropped'

/** The answer to one refused or held act; its id is that act's `cmdId`, so there is one (sync.md 3.2). */
export interface OutcomeRecord {
  id: string
  hallId: string
  kind: 'outcome'
  windowId: string | null
  /** The act: what it was, on what, and why it was not accepted. */
  about: { kind: string; aggId: string; type: string; code: string }
  way: AnswerWay
  to: { actorId: string; actorName: string } | null
  by: { actorId: string; actorName: string; role: string; at: number }
  pii: Record<string, Json>
  state: 'answered'
  acts: Act[]
  flags: (Flag & { act: string; actorId: string; at: number })[]
  conflicts: Conflict[]
}

/** Answers to refused acts in the register: the window's, or (a desk's own) the supervisors'. */
export const outcomeAggregate = aggregate<OutcomeRecord>({
  kind: 'outcome',
  scopes: (image) => [image.windowId === null ? 'supervisor' : `window:${image.windowId}`],
  shelf: (image) => image.about.aggId,
  at: (image) => image.by.at,
  keys: () => [],
})
