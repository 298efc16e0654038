import { isSameSecret } from '../auth/index.ts'
import type { ServerKey } from '../db/hall-queries.ts'
import { proofOf } from '../sync/index.ts'

const letters = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'

/**
 * The code a student is given with a booking made on the public page: made from the hall's key, so that nothing of it is
 * stored and no tablet that follows the slot can know it. 8 letters, 40 bits.
 */
export function bookingCode(key: ServerKey, slotId: string, number: string): string {
  const bytes = proofOf(key, 'booking', `${slotId} ${number}`)
  return Array.from(bytes.subarray(0, 8), (byte) => letters.charAt(byte % letters.length)).join('')
}

/** Whether a code is the booking's; takes as long for a wrong one. */
export function isBookingCode(key: ServerKey, at: { slotId: string; number: string }, code: string): boolean {
  return isSameSecret(bookingCode(key, at.slotId, at.number), code.toUpperCase())
}
