import { z } from 'zod'
import { command } from '../core/command.ts'
import { meet } from '../core/merge.ts'
import { filledText, text } from '../core/text.ts'
import type { ContactRecord } from './contact.ts'
import { contactRules } from './merge.ts'
import { entryChanges, onMatter } from './rules.ts'

/** 联系: the colleague is off the post, so the first-contact person reaches them; whom, how, when (REF-CQ3.2, SZIT-9). */
export const reachColleague = command({
  type: 'contact.reach',
  v: 1,
  nature: 'fact',
  on: 'contact',
  by: ['roleA', 'roleB', 'supervisor'],
  personal: ['whom', 'text'],
  args: z.strictObject({
    ...{ how: z.enum(['phone', 'inPerson', 'message']), whom: filledText(60) },
    ...{ isReached: z.boolean(), text: text(300) },
  }),
  decide: (image: ContactRecord, { how, whom, isReached, text: said }, ctx) =>
    onMatter(image, () => {
      const words = said === '' ? whom : `${whom}：${said}`
      return meet(contactRules.contactReach, { changes: entryChanges('reaches', ctx, { text: words, how, isReached }) })
    }),
})
