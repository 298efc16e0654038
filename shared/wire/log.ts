import { z } from 'zod'
import { outcomes } from '../core/outcome.ts'
import { Role } from '../core/roles.ts'
import { day, plainId } from '../core/text.ts'

/** The longest page of the log. */
export const logPage = 50

/** What the log may be asked for (SUP-2). `before` = the position the last page ended at; days are the hall's, both included. */
export const LogQuery = z.strictObject({
  before: z.coerce.number().int().min(1).optional(),
  actor: plainId.optional(),
  type: z
    .string()
    .regex(/^[a-zA-Z.]{1,64}$/)
    .optional(),
  outcome: z.enum(outcomes).optional(),
  window: plainId.optional(),
  device: plainId.optional(),
  offline: z.enum(['yes', 'no']).optional(),
  case: plainId.optional(),
  from: day.optional(),
  to: day.optional(),
})
export type LogQuery = z.infer<typeof LogQuery>

/** One command of the log as the supervisor reads it: who, as what, where, when by both clocks, and what came of it. */
export const LogRow = z.strictObject({
  pos: z.int().min(1),
  cmdId: z.string(),
  type: z.string(),
  kind: z.string(),
  aggId: z.string(),
  /** What was done, in plain words without personal values. */
  summary: z.string(),
  caseNumber: z.string().nullable(),
  actorId: z.string().nullable(),
  actorName: z.string().nullable(),
  role: Role.nullable(),
  windowId: z.string().nullable(),
  deviceId: z.string(),
  deviceName: z.string(),
  /** Who brought it to the server: the device whose token carried it. */
  carrierId: z.string().nullable(),
  carrierName: z.string().nullable(),
  isOffline: z.boolean(),
  /** Tablet's own clock, and the interval the act fell in by the server's clock; UTC ms. */
  wall: z.number().nullable(),
  lo: z.number().nullable(),
  hi: z.number().nullable(),
  receivedAt: z.number(),
  outcome: z.enum(outcomes),
  code: z.string().nullable(),
  /** The rule's sentence for `code`. */
  reason: z.string().nullable(),
  detail: z.record(z.string(), z.unknown()).nullable(),
  /** What the judge noted of its clocks and versions, as sentences; evidence, no reason to refuse. */
  marks: z.array(z.string()).default([]),
  /** The release of an act that was held: who let it stand, when, and why. */
  released: z.strictObject({ by: z.string().nullable(), at: z.number(), reason: z.string() }).nullable().default(null),
})
export type LogRow = z.infer<typeof LogRow>

/** A page, newest first; `next` is the `before` of the page after it, null at the end. */
export const LogAnswer = z.strictObject({ rows: z.array(LogRow), next: z.int().nullable() })
export type LogAnswer = z.infer<typeof LogAnswer>

/** Pages of what waits for a person (待主管处理). */
export const HeldQuery = LogQuery.pick({ before: true })

/** A queue its tablet writes no more, as far as the server has it. */
export const LeftStream = z.strictObject({ streamId: z.string(), lastSeq: z.int(), closedAt: z.number().nullable() })
export type LeftStream = z.infer<typeof LeftStream>

/** One device of the hall as it last told of itself (SUP-3); moments are UTC ms. */
export const DeviceRow = z.strictObject({
  id: z.string(),
  kind: z.enum(['tablet', 'browser']),
  name: z.string(),
  windowIds: z.array(z.string()),
  lanes: z.array(z.string()),
  enrolledAt: z.number(),
  revokedAt: z.number().nullable(),
  lastSeenAt: z.number().nullable(),
  /** When it last sent commands, and how many it has sent in all. */
  lastSentAt: z.number().nullable(),
  sent: z.int(),
  /** How often its stream forked: its store had lost acts the server knew (sync.md 2.2). */
  forks: z.int().default(0),
  /** Acts it sent again since the server was restored from an older state (sync.md 3.5). */
  resent: z.int().default(0),
  app: z.string().nullable(),
  pending: z.int().nullable(),
  clockOffMs: z.int().nullable(),
  clockErrMs: z.int().nullable(),
  /** Since when its oldest act waited, as it told; whether its store may be cleared; acts lost or out of reach (P22). */
  oldestAt: z.number().nullable().default(null),
  isWeak: z.boolean().nullable().default(null),
  lost: z.int().nullable().default(null),
  /** Queues it has left since a loss of its store: how far each came, and whether it is closed (sync.md §8). */
  left: z.array(LeftStream).default([]),
})
export type DeviceRow = z.infer<typeof DeviceRow>

/** 停用 of a device, and when it was done: at the first asking (P12). */
export const RevokeBody = z.strictObject({ deviceId: plainId })
export const RevokeAnswer = z.strictObject({ revokedAt: z.number() })

/** 停用旧队列: the queue, how far it came, and when it was first done. */
export const CloseStreamBody = z.strictObject({ streamId: plainId })
export const CloseStreamAnswer = z.strictObject({ lastSeq: z.int(), closedAt: z.number() })
export type CloseStreamAnswer = z.infer<typeof CloseStreamAnswer>

/** Devices are paged by id. */
export const DevicesQuery = z.strictObject({ after: plainId.optional() })
export const DevicesAnswer = z.strictObject({ rows: z.array(DeviceRow), next: z.string().nullable() })
export type DevicesAnswer = z.infer<typeof DevicesAnswer>
