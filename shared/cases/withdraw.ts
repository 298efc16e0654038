import { z } from 'zod'
import { command } from '../core/command.ts'
import { meet } from '../core/merge.ts'
import { applied, set } from '../core/outcome.ts'
import { filledText } from '../core/text.ts'
import { isEnded, type Case } from './case.ts'
import { caseRules } from './merge.ts'
import { byOf, endChanges, endConflict } from './rules.ts'

/** 撤回: the student takes the application back. Against an end made elsewhere both are kept for a person (§6). */
export const withdraw = command({
  type: 'case.withdraw',
  v: 1,
  nature: 'fact',
  on: 'case',
  by: ['roleA', 'roleB'],
  args: z.strictObject({ reason: filledText(400) }),
  touches: () => ['state'],
  decide(image: Case, args, ctx) {
    if (isEnded(image.state) || image.state === 'disputed') {
      const conflict = endConflict(image, ctx, { state: 'withdrawn', result: args.reason, said: args })
      const changes = [set('state', 'disputed'), set('endedAt', null)]
      return meet(caseRules.withdrawEnd, { changes, conflicts: [conflict] })
    }
    return applied([set('withdrawal', { ...args, by: byOf(ctx) }), ...endChanges('withdrawn', ctx)])
  },
})
