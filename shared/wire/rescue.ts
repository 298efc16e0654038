import { z } from 'zod'
import { canonicalJson } from '../core/canonical.ts'
import { SignedCommand } from '../core/envelope.ts'
import { outcomes } from '../core/outcome.ts'
import { instant, jsonValue, plainId, uuid } from '../core/text.ts'
import { maxSeq } from './push.ts'

/** Text of bytes as they travel inside JSON. */
const base64Url = (max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    .regex(/^[\w-]+$/)

/** The server's public key that rescue files are locked for: RSA-OAEP-3072 with SHA-256 (sync.md 2.5). */
export const RescueKey = z.strictObject({
  id: plainId,
  jwk: z.strictObject({ kty: z.literal('RSA'), n: base64Url(512), e: z.literal('AQAB') }),
})
export type RescueKey = z.infer<typeof RescueKey>

/** Bytes of sealed text in one entry of `data`: a long text as one JSON string is more than strict readers bear. */
export const rescueChunk = 48_000
/** The most entries: about 12 MB of sealed acts. What is over goes into a second file. */
const maxRescueChunks = 256
/** The most bytes of plain text a file holds, the cipher's 16 included. */
export const maxRescueBytes = rescueChunk * maxRescueChunks
/** The most bytes of a file as JSON. */
export const maxRescueFile = 17_000_000

/** The outside of a rescue file: whose it is, which key opens it, how much is in it. Nothing of a person stands here. */
const outside = {
  format: z.literal('changkai-rescue'),
  v: z.literal(1),
  hallId: plainId,
  deviceId: uuid,
  keyId: plainId,
  madeAt: instant,
  acts: z.int().min(1).max(100_000),
}

/** 应急文件 (sync.md 2.5): unsent acts under AES-256-GCM, whose fresh key only the hall's server can open. */
export const RescueFile = z.strictObject({
  ...outside,
  /** The AES key under RSA-OAEP. */
  key: base64Url(1024),
  iv: base64Url(16),
  /** Sealed text and tag: a line of JSON an act (`RescueLine`), in chunks. */
  data: z
    .array(base64Url((rescueChunk / 3) * 4))
    .min(1)
    .max(maxRescueChunks),
})
export type RescueFile = z.infer<typeof RescueFile>

/** What the cipher binds beside the text: a file with another's outside does not open. */
export function rescueBound({
  format,
  v,
  hallId,
  deviceId,
  keyId,
  madeAt,
  acts,
}: Omit<RescueFile, 'key' | 'iv' | 'data'>) {
  return canonicalJson({ format, v, hallId, deviceId, keyId, madeAt, acts })
}

/** One act inside: where it stands, and what was signed. `lane` is that of the stream, which the server may not know yet. */
export const RescueLine = z.strictObject({
  streamId: uuid,
  branch: z.int().min(0).max(99),
  lane: z
    .string()
    .regex(/^[0-9A-Z]{2,3}$/)
    .nullable(),
  seq: z.int().min(1).max(maxSeq),
  ...SignedCommand.shape,
})
export type RescueLine = z.infer<typeof RescueLine>

/** What became of one act of the file. */
export const RescueResult = z.strictObject({
  streamId: uuid,
  seq: z.int().min(1),
  cmdId: uuid.nullable(),
  type: z.string(),
  /** Who did it, by the server's own record; null where nobody is proved. */
  actorName: z.string().nullable(),
  number: z.string().nullable(),
  /** Brought by this file, on the server before, or not taken: then `code` says why. */
  state: z.enum(['new', 'known', 'left']),
  outcome: z.enum(outcomes).nullable(),
  code: z.string().nullable(),
  detail: z.record(z.string(), jsonValue).nullable(),
})
export type RescueResult = z.infer<typeof RescueResult>

/** The whole file's: from which tablet, and one result an act in the file's order. */
export const RescueAnswer = z.strictObject({
  deviceName: z.string(),
  madeAt: instant,
  results: z.array(RescueResult),
})
export type RescueAnswer = z.infer<typeof RescueAnswer>
