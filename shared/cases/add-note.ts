import { z } from 'zod'
import { command } from '../core/command.ts'
import { meet } from '../core/merge.ts'
import { add, set } from '../core/outcome.ts'
import { filledText } from '../core/text.ts'
import type { Case } from './case.ts'
import { caseRules } from './merge.ts'
import { byOf } from './rules.ts'

/** 备注 for the handlers: appended, never edited; its words may name the student, so they stand in `pii`. */
export const addNote = command({
  type: 'case.note',
  v: 1,
  nature: 'fact',
  on: 'case',
  by: ['roleA', 'roleB', 'backOffice', 'approver', 'supervisor'],
  atStep: true,
  personal: ['text'],
  args: z.strictObject({ text: filledText(2000) }),
  decide(_image: Case, args, ctx) {
    const key = `note:${ctx.cmdId}`
    return meet(caseRules.note, { changes: [add('notes', { key, by: byOf(ctx) }), set(`pii.${key}`, args.text)] })
  },
})
