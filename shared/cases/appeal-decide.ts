import { z } from 'zod'
import { command } from '../core/command.ts'
import { meet } from '../core/merge.ts'
import { applied, flag, rejected, set, type Change, type Flag } from '../core/outcome.ts'
import { filledText } from '../core/text.ts'
import { isAppealable } from './appeal.ts'
import type { Appeal } from './case-parts.ts'
import type { Case } from './case.ts'
import { caseRules } from './merge.ts'
import { pausesEnded } from './pauses.ts'
import { appealSettled, ownDecision } from './refusals.ts'
import { byOf } from './rules.ts'

/**
 * 申诉处理: upheld, and the case is taken up again and counted as 应收未收 against whoever decided it; or not upheld. The
 * first decision holds; nobody decides an appeal of their own decision (ZJJ-26).
 */
export const appealDecide = command({
  type: 'case.appealDecide',
  v: 1,
  nature: 'claim',
  on: 'case',
  by: ['supervisor'],
  args: z.strictObject({
    key: z.string().max(80),
    outcome: z.enum(['upheld', 'rejected']),
    reason: filledText(1000),
  }),
  touches: () => ['state', 'appeals.length'],
  decide(image: Case, { key, outcome, reason }, ctx) {
    const { appeals = [] } = image
    const at = appeals.findIndex((one) => one.key === key)
    const line = appeals[at]
    if (!line || line.decided) {
      const refusal = { code: appealSettled.code, facts: { by: line?.decided?.by.actorName ?? null } }
      return meet(caseRules.appealDecide, { refusal })
    }
    if (decidedBy(image, line).actorId === ctx.actorId) return rejected({ code: ownDecision.code })
    const decided = set(`appeals.${String(at)}.decided`, { outcome, reason, by: byOf(ctx) })
    if (outcome === 'rejected') return applied([decided])
    return applied([decided, ...takenUpAgain(image, ctx.at)], [counted(image, line)])
  },
})

/** Whoever decided what is appealed, or who has the case where nobody decided anything. */
function decidedBy({ handler }: Case, { against }: Appeal): { actorId: string; actorName: string } {
  return against?.by ?? handler
}

/** 应收未收, against them. */
function counted(image: Case, line: Appeal): Flag {
  const { actorId, actorName } = decidedBy(image, line)
  return flag('ZJJ-26', 'shouldHaveAccepted', { by: actorName, byId: actorId, about: line.about })
}

/** Nothing of the decision stands in the way; what it said is kept in the appeal. A case that goes on anyway, goes on. */
function takenUpAgain(image: Case, at: number): Change[] {
  if (!isAppealable(image)) return []
  const cleared = [set('refusal', null), set('returned', null)]
  return [...cleared, ...pausesEnded(image, at), set('state', 'open'), set('endedAt', null)]
}
