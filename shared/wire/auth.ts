import { z } from 'zod'
import { Grant } from '../core/envelope.ts'
import { RoleAt } from '../core/roles.ts'
import { filledText, plainId, uuid } from '../core/text.ts'
import { OwnPassword } from './accounts.ts'
import { RescueKey } from './rescue.ts'

/** A P-256 public key as WebCrypto exports it. */
export const PublicKey = Grant.shape.publicKey

/** Enrol this browser as a tablet of a window, with a supervisor's one-time code (T8). */
export const EnrolBody = z.strictObject({
  code: z.string().regex(/^[0-9A-Z]{8}$/, '登记码是 8 位字母数字'),
  name: filledText(40),
  publicKey: PublicKey,
})
export type EnrolBody = z.infer<typeof EnrolBody>

/** What an enrolled device needs: its token, stream, lanes, hall, windows and the server's public key. */
export const EnrolAnswer = z.strictObject({
  deviceId: uuid,
  deviceToken: z.string().min(32).max(128),
  hallId: plainId,
  hallName: z.string(),
  windowIds: z.array(plainId),
  streamId: uuid,
  lanes: z.array(z.string()).min(0).max(4),
  epoch: uuid,
  serverKey: PublicKey,
  /** What rescue files are locked for; an older server gives none, and one that has just started not yet. */
  rescueKey: RescueKey.optional(),
})
export type EnrolAnswer = z.infer<typeof EnrolAnswer>

/** Account and password, on an enrolled tablet or (with no device token) in any browser. */
export const SessionBody = z.strictObject({
  login: filledText(60),
  password: z.string().min(1).max(200),
  /** In place of a one-time password, which lets nobody in by itself. */
  newPassword: OwnPassword.optional(),
})
export type SessionBody = z.infer<typeof SessionBody>

/** Who is signed in online. `device` is filled for a browser that has just been given one. */
export const SessionAnswer = z.strictObject({
  actorId: plainId,
  name: z.string(),
  kind: z.enum(['staff', 'student', 'supervisor']),
  hallId: plainId,
  /** None: whoever has no post here today is still told so in words, not taken for a strange network. */
  roles: z.array(RoleAt).max(32),
  device: EnrolAnswer.optional(),
})
export type SessionAnswer = z.infer<typeof SessionAnswer>

/** Ask for an offline grant for the key just made under a PIN. */
export const GrantBody = z.strictObject({ publicKey: PublicKey })

/** A grant as issued: its canonical text and the server's signature over it. */
export const SignedGrant = z.strictObject({ text: z.string().max(8192), sig: z.string().max(128) })
export type SignedGrant = z.infer<typeof SignedGrant>

/** A supervisor asks for a one-time enrolment code for a window. */
export const EnrolCodeBody = z.strictObject({ windowId: plainId })
export const EnrolCodeAnswer = z.strictObject({ code: z.string(), expiresAt: z.int(), windowId: plainId })
