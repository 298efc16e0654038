import { z } from 'zod'
import { caseNumberPattern } from '../core/case-number.ts'
import { command } from '../core/command.ts'
import { applied, create } from '../core/outcome.ts'
import { filledText, plainId, text, uuid } from '../core/text.ts'
import type { ContactLapse } from './contact.ts'
import { byOf } from './rules.ts'

const Lapse = z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4), z.literal(5)])

/** 提出首问失误: one of the five kinds (REF-CQ6). Its id is made of what it is about, so that it is never held twice. */
export const proposeLapse = command({
  type: 'contact.lapse',
  v: 1,
  nature: 'claim',
  on: 'contact',
  by: ['supervisor', 'admin'],
  creates: true,
  personal: ['reason'],
  args: z
    .strictObject({
      ...{ contactId: uuid, contactNumber: z.string().regex(caseNumberPattern), lapse: Lapse, isFromLog: z.boolean() },
      person: z.strictObject({ actorId: plainId, actorName: filledText(60) }).nullable(),
      ...{ atWindowId: plainId.nullable(), reason: text(500) },
    })
    .refine((args) => args.isFromLog || args.reason !== '', '请写明情况')
    .refine((args) => !args.isFromLog || args.lapse <= 2, '日志只能提出前两种'),
  decide(_none: null, { reason, ...args }, ctx) {
    const image: ContactLapse = {
      ...{ id: ctx.aggId, hallId: ctx.hallId, kind: 'contact', form: 'lapse', ...args, by: byOf(ctx), verdict: null },
      ...{ pii: { reason }, acts: [], flags: [], conflicts: [] },
    }
    return applied([create(image)])
  },
})

/** The id of a lapse: the matter, the kind, and who is meant. */
export function lapseId({ contactId, lapse, person, atWindowId }: LapseAbout): string {
  return `${contactId}:${String(lapse)}:${person?.actorId ?? atWindowId ?? 'hall'}`
}

/** What makes two lapses the same. */
export type LapseAbout = Pick<ContactLapse, 'contactId' | 'lapse' | 'person' | 'atWindowId'>
