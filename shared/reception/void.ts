import { z } from 'zod'
import { command } from '../core/command.ts'
import { meet } from '../core/merge.ts'
import { applied, set } from '../core/outcome.ts'
import { filledText } from '../core/text.ts'
import type { ContactRecord } from './contact.ts'
import { contactRules } from './merge.ts'
import { contactMovedOn } from './refusals.ts'
import { endChanges, onMatter } from './rules.ts'

/** 登记有误: one's own fresh entry is taken back with a reason; it stays on record as such. */
export const voidContact = command({
  type: 'contact.void',
  v: 1,
  nature: 'claim',
  on: 'contact',
  by: ['roleA', 'roleB'],
  personal: ['reason'],
  args: z.strictObject({ reason: filledText(200) }),
  touches: () => ['state'],
  decide: (image: ContactRecord, { reason }, ctx) =>
    onMatter(image, ({ acts, first }) => {
      const refusal = { code: contactMovedOn.code }
      if (acts.length > 1 || first.actorId !== ctx.actorId) return meet(contactRules.contactVoid, { refusal })
      return applied([...endChanges('voided', ctx), set('pii.voided', reason)])
    }),
})
