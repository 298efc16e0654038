import { z } from 'zod'
import { command, type Ctx } from '../core/command.ts'
import { meet } from '../core/merge.ts'
import { add, applied, rejected, set } from '../core/outcome.ts'
import { filledText, plainId } from '../core/text.ts'
import { isEnded, pendingTransfer, type Case } from './case.ts'
import type { WindowName } from './case-parts.ts'
import { caseRules } from './merge.ts'
import { addTo } from './pauses.ts'
import { alreadyEnded, alreadyMoving, noSuchWindow } from './refusals.ts'
import { byOf, profileOf } from './rules.ts'

/**
 * 转办 to another window of the hall, with what is asked of it. Until that window takes it the case stands on both lists
 * and stays the first one's (REF-CQ3.2).
 */
export const transfer = command({
  type: 'case.transfer',
  v: 1,
  nature: 'claim',
  on: 'case',
  by: ['roleA', 'roleB', 'supervisor'],
  personal: ['text'],
  args: z.strictObject({ to: plainId, text: filledText(500) }),
  touches: () => ['windowId', 'transfers.length'],
  decide(image: Case, args, ctx) {
    if (isEnded(image.state)) return rejected({ code: alreadyEnded.code, facts: { state: image.state } })
    const moving = pendingTransfer(image)
    if (moving)
      return meet(caseRules.transfer, { refusal: { code: alreadyMoving.code, facts: { to: moving.to.name } } })
    const to = windowOf(args.to, ctx)
    if (!to || to.windowId === image.windowId) return rejected({ code: noSuchWindow.code })
    const from = windowOf(image.windowId, ctx) ?? { windowId: image.windowId, name: image.windowId }
    const key = `note:${ctx.cmdId}`
    const by = byOf(ctx)
    return applied([
      addTo(image, 'transfers', { from, to, key, by, taken: null, back: null }),
      add('notes', { key, by }),
      set(`pii.${key}`, args.text),
    ])
  },
})

/** A window of the profile by its id. */
function windowOf(windowId: string, ctx: Ctx): WindowName | undefined {
  const found = profileOf(ctx).windows.find(({ id }) => id === windowId)
  return found && { windowId, name: found.name }
}
