import { z } from 'zod'
import { command, type Ctx } from '../core/command.ts'
import { meet } from '../core/merge.ts'
import { add, applied, rejected, set, type Verdict } from '../core/outcome.ts'
import { filledText, plainId } from '../core/text.ts'
import { isEnded, type Case } from './case.ts'
import { caseRules } from './merge.ts'
import { alreadyEnded, alreadyTaken } from './refusals.ts'
import { byOf } from './rules.ts'

/** 转给同事: the case and what is asked of them, to another person of the window. First accepted wins (§6). */
export const assign = command({
  type: 'case.assign',
  v: 1,
  nature: 'claim',
  on: 'case',
  by: ['roleA', 'roleB', 'supervisor'],
  personal: ['text'],
  args: z.strictObject({
    to: z.strictObject({ actorId: plainId, actorName: filledText(60), role: z.enum(['roleA', 'roleB']) }),
    text: filledText(500),
  }),
  touches: () => ['handler.actorId'],
  decide(image: Case, { to, text }, ctx) {
    if (isEnded(image.state)) return rejected({ code: alreadyEnded.code, facts: { state: image.state } })
    if (isMoved(image, ctx) && image.handler.actorId !== to.actorId) return held(image)
    const key = `note:${ctx.cmdId}`
    return applied([set('handler', to), add('notes', { key, by: byOf(ctx), to }), set(`pii.${key}`, text)])
  },
})

/** Whether someone else has come to hold the case since the actor looked. */
export function isMoved(image: Case, ctx: Ctx): boolean {
  return image.handler.actorId !== ctx.seen['handler.actorId']
}

function held(image: Case): Verdict {
  const last = image.acts.findLast(({ type }) => type === 'case.take' || type === 'case.assign')
  const rule = last?.type === 'case.take' ? caseRules.assignTaken : caseRules.assign
  return meet(rule, { refusal: takenBy(image) })
}

/** Who holds it now. */
export function takenBy(image: Case) {
  return { code: alreadyTaken.code, facts: { holder: image.handler.actorName } }
}
