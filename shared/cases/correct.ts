import { z } from 'zod'
import { command } from '../core/command.ts'
import { contendScalars, meet, mergeScalars, type ScalarEdit } from '../core/merge.ts'
import { applied, flag } from '../core/outcome.ts'
import { filledText } from '../core/text.ts'
import { isEnded, type Case } from './case.ts'
import { caseRules } from './merge.ts'
import { Phone, StudentNo } from './receive.ts'
import { endedUnseen } from './rules.ts'

/** Fields of the student that can be put right, with the word on screen. */
export const studentFields: ReadonlyMap<string, string> = new Map([
  ['name', '姓名'],
  ['studentNo', '学号'],
  ['phone', '电话'],
])

/** 更正 of the student's details. The same field changed elsewhere meanwhile keeps both values for a person (OFF-4). */
export const correct = command({
  type: 'case.correct',
  v: 1,
  nature: 'fact',
  on: 'case',
  by: ['roleA', 'roleB'],
  personal: ['fields.name', 'fields.studentNo', 'fields.phone'],
  args: z.strictObject({
    fields: z
      .strictObject({ name: filledText(50).optional(), studentNo: StudentNo.optional(), phone: Phone.optional() })
      .refine((fields) => Object.keys(fields).length > 0, '至少更正一项'),
  }),
  touches: ({ fields }) => [...Object.keys(fields).map((field) => `pii.${field}`), 'state'],
  decide(image: Case, { fields }, ctx) {
    const edits = Object.entries(fields).map(([field, value]): ScalarEdit => ({
      path: `pii.${field}`,
      label: studentFields.get(field) ?? field,
      value: value ?? '',
    }))
    const flags = isEnded(image.state) ? [flag('OFF-4', 'editedAfterEnd', { state: image.state })] : []
    const isLate = endedUnseen(image, ctx)
    const { changes, conflicts, agreed } = (isLate ? contendScalars : mergeScalars)(image, edits, ctx)
    const rule = isLate ? caseRules.fieldAfterEnd : caseRules.fieldOther
    if (conflicts.length > 0) return meet(rule, { changes, conflicts, flags })
    if (agreed.length > 0) return meet(caseRules.fieldSame, { changes, detail: { agreed }, flags })
    return applied(changes, flags)
  },
})
