import { z } from 'zod'
import { command } from '../core/command.ts'
import { meet } from '../core/merge.ts'
import { applied } from '../core/outcome.ts'
import { filledText } from '../core/text.ts'
import { placeFlags, Told } from './answer.ts'
import { isContactEnded, type ContactRecord } from './contact.ts'
import { contactRules } from './merge.ts'
import { endChanges, entryChanges, lateAnswer, onMatter } from './rules.ts'

/** 反馈结果: the unit it was passed to gives the result to the student (ZJJ-28, SZIT-3); the desk sees it. */
export const giveResult = command({
  type: 'contact.result',
  v: 1,
  nature: 'fact',
  on: 'contact',
  by: ['roleA', 'roleB', 'backOffice', 'approver', 'supervisor'],
  personal: ['text'],
  args: z.strictObject({ text: filledText(2000), told: Told }),
  touches: () => ['state'],
  decide: (image: ContactRecord, { text, told }, ctx) =>
    onMatter(image, (contact) => {
      const entry = entryChanges('answers', ctx, { text, how: 'result', told })
      const flags = placeFlags(contact, ctx)
      if (!isContactEnded(contact)) {
        return applied([...entry, ...endChanges('answered', ctx)], [...flags, ...lateAnswer(contact, ctx)])
      }
      const detail = { others: contact.answers.map(({ by }) => by.actorName) }
      return meet(contactRules.contactResult, { changes: entry, flags, detail })
    }),
})
