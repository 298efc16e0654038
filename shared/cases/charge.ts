import { z } from 'zod'
import type { Json } from '../core/canonical.ts'
import { command, type Ctx } from '../core/command.ts'
import { isSameValue, meet, sideOf } from '../core/merge.ts'
import { applied, flag, set, stop, type Change, type Conflict, type Flag } from '../core/outcome.ts'
import { filledText } from '../core/text.ts'
import type { By } from './case.ts'
import { isEnded, type Case } from './case.ts'
import type { Charge } from './case-parts.ts'
import { caseRules } from './merge.ts'
import { addTo, isForPayment, pauseOf, pausesEnded } from './pauses.ts'
import { byOf, pausedFlags, sheetOf } from './rules.ts'

/**
 * 核定收费 (收缴分离, ZJJ-24): what is to be paid, on which basis and by which standard (ZJJ-9), and where; nothing is
 * paid here. The slip is in the student's hand. While the payment is awaited the time does not count.
 */
export const assessCharge = command({
  type: 'case.charge',
  v: 1,
  nature: 'fact',
  on: 'case',
  by: ['roleA', 'roleB'],
  args: z.strictObject({
    amount: z.int().min(1).max(10_000_000),
    basis: filledText(300),
    standard: filledText(300),
    payAt: filledText(100),
  }),
  touches: () => ['state', 'charge.by.act'],
  decide(image: Case, args, ctx) {
    const charge: Charge = { ...args, by: byOf(ctx), receipt: null }
    const flags = chargeFlags(image, ctx)
    const isOver = isEnded(image.state) || image.state === 'disputed'
    const other = chargeUnseen(image, ctx)
    if (other && isSameCharge(other, args)) return meet(caseRules.chargeSame, { detail: { agreed: ['收费'] }, flags })
    if (other) {
      const value = charge as unknown as Json
      const conflict = moneyConflict(image, ctx, { field: 'charge', label: '收费', stood: other, value })
      return meet(caseRules.chargeOther, { conflicts: [conflict], flags })
    }
    if (isOver) {
      const after = flag('OFF-4', 'editedAfterEnd', { state: image.state })
      return meet(caseRules.chargeAfterEnd, { changes: [set('charge', charge)], flags: [...flags, after] })
    }
    return applied([set('charge', charge), ...waitForPayment(image, ctx)], flags)
  },
})

function isSameCharge({ amount, basis, standard, payAt }: Charge, args: Omit<Charge, 'by' | 'receipt'>): boolean {
  return isSameValue({ amount, basis, standard, payAt }, args)
}

/** A new assessment ends the wait for the one it replaces. */
function waitForPayment(image: Case, ctx: Ctx): Change[] {
  const at = (image.pauses ?? []).findIndex((pause) => pause.to === null && isForPayment(image, pause))
  if (at >= 0) return [set(`pauses.${String(at)}.by`, byOf(ctx))]
  return [addTo(image, 'pauses', pauseOf('等学生缴费', ctx))]
}

/** No charge without its basis and standard on the sheet (ZJJ-9), and none over a payment that was made. */
function chargeFlags(image: Case, ctx: Ctx): Flag[] {
  return [
    ...pausedFlags(image),
    ...(sheetOf(ctx).charge === null ? [stop('ZJJ-9', 'noChargeBasis')] : []),
    ...(image.charge?.receipt ? [stop('ZJJ-24', 'paidAlready', { number: image.charge.receipt.number })] : []),
  ]
}

function chargeUnseen(image: Case, ctx: Ctx): Charge | null {
  const saw = ctx.seen['charge.by.act']
  return image.charge && saw !== undefined && saw !== image.charge.by.act ? image.charge : null
}

interface Money {
  field: string
  label: string
  stood: { by: By }
  value: Json
}

/** Two people wrote another sum, or another receipt: both stay until a person decides, and nothing is paid till then. */
export function moneyConflict(image: Case, ctx: Ctx, { field, label, stood, value }: Money): Conflict {
  const { act, actorId, actorName, role, at } = stood.by
  const { deviceId = '', online = false } = image.acts.find(({ cmdId }) => cmdId === act) ?? {}
  return {
    ...{ id: `${ctx.cmdId}:${field}`, field, label, isPersonal: false, settled: null },
    kept: { cmdId: act, actorId, actorName, role, deviceId, at, online, value: stood as unknown as Json },
    other: sideOf(ctx, value),
  }
}

/** The end of the wait for a payment. */
export function paymentMade(image: Case, at: number): Change[] {
  return pausesEnded(image, at, (pause) => isForPayment(image, pause))
}

/** The wait for a payment goes on, its receipt number having been taken back. */
export function paymentAwaited(image: Case): Change[] {
  const at = (image.pauses ?? []).findIndex((pause) => isForPayment(image, pause))
  return at >= 0 ? [set(`pauses.${String(at)}.to`, null)] : []
}
