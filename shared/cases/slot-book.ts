import { z } from 'zod'
import { command, type Ctx } from '../core/command.ts'
import { readPath } from '../core/apply.ts'
import { meet } from '../core/merge.ts'
import { rejected, set, type Verdict } from '../core/outcome.ts'
import { filledText, plainId } from '../core/text.ts'
import { Phone, StudentNo } from './receive.ts'
import { byOf } from './rules.ts'
import { bookingNumberPattern, freePlaces, type Booking, type Slot } from './slot.ts'
import { slotRules } from './slot-merge.ts'
import { slotClosed, slotFull, slotNotOffered, slotNumberTaken, slotTwice } from './slot-refusals.ts'

/** Who comes, as they or the clerk wrote it. */
export const Visitor = z.strictObject({ name: filledText(50), studentNo: StudentNo, phone: Phone })

/**
 * 预约 (NBU-8): by a clerk, or by the student on the public page (the system writes that down). A claim: of two for the last
 * place the first stands, and nobody is booked twice in a slot.
 */
export const slotBook = command({
  type: 'slot.book',
  v: 1,
  nature: 'claim',
  on: 'slot',
  by: ['roleA', 'roleB', 'supervisor', 'system'],
  personal: ['student.name', 'student.studentNo', 'student.phone'],
  args: z.strictObject({
    number: z.string().regex(bookingNumberPattern),
    student: Visitor,
    item: z.strictObject({ code: plainId, name: filledText(60) }).optional(),
  }),
  decide(image: Slot, { number, student, item }, ctx) {
    const bar = barOf(image, { number, studentNo: student.studentNo }, ctx)
    if (bar) return bar
    const booking: Booking = {
      ...{ number, via: ctx.role === 'system' ? 'public' : 'window', state: 'booked', made: byOf(ctx), ended: null },
      ...(item ? { item } : {}),
    }
    return meet(slotRules.slotApart, {
      changes: [set(`bookings.${number}`, booking), set(`pii.${number}`, student)],
    })
  },
})

interface Asked {
  number: string
  studentNo: string
}

function barOf(image: Slot, { number, studentNo }: Asked, ctx: Ctx): Verdict | undefined {
  if (ctx.profile?.settings.hasAppointment.value === false) return rejected({ code: slotNotOffered.code })
  const own = Object.values(image.bookings).find((one) => isOf(image, one, studentNo))
  if (own) return rejected({ code: slotTwice.code, facts: { number: own.number } })
  const { closed } = image
  if (closed)
    return meet(slotRules.slotClosed, { refusal: { code: slotClosed.code, facts: { reason: closed.reason } } })
  // Full is said before the number is: who comes too late must not count again and again.
  if (freePlaces(image) === 0) return meet(slotRules.slotFull, { refusal: { code: slotFull.code } })
  return Object.hasOwn(image.bookings, number) ? rejected({ code: slotNumberTaken.code }) : undefined
}

function isOf(image: Slot, { number, state }: Booking, studentNo: string): boolean {
  return state !== 'cancelled' && readPath(image.pii, `${number}.studentNo`) === studentNo
}
