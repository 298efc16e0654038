import { z } from 'zod'
import { command, type Ctx } from '../core/command.ts'
import { isChangedSince, meet } from '../core/merge.ts'
import { applied, flag, stop, type Flag, type Verdict } from '../core/outcome.ts'
import { text } from '../core/text.ts'
import { isContactEnded, windowsOfContact, type Contact, type ContactRecord } from './contact.ts'
import { contactRules } from './merge.ts'
import { endChanges, entryChanges, lateAnswer, onMatter } from './rules.ts'

/** How the person was told. */
export const Told = z.enum(['inPerson', 'phone', 'message', 'written'])

/** 已答复 / 已解决: the matter ends with what the person was told, under the first-contact person (REF-CQ3.1, NBU-6). */
export const answerContact = command({
  type: 'contact.answer',
  v: 1,
  nature: 'fact',
  on: 'contact',
  by: ['roleA', 'roleB', 'supervisor'],
  personal: ['text'],
  args: z.strictObject({ how: z.enum(['solved', 'answered']), text: text(2000), told: Told }),
  touches: () => ['asked.windowId', 'state'],
  decide: (image: ContactRecord, { how, text: said, told }, ctx) =>
    onMatter(image, (contact) => {
      const entry = entryChanges('answers', ctx, { text: said, how, told })
      const flags = [...toldFlags(contact, said), ...placeFlags(contact, ctx)]
      if (isContactEnded(contact)) return again(contact, { entry, flags })
      const changes = [...entry, ...endChanges('answered', ctx)]
      const all = [...flags, ...lateAnswer(contact, ctx)]
      const unseen = contact.asked !== null && isChangedSince(contact.asked.windowId, ctx.seen['asked.windowId'])
      if (!unseen) return applied(changes, all)
      const detail = { handedOnBy: contact.asked?.by.actorName ?? '' }
      return meet(contactRules.contactAnswerHandOn, { changes, flags: all, detail })
    }),
})

/** It was over already: what was told now stands beside it. */
export function again(contact: Contact, { entry, flags }: { entry: Verdict['changes']; flags: Flag[] }): Verdict {
  const detail = { others: contact.answers.map(({ by }) => by.actorName) }
  return meet(contactRules.contactAnswerTwice, { changes: entry, flags, detail })
}

/** REF-CQ4.2: with a duty to find out, or a matter that is not one's own, an end without words is none. */
function toldFlags({ matter, finding }: Contact, said: string): Flag[] {
  const needsWords = finding !== null || !['own', 'otherUnit', 'outside'].includes(matter)
  return needsWords && said === '' ? [stop('REF-CQ4.2', 'contact.nothingTold')] : []
}

/** A window or unit that does not stand on the record did it: it happened, somebody looks why. */
export function placeFlags(contact: Contact, { windowId, unitIds }: Ctx): Flag[] {
  const isUnits = windowId === null && unitIds.length > 0
  const isStranger = isUnits ? !isUnitsOwn(contact, unitIds) : windowId !== null && !isWindowsOwn(contact, windowId)
  return isStranger ? [flag('REF-CQ3.2', 'contact.elsewhere', { windowId, unitIds: [...unitIds] })] : []
}

/** Whether it was passed to one of these units. */
export function isUnitsOwn({ holder }: Contact, unitIds: readonly string[]): boolean {
  return holder.unitId !== null && unitIds.includes(holder.unitId)
}

/** Whether a window stands on the record, or did when it was opened. */
export function isWindowsOwn(contact: Contact, windowId: string): boolean {
  return [...windowsOfContact(contact), contact.first.windowId].includes(windowId)
}
