import { z } from 'zod'
import { isStorable } from './canonical.ts'
import { Role, RoleAt } from './roles.ts'
import { day, instant, jsonValue, plainId, uuid } from './text.ts'

/** The version of the envelope and of the set of commands this build writes. */
export const schemaNumber = 1

/** The most bytes an envelope may have: checked at the tap, so nothing unsendable is ever queued. */
export const maxEnvelopeBytes = 65_536

/** 64 lower-case hex digits: a SHA-256. */
export const hashText = z.string().regex(/^[0-9a-f]{64}$/)

/** Ids of the versioned data a command was decided with; both sides hold the same images under them. */
export const ContextVersions = z.strictObject({
  profile: plainId.nullable(),
  item: plainId.nullable(),
  calendars: z.array(plainId).max(8),
})
export type ContextVersions = z.infer<typeof ContextVersions>

/** What the actor saw: version of the confirmed row, last own pending act, old values of the fields changed. */
export const Base = z.strictObject({
  ver: z.int().min(0),
  after: z.int().min(0),
  seen: z.record(z.string().max(128), jsonValue),
  ctxv: ContextVersions,
})
export type Base = z.infer<typeof Base>

/** The signed part of a command (sync.md 1.4). `args` stay unread here: each command's own schema checks them. */
export const Envelope = z.strictObject({
  cmdId: uuid,
  deviceId: uuid,
  streamId: uuid,
  seq: z.int().min(1),
  type: z.string().max(64),
  v: z.int().min(1),
  nature: z.enum(['fact', 'claim']),
  hallId: plainId,
  kind: z.string().max(32),
  aggId: plainId,
  args: z.record(z.string().max(64), jsonValue),
  base: Base,
  actorId: plainId,
  role: Role,
  windowId: plainId.nullable(),
  grantId: plainId.nullable(),
  shiftId: plainId.nullable(),
  wall: instant,
  mono: z.int().min(0),
  boot: plainId,
  off: instant,
  offErr: z.int().min(0),
  app: z.string().max(64),
  schema: z.int().min(1),
  online: z.boolean(),
  prev: hashText,
  causedBy: uuid.optional(),
})
export type Envelope = z.infer<typeof Envelope>

/** Text the stores can keep as it came (X6). */
const stored = (max: number) => z.string().max(max).refine(isStorable, '含有不能保存的字符')

/** A personal value beside its envelope: the envelope holds only SHA-256(salt ‖ value), so it can be erased. */
export const PiiValue = z.strictObject({ salt: stored(64).min(16), value: stored(20_000) })
export type PiiValue = z.infer<typeof PiiValue>
export const PiiValues = z.record(stored(128), PiiValue)
export type PiiValues = z.infer<typeof PiiValues>

/** A command on the wire and in the stores: the exact envelope text, the actor's signature, the personal values. */
export const SignedCommand = z.strictObject({
  env: stored(maxEnvelopeBytes).min(2),
  sig: stored(128),
  pii: PiiValues.optional(),
})
export type SignedCommand = z.infer<typeof SignedCommand>

/** The moment of the act on the estimated server clock, from the envelope alone so that every side computes the same. */
export function actTime(env: Pick<Envelope, 'wall' | 'off'>): number {
  return env.wall + env.off
}

/** A signed leave to act on one tablet (sync.md 3.4): who, as what, from when to when, with which key. */
export const Grant = z.strictObject({
  id: plainId,
  hallId: plainId,
  deviceId: uuid,
  actorId: plainId,
  name: z.string().max(60),
  roles: z.array(RoleAt).min(1).max(32),
  from: instant,
  to: instant,
  publicKey: z.strictObject({
    kty: z.literal('EC'),
    crv: z.literal('P-256'),
    x: z.string().max(64),
    y: z.string().max(64),
  }),
})
export type Grant = z.infer<typeof Grant>

/** A day written in an envelope or image. */
export const Day = day
