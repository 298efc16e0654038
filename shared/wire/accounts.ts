import { z } from 'zod'
import { filledText, plainId } from '../core/text.ts'

/** 账号: what one signs in with; small letters, one over all halls. */
export const Login = z.string().regex(/^[a-z0-9][a-z0-9._-]{2,39}$/, '账号是 3 到 40 位小写字母、数字或 . _ -')

/** The least a password of one's own must be. */
export const OwnPassword = z.string().min(10, '密码至少 10 位').max(200)

/** Make an account for somebody whose record is there; name and kind come from the record. */
export const NewAccountBody = z.strictObject({ personId: plainId, login: Login })
export type NewAccountBody = z.infer<typeof NewAccountBody>

/** Whose account a reset, a stop or a new start is about. */
export const AccountBody = z.strictObject({ personId: plainId })
export type AccountBody = z.infer<typeof AccountBody>

/** An account as the officers see it; no secret. */
export const AccountRow = z.strictObject({
  personId: plainId,
  login: filledText(60),
  isOnce: z.boolean(),
  /** The last moment of the one-time password (UTC ms); null once there is one of one's own. */
  onceUntil: z.number().nullable(),
  isDisabled: z.boolean(),
})
export type AccountRow = z.infer<typeof AccountRow>

/** The accounts of the hall. */
export const AccountsAnswer = z.strictObject({ rows: z.array(AccountRow) })
export type AccountsAnswer = z.infer<typeof AccountsAnswer>

/** The one-time password, told this once; it must be changed at the first sign-in, before it lapses. */
export const OnceAnswer = z.strictObject({ login: z.string(), password: z.string(), until: z.number() })
export type OnceAnswer = z.infer<typeof OnceAnswer>
