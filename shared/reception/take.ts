import { z } from 'zod'
import { command, type Ctx } from '../core/command.ts'
import { isChangedSince, meet } from '../core/merge.ts'
import { applied, rejected, set, type Change, type Verdict } from '../core/outcome.ts'
import { isContactEnded, type Contact, type ContactRecord } from './contact.ts'
import { contactRules } from './merge.ts'
import { alreadyHeld, contactEnded, notHere } from './refusals.ts'
import { lateStep, onMatter } from './rules.ts'

/** 接手: somebody of the window it was handed to, or a colleague of the window that has it (REF-CQ3.2). First wins. */
export const takeContact = command({
  type: 'contact.take',
  v: 1,
  nature: 'claim',
  on: 'contact',
  by: ['roleA', 'roleB'],
  args: z.strictObject({}),
  touches: () => ['asked.windowId', 'holder.actorId', 'state'],
  decide: (image: ContactRecord, _args, ctx) => onMatter(image, (contact) => taken(contact, ctx)),
})

function taken(contact: Contact, ctx: Ctx): Verdict {
  if (isContactEnded(contact)) {
    const refusal = { code: contactEnded.code, facts: { state: contact.state } }
    return meet(contactRules.contactTakeEnd, { refusal })
  }
  const { asked, holder } = contact
  if (asked && asked.windowId === ctx.windowId) {
    const who = { actorId: null, actorName: null, windowId: asked.windowId }
    const late = lateStep('take', ctx, { at: asked.by.at, who })
    return applied([holderOf(ctx, null), set('asked', null), ...reopened(contact)], late)
  }
  const isMoved = isChangedSince(holder.actorId, ctx.seen['holder.actorId']) && holder.actorId !== ctx.actorId
  if (isMoved) {
    const refusal = { code: alreadyHeld.code, facts: { holder: holder.actorName } }
    return meet(contactRules.contactTake, { refusal })
  }
  return holder.windowId === ctx.windowId ? applied([holderOf(ctx, holder.unitId)]) : rejected({ code: notHere.code })
}

const holderOf = ({ windowId, actorId, actorName }: Ctx, unitId: string | null): Change =>
  set('holder', { windowId, unitId, actorId, actorName })

function reopened({ state }: Contact): Change[] {
  return state === 'handing' ? [set('state', 'open')] : []
}
