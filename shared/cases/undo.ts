import { z } from 'zod'
import { command } from '../core/command.ts'
import { meet } from '../core/merge.ts'
import { applied, rejected, set, type Change } from '../core/outcome.ts'
import { uuid } from '../core/text.ts'
import type { Act } from '../core/kernel.ts'
import type { Case } from './case.ts'
import { paymentAwaited } from './charge.ts'
import { caseRules } from './merge.ts'
import { takenBack } from './return-case.ts'
import { endChanges } from './rules.ts'
import { stepsBack } from './steps-open.ts'
import { movedOn } from './refusals.ts'

/** What can be taken back, and what it had put into the image. */
const undoable: Readonly<Record<string, (image: Case, act: string) => Change[]>> = {
  'case.charge': (image, act) => [set('charge', null), ...without(image, act)],
  'case.pause': without,
  'case.receiptNo': (image) => [set('charge.receipt', null), ...paymentAwaited(image)],
  'case.return': (image, act) => [set('returned', null), set('endedAt', null), ...takenBack(image, act)],
  'case.transfer': (image, act) => [
    set(
      'transfers',
      image.transfers?.filter(({ by }) => by.act !== act),
    ),
  ],
  'case.conclude': () => [set('conclusion', null), set('endedAt', null)],
  'case.refuse': () => [set('refusal', null), set('endedAt', null)],
  'case.withdraw': () => [set('withdrawal', null), set('endedAt', null)],
  'case.accept': (image) => [set('promise', null), set('acceptedAt', null), ...stepsBack(image)],
  'case.supplementNotice': () => [],
}

/** The pause an act began is gone as if it had never been. */
function without({ pauses = [] }: Case, act: string): Change[] {
  return [
    set(
      'pauses',
      pauses.filter(({ by }) => by.act !== act),
    ),
  ]
}

/**
 * 撤销 one's own last act on a case; taking back the receipt makes it 作废. Paper already handed out stays on
 * the timeline. If anyone has acted since, nothing is taken back.
 */
export const undo = command({
  type: 'case.undo',
  v: 1,
  nature: 'claim',
  on: 'case',
  by: ['roleA', 'roleB'],
  args: z.strictObject({ act: uuid }),
  touches: () => ['state'],
  decide(image: Case, args, ctx) {
    const act = lastStanding(image.acts)
    if (act?.cmdId !== args.act || act.actorId !== ctx.actorId || act.outcome === 'conflict') {
      return meet(caseRules.undo, { refusal: { code: movedOn.code } })
    }
    if (act.type === 'case.receive') return applied(endChanges('voided', ctx))
    const back = undoable[act.type]
    return back ? applied([...back(image, act.cmdId), set('state', act.from)]) : rejected({ code: movedOn.code })
  },
})

/** Whether an act of this type can be taken back at all. */
export function isUndoable(type: string): boolean {
  return type === 'case.receive' || type in undoable
}

/** Acts that a later 撤销 has taken back: undos pair off with the acts before them. */
export function undoneActs(acts: readonly Act[]): ReadonlySet<string> {
  const standing: string[] = []
  const undone = new Set<string>()
  for (const { type, cmdId } of acts) {
    if (type !== 'case.undo') standing.push(cmdId)
    else undone.add(standing.pop() ?? '')
  }
  return undone
}

/** The newest act that has not been taken back. */
export function lastStanding(acts: readonly Act[]): Act | undefined {
  const undone = undoneActs(acts)
  return acts.findLast(({ type, cmdId }) => type !== 'case.undo' && !undone.has(cmdId))
}
