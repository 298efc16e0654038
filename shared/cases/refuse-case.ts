import { z } from 'zod'
import { command, type Ctx } from '../core/command.ts'
import { meet } from '../core/merge.ts'
import { applied, set, stop, type Flag } from '../core/outcome.ts'
import { filledText, plainId } from '../core/text.ts'
import { isEnded, type Case } from './case.ts'
import { groundsOf } from './grounds.ts'
import { caseRules } from './merge.ts'
import { byOf, endChanges, endConflict, pausedFlags, profileOf, sheetOf } from './rules.ts'

/** 不予办理 (SSC-20.2, ZJJ-26): at the door or after study, on a ground of the sheet, with the reason in writing. */
export const refuseCase = command({
  type: 'case.refuse',
  v: 1,
  nature: 'fact',
  on: 'case',
  by: ['roleA', 'roleB'],
  args: z.strictObject({
    stage: z.enum(['door', 'study']),
    groundId: plainId,
    ground: filledText(400),
    reason: filledText(1000),
  }),
  touches: () => ['state'],
  decide(image: Case, args, ctx) {
    const flags = [...groundFlags(image, args, ctx), ...pausedFlags(image)]
    const state = args.stage === 'door' ? 'declined' : 'refused'
    if (isEnded(image.state) || image.state === 'disputed') {
      const conflict = endConflict(image, ctx, { state, result: args.ground, said: args })
      const changes = [set('state', 'disputed'), set('endedAt', null)]
      return meet(caseRules.refuseEnd, { changes, conflicts: [conflict], flags })
    }
    return applied([set('refusal', { ...args, by: byOf(ctx) }), ...endChanges(state, ctx)], flags)
  },
})

/**
 * ZJJ-26: a complete, qualifying application is never refused; the ground must stand on the sheet or in the hall's rules,
 * and be told in its own words: the paper says what those rest on.
 */
function groundFlags({ materials }: Case, given: { groundId: string; ground: string }, ctx: Ctx): Flag[] {
  const { groundId, ground } = given
  const stated = groundsOf(sheetOf(ctx), profileOf(ctx), materials).find((line) => line.id === groundId)
  if (!stated) return [stop('ZJJ-26', 'noGround', { groundId })]
  return stated.text === ground ? [] : [stop('ZJJ-26', 'groundReworded', { ground, stated: stated.text })]
}
