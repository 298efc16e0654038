import { z } from 'zod'
import { command } from '../core/command.ts'
import { applied, rejected, set } from '../core/outcome.ts'
import { instant } from '../core/text.ts'
import { isContactEnded, type ContactRecord } from './contact.ts'
import { contactMovedOn } from './refusals.ts'
import { onMatter } from './rules.ts'

/** 归档: some days after its end a contact leaves the windows' tablets (sync.md 4.2); it stays on record. */
export const archiveContact = command({
  type: 'contact.archive',
  v: 1,
  nature: 'claim',
  on: 'contact',
  by: ['system'],
  args: z.strictObject({ endedAt: instant }),
  decide: (image: ContactRecord, { endedAt }) =>
    onMatter(image, (contact) => {
      const isOver = isContactEnded(contact) && contact.endedAt === endedAt && contact.archivedEnd !== endedAt
      return isOver ? applied([set('archivedEnd', endedAt)]) : rejected({ code: contactMovedOn.code })
    }),
})
