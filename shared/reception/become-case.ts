import { z } from 'zod'
import { caseNumberPattern } from '../core/case-number.ts'
import { command } from '../core/command.ts'
import { meet } from '../core/merge.ts'
import { applied, flag, set } from '../core/outcome.ts'
import { uuid } from '../core/text.ts'
import { isContactEnded, type ContactRecord } from './contact.ts'
import { contactRules } from './merge.ts'
import { endChanges, onMatter } from './rules.ts'

/** 已收件: the matter goes on as a case; this record keeps its number and names the case (NBU-6, ZJJ-8). */
export const becomeCase = command({
  type: 'contact.becomeCase',
  v: 1,
  nature: 'fact',
  on: 'contact',
  by: ['roleA', 'roleB'],
  args: z.strictObject({ caseId: uuid, caseNumber: z.string().regex(caseNumberPattern) }),
  touches: () => ['state'],
  decide: (image: ContactRecord, { caseId, caseNumber }, ctx) =>
    onMatter(image, (contact) => {
      const named = set('case', { caseId, caseNumber })
      const people = [contact.first.actorId, contact.holder.actorId]
      const flags = people.includes(ctx.actorId) ? [] : [flag('NBU-6', 'contact.otherPerson', { caseNumber })]
      const detail = { others: contact.answers.map(({ by }) => by.actorName) }
      if (isContactEnded(contact)) return meet(contactRules.contactCase, { changes: [named], flags, detail })
      return applied([named, ...endChanges('becameCase', ctx)], flags)
    }),
})
