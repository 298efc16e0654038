import { z } from 'zod'
import { command } from '../core/command.ts'
import { meet } from '../core/merge.ts'
import { add, applied, rejected, set } from '../core/outcome.ts'
import { filledText, plainId } from '../core/text.ts'
import { isEnded, type Case } from './case.ts'
import { caseRules } from './merge.ts'
import { alreadyEnded } from './refusals.ts'
import { byOf } from './rules.ts'
import { notReturned, stepGone } from './step-refusals.ts'

/** 再送协办: the lead has put right what a unit sent back, says what, and the step is open again. */
export const stepAgain = command({
  type: 'case.stepAgain',
  v: 1,
  nature: 'claim',
  on: 'case',
  by: ['roleA', 'roleB'],
  personal: ['text'],
  args: z.strictObject({ stepId: plainId, text: filledText(500) }),
  decide(image: Case, { stepId, text }, ctx) {
    const step = Object.hasOwn(image.steps ?? {}, stepId) ? image.steps?.[stepId] : undefined
    if (!step) return rejected({ code: stepGone.code })
    if (isEnded(image.state)) return rejected({ code: alreadyEnded.code, facts: { state: image.state } })
    if (step.result?.verdict !== 'returned') return meet(caseRules.stepAgain, { refusal: { code: notReturned.code } })
    const key = `note:${ctx.cmdId}`
    return applied([
      set(`steps.${stepId}.result`, null),
      set(`steps.${stepId}.holder`, null),
      add('notes', { key, by: byOf(ctx) }),
      set(`pii.${key}`, text),
    ])
  },
})
