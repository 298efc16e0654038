import { z } from 'zod'
import { command } from '../core/command.ts'
import { add, applied, contended, merged, set, stop } from '../core/outcome.ts'
import { filledText, text } from '../core/text.ts'
import { isEnded, type Case } from './case.ts'
import { byOf, endChanges, endConflict, incompleteFlags } from './rules.ts'

/**
 * 办结 (即办件 at once: NBU-7; 承诺件 after its steps). It happened at the window: two that agree are one,
 * two that differ make the case 结果不一致 and the student is not told until a person decides (§6).
 */
export const conclude = command({
  type: 'case.conclude',
  v: 1,
  nature: 'fact',
  on: 'case',
  by: ['roleA', 'roleB'],
  args: z.strictObject({ result: filledText(60), resultNote: text(500) }),
  touches: () => ['state'],
  decide(image: Case, args, ctx) {
    const conclusion = { ...args, by: byOf(ctx) }
    const flags = [
      ...incompleteFlags(image, ctx),
      ...(image.itemKind !== 'instant' && !image.promise ? [stop('SSC-20.2', 'notInstant')] : []),
    ]
    const kept = [add('conclusions', conclusion)]
    if (!isEnded(image.state) && image.state !== 'disputed') {
      return applied([...kept, set('conclusion', conclusion), ...endChanges('concluded', ctx)], flags)
    }
    if (image.state === 'concluded' && image.conclusion?.result === args.result) {
      const earlier = Math.min(image.endedAt ?? ctx.at, ctx.at)
      return merged([...kept, set('endedAt', earlier)], { same: 'result' }, flags)
    }
    const conflict = endConflict(image, ctx, { state: 'concluded', result: args.result, said: args })
    return contended([...kept, set('state', 'disputed'), set('endedAt', null)], [conflict], flags)
  },
})
