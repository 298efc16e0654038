import { refusal } from '../core/refusal.ts'

/** A promise longer than a fixed cap (ZJJ-27) or than the item's own sheet. */
export const overCap = refusal('limits.overCap', {
  cite: 'ZJJ-27',
  say: (facts) =>
    `承诺时限最长 ${String(Number(facts.max))} 个工作日，不能承诺 ${String(Number(facts.workingDays))} 个工作日。`,
})

/** A promise longer than the usual limit for an authority above, without the reason that must be on record. */
export const beyondWithoutReason = refusal('limits.beyondWithoutReason', {
  cite: 'ZJJ-27',
  say: (facts) =>
    `一般应在 ${String(Number(facts.max))} 个工作日内办结；承诺 ${String(Number(facts.workingDays))} 个工作日，请写明超过的原由。`,
})
