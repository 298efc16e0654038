import { z } from 'zod'
import { filledText, plainId } from '../core/text.ts'

/** A slot as anybody may see it: when, and how many places are left; full ones too, so that nobody wonders. */
export const PublicSlot = z.strictObject({
  id: z.string(),
  day: z.string(),
  from: z.string(),
  to: z.string(),
  free: z.int(),
})
export type PublicSlot = z.infer<typeof PublicSlot>

/** The times an item can be booked for (NBU-8). */
export const PublicSlots = z.strictObject({
  isOffered: z.boolean(),
  hallId: z.string(),
  hallName: z.string(),
  itemName: z.string(),
  windowName: z.string(),
  place: z.string(),
  slots: z.array(PublicSlot).max(200),
})
export type PublicSlots = z.infer<typeof PublicSlots>

/** Book a place: who comes. Names, numbers and phones are checked by the command's own schema. */
export const BookBody = z.strictObject({
  /** The hall of the slot: ids are a hall's own, and another one might have the same. */
  hallId: plainId,
  name: filledText(50),
  studentNo: z.string().min(4).max(24),
  phone: z.string().max(20),
  /** The sheet the student read: what they come for. */
  itemId: plainId.optional(),
})

const bookingNumber = z.string().regex(/^[A-Za-z]{1,2}-[0-9A-Za-z]{1,10}$/, '预约号像 A-3 这样')

/** Look up or cancel one's own booking, by number and code. */
export const BookingKey = z.strictObject({
  hallId: plainId,
  number: bookingNumber,
  code: z.string().regex(/^[0-9A-Za-z]{8}$/, '预约码是 8 位字母数字'),
})

/** A booking as its student sees it; `caseNumber` once the matter goes on at the window. */
export const PublicBooking = z.strictObject({
  hallId: z.string(),
  hallName: z.string(),
  number: z.string(),
  state: z.enum(['booked', 'cancelled', 'arrived']),
  day: z.string(),
  from: z.string(),
  to: z.string(),
  itemName: z.string(),
  windowName: z.string(),
  place: z.string(),
  caseNumber: z.string().nullable(),
})
export type PublicBooking = z.infer<typeof PublicBooking>

/** A booking just made, with its code, told this once. */
export const MadeBooking = z.strictObject({ ...PublicBooking.shape, code: z.string() })
export type MadeBooking = z.infer<typeof MadeBooking>
