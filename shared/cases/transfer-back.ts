import { z } from 'zod'
import { command } from '../core/command.ts'
import { meet } from '../core/merge.ts'
import { applied, rejected, set } from '../core/outcome.ts'
import { filledText } from '../core/text.ts'
import { takenBy } from './assign.ts'
import { pendingTransfer, type Case } from './case.ts'
import { caseRules } from './merge.ts'
import { notComing } from './refusals.ts'
import { byOf } from './rules.ts'
import { bothWindows } from './take-over.ts'

/** 退回转办: the other window does not take the case, or the first one calls it back; why stays on record. */
export const transferBack = command({
  type: 'case.transferBack',
  v: 1,
  nature: 'claim',
  on: 'case',
  by: ['roleA', 'roleB', 'supervisor'],
  args: z.strictObject({ reason: filledText(400) }),
  homes: bothWindows,
  touches: () => ['windowId', 'transfers.length'],
  decide(image: Case, { reason }, ctx) {
    if (pendingTransfer(image)) {
      const last = String((image.transfers?.length ?? 0) - 1)
      return applied([set(`transfers.${last}.back`, { ...byOf(ctx), reason })])
    }
    const isTaken = Boolean(image.transfers?.at(-1)?.taken)
    return isTaken
      ? meet(caseRules.transferBack, { refusal: takenBy(image) })
      : rejected({ code: notComing.code, facts: { number: image.number } })
  },
})
