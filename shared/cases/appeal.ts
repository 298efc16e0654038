import { z } from 'zod'
import { command } from '../core/command.ts'
import { meet } from '../core/merge.ts'
import { set } from '../core/outcome.ts'
import { filledText } from '../core/text.ts'
import type { Case } from './case.ts'
import type { Appeal } from './case-parts.ts'
import { caseRules } from './merge.ts'
import { addTo } from './pauses.ts'
import { byOf } from './rules.ts'

/** 申诉 by the student, taken down at the window or by the supervisor: 应收未收, a refusal, a return (ZJJ-26). */
export const appeal = command({
  type: 'case.appeal',
  v: 1,
  nature: 'fact',
  on: 'case',
  by: ['roleA', 'roleB', 'supervisor'],
  personal: ['text'],
  args: z.strictObject({ about: z.enum(['shouldHaveAccepted', 'refusal', 'returned']), text: filledText(1000) }),
  touches: () => ['state', 'appeals.length'],
  decide(image: Case, { about, text }, ctx) {
    const key = `appeal:${ctx.cmdId}`
    const line: Appeal = { key, about, against: against(image), by: byOf(ctx), decided: null }
    return meet(caseRules.appeal, { changes: [addTo(image, 'appeals', line), set(`pii.${key}`, text)] })
  },
})

/** The decision that stands against the student, in the words it was told. */
function against({ state, refusal, returned }: Case): Appeal['against'] {
  if (refusal) return { state, text: `${refusal.ground}。${refusal.reason}`, by: refusal.by }
  return returned ? { state, text: returned.reason, by: returned.by } : null
}

/** Whether a case has a decision a student can appeal. */
export function isAppealable({ state }: Pick<Case, 'state'>): boolean {
  return state === 'refused' || state === 'declined' || state === 'returned'
}
