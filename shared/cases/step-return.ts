import { z } from 'zod'
import { command } from '../core/command.ts'
import { meet } from '../core/merge.ts'
import { applied, rejected, set } from '../core/outcome.ts'
import { filledText, plainId } from '../core/text.ts'
import type { Case } from './case.ts'
import { caseRules } from './merge.ts'
import { byOf } from './rules.ts'
import { askedStep, heldByOther, ownWorkBar, stepRoles } from './step-rules.ts'

/**
 * 退回主办, 不同意: the unit cannot do or grant its part and says why; the step is back with the lead, who puts it right and
 * sends it again (`case.stepAgain`) or ends the case by its own outcome.
 */
export const stepReturn = command({
  type: 'case.stepReturn',
  v: 1,
  nature: 'claim',
  on: 'case',
  by: stepRoles,
  atStep: true,
  personal: ['reason'],
  args: z.strictObject({ stepId: plainId, result: filledText(60), reason: filledText(500) }),
  decide(image: Case, { stepId, result, reason }, ctx) {
    const asked = askedStep(image, stepId, ctx)
    if ('bar' in asked) return meet(caseRules.stepReturned, { refusal: asked.bar })
    const bar = heldByOther(asked.step, ctx) ?? ownWorkBar(image, asked.step, ctx)
    if (bar) return rejected(bar)
    const words = `step:${ctx.cmdId}`
    const { actorId, actorName, role } = ctx
    return applied([
      set(`steps.${stepId}.result`, { verdict: 'returned', result, words, by: byOf(ctx) }),
      set(`steps.${stepId}.holder`, { actorId, actorName, role }),
      set(`pii.${words}`, reason),
    ])
  },
})
