import { z } from 'zod'
import { command } from '../core/command.ts'
import { meet } from '../core/merge.ts'
import { filledText } from '../core/text.ts'
import { placeFlags } from './answer.ts'
import type { ContactRecord } from './contact.ts'
import { contactRules } from './merge.ts'
import { entryChanges, onMatter } from './rules.ts'

/** 备注 on a 首问: appended, never edited; its words may name the person, so they stand in `pii`. */
export const noteContact = command({
  type: 'contact.note',
  v: 1,
  nature: 'fact',
  on: 'contact',
  by: ['roleA', 'roleB', 'backOffice', 'approver', 'supervisor'],
  personal: ['text'],
  args: z.strictObject({ text: filledText(2000) }),
  decide: (image: ContactRecord, { text }, ctx) =>
    onMatter(image, (contact) =>
      meet(contactRules.contactNote, {
        ...{ changes: entryChanges('notes', ctx, { text }), flags: placeFlags(contact, ctx) },
      }),
    ),
})
