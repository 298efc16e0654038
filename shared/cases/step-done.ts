import { z } from 'zod'
import { command } from '../core/command.ts'
import { meet } from '../core/merge.ts'
import { rejected, set } from '../core/outcome.ts'
import { filledText, plainId, text } from '../core/text.ts'
import type { Case } from './case.ts'
import { caseRules } from './merge.ts'
import { byOf } from './rules.ts'
import { askedStep, heldByOther, ownWorkBar, stepRoles } from './step-rules.ts'

/**
 * 协办办好, 复核通过, 同意 (SSC-20.3, ZJJ-8, NBU-8): one step's result in its unit's own hand. Steps of others go their
 * own way; of two who decide the same step the first stands (§6).
 */
export const stepDone = command({
  type: 'case.stepDone',
  v: 1,
  nature: 'claim',
  on: 'case',
  by: stepRoles,
  atStep: true,
  personal: ['note'],
  args: z.strictObject({ stepId: plainId, result: filledText(60), note: text(500) }),
  decide(image: Case, { stepId, result, note }, ctx) {
    const asked = askedStep(image, stepId, ctx)
    if ('bar' in asked) return meet(caseRules.stepSame, { refusal: asked.bar })
    const bar = heldByOther(asked.step, ctx) ?? ownWorkBar(image, asked.step, ctx)
    if (bar) return rejected(bar)
    const words = `step:${ctx.cmdId}`
    const { actorId, actorName, role } = ctx
    return meet(caseRules.stepApart, {
      changes: [
        set(`steps.${stepId}.result`, { verdict: 'done', result, words, by: byOf(ctx) }),
        set(`steps.${stepId}.holder`, { actorId, actorName, role }),
        set(`pii.${words}`, note),
      ],
    })
  },
})
