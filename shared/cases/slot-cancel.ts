import { z } from 'zod'
import { command } from '../core/command.ts'
import { meet } from '../core/merge.ts'
import { applied, set } from '../core/outcome.ts'
import { text } from '../core/text.ts'
import { byOf } from './rules.ts'
import { bookingNumberPattern, type Slot } from './slot.ts'
import { slotRules } from './slot-merge.ts'
import { slotNoBooking } from './slot-refusals.ts'

/** 取消预约, with a word why if there is one: the place is free again; one whose student is here already stays. */
export const slotCancel = command({
  type: 'slot.cancel',
  v: 1,
  nature: 'claim',
  on: 'slot',
  by: ['roleA', 'roleB', 'supervisor', 'system'],
  args: z.strictObject({ number: z.string().regex(bookingNumberPattern), reason: text(100).optional() }),
  decide(image: Slot, { number, reason }, ctx) {
    const booking = Object.hasOwn(image.bookings, number) ? image.bookings[number] : undefined
    if (booking?.state !== 'booked') return meet(slotRules.slotCancel, { refusal: { code: slotNoBooking.code } })
    return applied([
      set(`bookings.${number}.state`, 'cancelled'),
      set(`bookings.${number}.ended`, { ...byOf(ctx), caseId: null, ...(reason ? { reason } : {}) }),
    ])
  },
})
