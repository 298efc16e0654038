import { z } from 'zod'
import { command } from '../core/command.ts'
import { meet } from '../core/merge.ts'
import { applied, flag, set } from '../core/outcome.ts'
import { uuid } from '../core/text.ts'
import { byOf } from './rules.ts'
import { bookingNumberPattern, type Slot } from './slot.ts'
import { slotRules } from './slot-merge.ts'

/**
 * 预约的学生到了 (NBU-8): kept with the receipt of the case that goes on under the same number. It happened, so it is never
 * refused; received twice, both cases stand and a person looks.
 */
export const slotArrive = command({
  type: 'slot.arrive',
  v: 1,
  nature: 'fact',
  on: 'slot',
  by: ['roleA', 'roleB'],
  args: z.strictObject({ number: z.string().regex(bookingNumberPattern), caseId: uuid }),
  decide(image: Slot, { number, caseId }, ctx) {
    const booking = Object.hasOwn(image.bookings, number) ? image.bookings[number] : undefined
    if (booking?.state === 'arrived') {
      const { flagged } = slotRules.slotArrive
      return meet(slotRules.slotArrive, { flags: [flag('NBU-8', flagged, { number })] })
    }
    const changes = booking
      ? [set(`bookings.${number}.state`, 'arrived'), set(`bookings.${number}.ended`, { ...byOf(ctx), caseId })]
      : []
    return applied(changes, booking?.state === 'booked' ? [] : [flag('NBU-8', 'notBooked', { number })])
  },
})
