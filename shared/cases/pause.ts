import { z } from 'zod'
import { command } from '../core/command.ts'
import { meet } from '../core/merge.ts'
import { applied, flag, set } from '../core/outcome.ts'
import { filledText } from '../core/text.ts'
import { isEnded, type Case } from './case.ts'
import { caseRules } from './merge.ts'
import { addTo, pauseOf } from './pauses.ts'

/** 中止: the case rests for a reason told to the student; until 恢复 the time does not count (SSC-20.2). */
export const pauseCase = command({
  type: 'case.pause',
  v: 1,
  nature: 'fact',
  on: 'case',
  by: ['roleA', 'roleB', 'supervisor'],
  args: z.strictObject({ reason: filledText(400) }),
  touches: () => ['state'],
  decide(image: Case, { reason }, ctx) {
    if (isEnded(image.state) || image.state === 'disputed') {
      return meet(caseRules.pauseAfterEnd, {
        changes: [addTo(image, 'pauses', pauseOf(reason, ctx, ctx.at))],
        detail: { after: image.state },
        flags: [flag('OFF-4', 'editedAfterEnd', { state: image.state })],
      })
    }
    const kept = addTo(image, 'pauses', pauseOf(reason, ctx))
    if (image.state === 'paused') return meet(caseRules.pauseTwice, { changes: [kept], detail: { same: 'paused' } })
    return applied([kept, set('pausedFrom', image.state), set('state', 'paused')])
  },
})
