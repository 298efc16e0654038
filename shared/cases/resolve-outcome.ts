import type { Ctx } from '../core/command.ts'
import { set, type Change, type Conflict, type ConflictSide } from '../core/outcome.ts'
import type { Case, CaseState } from './case.ts'
import { pausesEnded } from './pauses.ts'
import type { ContendedEnd } from './rules.ts'

const cleared: Change[] = ['conclusion', 'refusal', 'returned', 'withdrawal'].map((end) => set(end, null))
const placeOf: Partial<Record<CaseState, string>> = {
  ...{ concluded: 'conclusion', returned: 'returned', withdrawn: 'withdrawal' },
}

/** The case ends as the chosen side said, or is open again with both ends on its timeline. */
export function outcomeChanges(
  image: Case,
  conflict: Conflict,
  { choice, ctx }: { choice: 'kept' | 'other' | 'reopen'; ctx: Ctx },
): Change[] {
  const isOpenAgain = [...pausesEnded(image, ctx.at), set('state', 'open'), set('endedAt', null)]
  if (choice === 'reopen') return [...cleared, ...isOpenAgain]
  const end = conflict[choice].value as unknown as ContendedEnd
  const told = end.said ? [...cleared, ...toldChanges(end, end.said, conflict[choice])] : []
  return [...told, set('state', end.state), set('endedAt', end.state === 'open' ? null : ctx.at)]
}

/** What that side had said, put where it would stand had it come alone. */
function toldChanges(
  { state }: ContendedEnd,
  said: NonNullable<ContendedEnd['said']>,
  { cmdId, actorId, actorName, role, at }: ConflictSide,
): Change[] {
  const told = { ...said, by: { act: cmdId, actorId, actorName, role, at } }
  if (state === 'open') return [set('promise', told), set('acceptedAt', at)]
  return [set(placeOf[state] ?? 'refusal', told)]
}
