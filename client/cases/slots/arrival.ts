import type { Slot } from '../../../shared/cases/index.ts'
import { readPath } from '../../../shared/core/apply.ts'
import type { ActDraft } from '../../local/act-types.ts'

/** Whom the case is received for, under which number of an appointment, at which window. */
export interface Arrival {
  number: string
  studentNo: string
  windowId: string
  caseId: string
}

/**
 * 到了, kept in one tap with the receipt (NBU-8): the booking of that number and that student among the day's slots. Of a
 * number written by hand that is nobody's here, or another student's, nothing is said of any slot.
 */
export function arrivalActs(slots: readonly Slot[], { caseId, studentNo, windowId, ...asked }: Arrival): ActDraft[] {
  const number = asked.number.trim().toUpperCase()
  const slot = slots.find((one) => {
    const isHere = one.windowId === windowId && readPath(one.bookings, `${number}.state`) === 'booked'
    return isHere && readPath(one.pii, `${number}.studentNo`) === studentNo.trim()
  })
  if (!slot) return []
  return [{ type: 'slot.arrive', kind: 'slot', aggId: slot.id, args: { number, caseId }, itemId: null }]
}
