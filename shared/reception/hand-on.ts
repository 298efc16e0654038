import { z } from 'zod'
import { command, type Ctx } from '../core/command.ts'
import { isChangedSince, meet } from '../core/merge.ts'
import { applied, rejected, set, type Flag } from '../core/outcome.ts'
import { plainId, text } from '../core/text.ts'
import { isContactEnded, type Contact, type ContactRecord } from './contact.ts'
import { contactRules } from './merge.ts'
import { alreadyHanded, contactEnded, noSuchWindow, notHere } from './refusals.ts'
import { byOf, entryChanges, lateStep, onMatter, profileOf } from './rules.ts'

/** 转首问: to another window of the hall; both answer for it until somebody there takes it (REF-CQ3.2). */
export const handOn = command({
  type: 'contact.handOn',
  v: 1,
  nature: 'claim',
  on: 'contact',
  by: ['roleA', 'roleB', 'supervisor'],
  personal: ['text'],
  args: z.strictObject({ toWindowId: plainId, text: text(500) }),
  touches: () => ['asked.windowId'],
  decide: (image: ContactRecord, { toWindowId, text: words }, ctx) =>
    onMatter(image, (contact) => {
      const refusal = { code: contactEnded.code, facts: { state: contact.state } }
      if (isContactEnded(contact)) return meet(contactRules.contactHandOnEnd, { refusal })
      const { asked, holder } = contact
      if (asked && isChangedSince(asked.windowId, ctx.seen['asked.windowId'])) {
        const facts = { by: asked.by.actorName }
        return meet(contactRules.contactHandOn, { refusal: { code: alreadyHanded.code, facts } })
      }
      if (ctx.windowId !== null && holder.windowId !== ctx.windowId) return rejected({ code: notHere.code })
      const isWindow = profileOf(ctx).windows.some(({ id }) => id === toWindowId)
      if (!isWindow || toWindowId === holder.windowId) return rejected({ code: noSuchWindow.code })
      const entry = entryChanges('handOns', ctx, { text: words, windowId: toWindowId })
      const next = [set('asked', { windowId: toWindowId, by: byOf(ctx) }), set('state', 'handing')]
      return applied([...entry, ...next], late(contact, ctx))
    }),
})

/** Only the first hand-over can come late: after it the first-contact person has done what was theirs. */
function late({ handOns, receivedAt, first }: Contact, ctx: Ctx): Flag[] {
  const { actorId, actorName, windowId } = first
  return handOns.length > 0 ? [] : lateStep('handOn', ctx, { at: receivedAt, who: { actorId, actorName, windowId } })
}
