import { z } from 'zod'
import { command } from '../core/command.ts'
import { meet } from '../core/merge.ts'
import { applied, rejected, set } from '../core/outcome.ts'
import { plainId } from '../core/text.ts'
import type { Case } from './case.ts'
import { caseRules } from './merge.ts'
import { askedStep, heldByOther, stepRoles } from './step-rules.ts'

/** 接手协办: somebody of the step's unit takes it in hand, from nobody or from the colleague they saw there. */
export const stepTake = command({
  type: 'case.stepTake',
  v: 1,
  nature: 'claim',
  on: 'case',
  by: stepRoles,
  atStep: true,
  args: z.strictObject({ stepId: plainId }),
  touches: ({ stepId }) => [`steps.${stepId}.holder.actorId`],
  decide(image: Case, { stepId }, ctx) {
    const asked = askedStep(image, stepId, ctx)
    if ('bar' in asked) return rejected(asked.bar)
    const held = heldByOther(asked.step, ctx)
    const isSeen = asked.step.holder?.actorId === ctx.seen[`steps.${stepId}.holder.actorId`]
    if (held && !isSeen) return meet(caseRules.stepTake, { refusal: held })
    const { actorId, actorName, role } = ctx
    return applied([set(`steps.${stepId}.holder`, { actorId, actorName, role })])
  },
})
