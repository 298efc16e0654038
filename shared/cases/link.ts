import { z } from 'zod'
import { command } from '../core/command.ts'
import { meet } from '../core/merge.ts'
import { applied, rejected, set } from '../core/outcome.ts'
import { filledText } from '../core/text.ts'
import { isEnded, type Case, type CaseName } from './case.ts'
import { caseRules } from './merge.ts'
import { alreadyEnded, alreadySettled } from './refusals.ts'
import { endChanges } from './rules.ts'

/**
 * 核对重复收件: the later of two receipts is the same matter and joins the earlier one (its number stays and leads
 * there), or both stand. The first decision wins (§6).
 */
export const link = command({
  type: 'case.link',
  v: 1,
  nature: 'claim',
  on: 'case',
  by: ['roleA', 'supervisor'],
  args: z.strictObject({
    conflictId: z.string().max(200),
    choice: z.enum(['join', 'apart']),
    reason: filledText(500),
  }),
  touches: () => ['state'],
  decide(image: Case, { conflictId, choice, reason }, ctx) {
    const at = image.conflicts.findIndex((one) => one.id === conflictId && one.field === 'twin')
    const conflict = image.conflicts[at]
    if (!conflict || conflict.settled) {
      const refusal = { code: alreadySettled.code, facts: { by: conflict?.settled?.actorName ?? null } }
      return meet(caseRules.link, { refusal })
    }
    const { actorId, actorName, cmdId } = ctx
    const settled = set(`conflicts.${String(at)}.settled`, { choice, reason, actorId, actorName, cmdId, at: ctx.at })
    if (choice === 'apart') return applied([settled])
    if (isEnded(image.state)) return rejected({ code: alreadyEnded.code, facts: { state: image.state } })
    const { caseId, number } = conflict.kept.value as unknown as CaseName
    return applied([settled, set('joinedTo', { caseId, number }), ...endChanges('voided', ctx)])
  },
})
