import { z } from 'zod'
import { command } from '../core/command.ts'
import { applied, set } from '../core/outcome.ts'
import { day, filledText } from '../core/text.ts'
import type { ContactRecord } from './contact.ts'
import { byOf, onMatter } from './rules.ts'

/** 查明后告知: a matter of several units, or with papers lacking, is the handler's to find out and tell (REF-CQ4.2). */
export const findOut = command({
  type: 'contact.find',
  v: 1,
  nature: 'fact',
  on: 'contact',
  by: ['roleA', 'roleB'],
  personal: ['text'],
  args: z.strictObject({ units: z.array(filledText(40)).max(12), text: filledText(500), replyOn: day.nullable() }),
  decide: (image: ContactRecord, { units, text, replyOn }, ctx) =>
    onMatter(image, (contact) => {
      const key = `finding:${ctx.cmdId}`
      const reply = replyOn !== null && contact.replyOn === null ? [set('replyOn', replyOn)] : []
      return applied([set('finding', { key, by: byOf(ctx), units }), set(`pii.${key}`, text), ...reply])
    }),
})
