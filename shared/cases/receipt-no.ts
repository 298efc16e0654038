import { z } from 'zod'
import type { Json } from '../core/canonical.ts'
import { command } from '../core/command.ts'
import { meet } from '../core/merge.ts'
import { applied, set, stop } from '../core/outcome.ts'
import { day } from '../core/text.ts'
import { openConflicts, type Case } from './case.ts'
import { moneyConflict, paymentMade } from './charge.ts'
import { caseRules } from './merge.ts'
import { byOf } from './rules.ts'

/** The number on a receipt as it is printed: letters, digits, a hyphen or a stroke. */
export const ReceiptNumber = z.string().regex(/^[0-9A-Za-z][0-9A-Za-z\-/]{2,39}$/, '回执号应为 3–40 位数字或字母')

/** 缴费回执: the number shown by the student completes the charge (ZJJ-24), and the case goes on. */
export const receiptNo = command({
  type: 'case.receiptNo',
  v: 1,
  nature: 'fact',
  on: 'case',
  by: ['roleA', 'roleB'],
  args: z.strictObject({ receiptNumber: ReceiptNumber, paidOn: day }),
  touches: () => ['charge.by.act', 'charge.receipt.number'],
  decide(image: Case, { receiptNumber: number, paidOn }, ctx) {
    const { charge } = image
    if (!charge) return applied([], [stop('ZJJ-24', 'receiptWithoutCharge', { number, paidOn })])
    const receipt = { number, paidOn, by: byOf(ctx) }
    if (charge.receipt?.number === number && charge.receipt.paidOn === paidOn)
      return meet(caseRules.receiptSame, { detail: { agreed: ['缴费回执'] } })
    if (charge.receipt) {
      const value = receipt as unknown as Json
      const money = { field: 'charge.receipt', label: '缴费回执', stood: charge.receipt, value }
      return meet(caseRules.receiptOther, { conflicts: [moneyConflict(image, ctx, money)] })
    }
    const isDisputed = openConflicts(image).some(({ field }) => field === 'charge')
    const flags = isDisputed ? [stop('ZJJ-24', 'chargeDisputed')] : []
    return applied([set('charge.receipt', receipt), ...paymentMade(image, ctx.at)], flags)
  },
})
