import { z } from 'zod'
import { command } from '../core/command.ts'
import { applied, set } from '../core/outcome.ts'
import { filledText, text } from '../core/text.ts'
import { isContactEnded, type ContactRecord } from './contact.ts'
import { entryChanges, onMatter } from './rules.ts'

/** 汇报: nobody's matter to the school leader in charge (ZJJ-28), a serious one to the person in charge (SZIT-3). */
export const reportUp = command({
  type: 'contact.report',
  v: 1,
  nature: 'fact',
  on: 'contact',
  by: ['roleA', 'roleB', 'supervisor', 'admin'],
  personal: ['text'],
  args: z.strictObject({
    ...{ to: filledText(60), how: z.enum(['phone', 'inPerson', 'written']), text: text(500) },
  }),
  decide: (image: ContactRecord, { to, how, text: said }, ctx) =>
    onMatter(image, (contact) => {
      const isNext = contact.state === 'open' && contact.matter === 'nobodys' && !isContactEnded(contact)
      const entry = entryChanges('reports', ctx, { text: said, to, how })
      return applied([...entry, ...(isNext ? [set('state', 'reported')] : [])])
    }),
})
