import { z } from 'zod'
import { command } from '../core/command.ts'
import { meet } from '../core/merge.ts'
import { applied, rejected, set } from '../core/outcome.ts'
import { filledText } from '../core/text.ts'
import type { ContactRecord } from './contact.ts'
import { contactRules } from './merge.ts'
import { alreadyVerified, notLapse, ownLapse } from './refusals.ts'
import { byOf } from './rules.ts'

/** 核实: 经查实 a lapse counts in the unit's appraisal, else it is dropped (REF-CQ6). The first decision wins. */
export const verifyLapse = command({
  type: 'contact.verify',
  v: 1,
  nature: 'claim',
  on: 'contact',
  by: ['supervisor', 'admin'],
  personal: ['reason'],
  args: z.strictObject({ isUpheld: z.boolean(), reason: filledText(500) }),
  touches: () => ['verdict.isUpheld'],
  decide(image: ContactRecord, { isUpheld, reason }, ctx) {
    if (image.form !== 'lapse') return rejected({ code: notLapse.code })
    if (image.verdict) {
      const refusal = { code: alreadyVerified.code, facts: { by: image.verdict.by.actorName } }
      return meet(contactRules.contactVerify, { refusal })
    }
    if (image.person?.actorId === ctx.actorId) return rejected({ code: ownLapse.code })
    return applied([set('verdict', { isUpheld, by: byOf(ctx) }), set('pii.verdict', reason)])
  },
})
