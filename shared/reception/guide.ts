import { z } from 'zod'
import { command } from '../core/command.ts'
import { meet } from '../core/merge.ts'
import { applied, stop, type Flag } from '../core/outcome.ts'
import { plainId, text } from '../core/text.ts'
import { isContactEnded, type Contact, type ContactRecord } from './contact.ts'
import { contactRules } from './merge.ts'
import { endChanges, entryChanges, lateAnswer, onMatter } from './rules.ts'

/**
 * 指引: procedure and place of what is not the hall's, from its guidance entries or in one's own words (ZJJ-28a, REF-CQ3.3);
 * or the place of the right window, where the hall's rule ends there (SSC-18). No case is opened.
 */
export const guidePerson = command({
  type: 'contact.guide',
  v: 1,
  nature: 'fact',
  on: 'contact',
  by: ['roleA', 'roleB'],
  personal: ['text'],
  args: z
    .strictObject({
      ...{ guidanceId: plainId.nullable(), windowId: plainId.nullable() },
      ...{ place: text(200), procedure: text(1000), text: text(300) },
    })
    .refine((args) => args.windowId !== null || (args.place !== '' && args.procedure !== ''), '请写明办理程序和地点'),
  touches: () => ['state'],
  decide: (image: ContactRecord, args, ctx) =>
    onMatter(image, (contact) => {
      const entry = entryChanges('guides', ctx, args)
      const flags = pointedFlags(contact, args.windowId)
      if (isContactEnded(contact)) return meet(contactRules.contactGuide, { changes: entry, flags, detail: {} })
      return applied([...entry, ...endChanges('guided', ctx)], [...flags, ...lateAnswer(contact, ctx)])
    }),
})

/** To show the way is enough only where the rule says so; elsewhere the matter is handed over. */
function pointedFlags({ until }: Contact, windowId: string | null): Flag[] {
  return windowId !== null && until !== 'pointedToWindow' ? [stop('REF-CQ3.2', 'contact.pointedOnly')] : []
}
