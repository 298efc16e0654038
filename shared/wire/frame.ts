import { z } from 'zod'
import { hashText } from '../core/envelope.ts'
import { outcomes } from '../core/outcome.ts'
import { instant, jsonValue, plainId, uuid } from '../core/text.ts'

/** The server's answer to one command: final, named by `cmdId` and `hash`, without which nothing leaves the outbox (P2). */
export const CommandResult = z.object({
  seq: z.int().min(1),
  cmdId: uuid,
  hash: hashText,
  outcome: z.enum(outcomes),
  code: z.string().max(64).nullable(),
  detail: z.record(z.string(), jsonValue).nullable(),
  /** Version of the aggregate after the command; its effect is in every image of at least this version. */
  ver: z.int().min(0),
})
export type CommandResult = z.infer<typeof CommandResult>

/** A row image as the server holds it, in the scopes the tablet may follow. */
export const RowImage = z.object({
  kind: z.string().max(32),
  id: plainId,
  ver: z.int().min(1),
  scopes: z.array(z.string().max(80)),
  image: z.record(z.string(), jsonValue),
})
export type RowImage = z.infer<typeof RowImage>

/** An aggregate that left a scope. */
export const Leave = z.object({ kind: z.string().max(32), id: plainId, scope: z.string().max(80) })
export type Leave = z.infer<typeof Leave>

/** Why the server stopped reading a batch: a gap, another command at a known seq, or a command newer than the server. */
export const Stop = z.object({ code: z.enum(['gap', 'fork', 'server-too-old']), seq: z.int().min(1) })
export type Stop = z.infer<typeof Stop>

/** Count and XOR of the rows of a scope at the frame's position (sync.md 4.6). */
export const FrameDigest = z.object({ n: z.int().min(0), x: z.string().regex(/^[0-9a-f]{16}$/) })

/**
 * One frame answers push and pull alike: results and images read by one statement, one snapshot (R5). What a newer
 * server adds is passed over (F40).
 */
export const Frame = z.object({
  epoch: uuid,
  lastSeq: z.int().min(0),
  stop: Stop.optional(),
  results: z.array(CommandResult),
  rows: z.array(RowImage),
  leaves: z.array(Leave),
  /** Position of the hall at the snapshot. */
  pos: z.int().min(0),
  /** Pull only: where to go on from, and whether this page is the last. */
  cursor: z.int().min(0).optional(),
  isLast: z.boolean().optional(),
  /** Pull only: the cursor lies before the horizon, begin these scopes again as snapshots (sync.md 4.4). */
  restart: z.boolean().optional(),
  /** Last page of a pull only: what the tablet must hold now, by scope. */
  digests: z.record(z.string().max(80), FrameDigest).optional(),
  /** The device's spare lane, told to a push that named the lane of its stream. */
  spare: z.string().max(8).optional(),
  clock: z.strictObject({ t1: instant, t2: instant }),
  minSchema: z.int().min(1),
})
export type Frame = z.infer<typeof Frame>
