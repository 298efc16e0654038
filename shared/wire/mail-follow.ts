import { z } from 'zod'
import { plainId } from '../core/text.ts'

/** The most items of one address: their codes travel in the link of its letter. */
export const mostMailItems = 60

/** Ask for letters of what changes in these items: nothing is kept before the address is confirmed (NBU-5). */
export const MailAsked = z.strictObject({
  email: z.email('邮箱写得不对').max(254),
  codes: z.array(plainId).min(1).max(mostMailItems),
})
export type MailAsked = z.infer<typeof MailAsked>

/** The token of a letter of confirmation. */
export const MailConfirm = z.strictObject({ token: z.string().max(12_000) })

/** What is followed from now on. */
export const MailConfirmed = z.strictObject({ items: z.array(z.string()) })
export type MailConfirmed = z.infer<typeof MailConfirmed>

/** What the link at the end of every letter bears. */
export const MailEnd = z.strictObject({ id: plainId, key: z.string().max(100) })
