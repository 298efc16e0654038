import { z } from 'zod'

/** Where one's own case stands, for whoever has its number and its code: no name, nothing personal (SZIT-10). */
export const PublicCase = z.strictObject({
  number: z.string(),
  hallName: z.string(),
  windowName: z.string(),
  itemName: z.string(),
  windowPlace: z.string(),
  /** The word for where it stands: 办理中, 待补正, 办结 … */
  word: z.string(),
  /** What the student does next, as a sentence. */
  next: z.string(),
  /** The day it is promised for, moved by what does not count; null when nothing is promised or it is over. */
  dueOn: z.string().nullable(),
  /** UTC ms. */
  receivedAt: z.number(),
  endedAt: z.number().nullable(),
})
export type PublicCase = z.infer<typeof PublicCase>
