import { z } from 'zod'
import { command } from '../core/command.ts'
import { applied, create } from '../core/outcome.ts'
import { filledText, plainId, text } from '../core/text.ts'
import type { Case, MaterialState } from './case.ts'
import { caseNumberPattern } from '../core/case-number.ts'
import { byOf, sheetOf } from './rules.ts'
import { serviceFlags } from './service-flags.ts'

/** A phone number as people write it: digits, spaces, hyphens, a leading plus; empty when the student gives none. */
export const Phone = z.string().regex(/^(\+?\d[\d -]{4,18}\d)?$/, '电话格式不对')

/** A student number: text, never a number, so that leading zeros stay (X25). */
export const StudentNo = z.string().regex(/^[0-9A-Za-z-]{4,24}$/, '学号应为 4–24 位数字或字母')

/** Materials as the clerk ticked them at the door. */
export const MaterialMarks = z
  .array(z.strictObject({ id: plainId, state: z.enum(['unchecked', 'present', 'missing', 'unfit']) }))
  .max(40)

/** The number a matter has where it began: as the online hall or the appointment gave it. */
export const BeganNumber = z.string().regex(/^[0-9A-Za-z][0-9A-Za-z\-_/.]{1,39}$/, '号码应为 2–40 位数字或字母')

/** 收件: a student brings a matter to the window. It happened, so it is recorded; its outcome is the next act. */
export const receive = command({
  type: 'case.receive',
  v: 1,
  nature: 'fact',
  on: 'case',
  by: ['roleA', 'roleB'],
  creates: true,
  personal: ['student.name', 'student.studentNo', 'student.phone'],
  args: z.strictObject({
    number: z.string().regex(caseNumberPattern),
    itemId: plainId,
    ticket: text(16).nullable(),
    student: z.strictObject({ name: filledText(50), studentNo: StudentNo, phone: Phone }),
    materials: MaterialMarks,
    /** Where the matter began (NBU-8); its number there finds the case here. */
    began: z.strictObject({ by: z.enum(['online', 'appointment']), number: BeganNumber }).optional(),
  }),
  decide(_none: null, args, ctx) {
    const sheet = sheetOf(ctx)
    if (sheet.id !== args.itemId) throw new Error('the sheet pinned by the command is not the one received')
    const by = byOf(ctx)
    const marks = new Map(args.materials.map((line) => [line.id, line.state]))
    const state = (id: string): MaterialState => marks.get(id) ?? 'unchecked'
    const image: Case = {
      ...{ id: ctx.aggId, hallId: ctx.hallId, kind: 'case', number: args.number, windowId: ctx.windowId ?? '' },
      ...{ itemId: sheet.id, itemCode: sheet.code, itemName: sheet.name, itemKind: sheet.kind, ticket: args.ticket },
      ...{ state: 'open', receivedAt: ctx.at, acceptedAt: null, endedAt: null },
      handler: { actorId: ctx.actorId, actorName: ctx.actorName, role: ctx.role },
      materials: Object.fromEntries(
        sheet.materials.map(({ id }) => [id, { state: state(id), marks: [{ ...by, state: state(id) }] }]),
      ),
      ...(args.began ? { began: args.began } : {}),
      ...{ promise: null, notices: [], conclusion: null, conclusions: [], refusal: null, withdrawal: null, notes: [] },
      ...{ authors: {}, pii: { ...args.student }, acts: [], flags: [], conflicts: [] },
    }
    return applied([create(image)], serviceFlags(sheet, ctx))
  },
})
