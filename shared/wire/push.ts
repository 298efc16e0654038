import { z } from 'zod'
import { isStorable } from '../core/canonical.ts'
import { SignedCommand } from '../core/envelope.ts'
import { outcomes } from '../core/outcome.ts'
import { instant, plainId, uuid } from '../core/text.ts'

/** The most commands of one push (sync.md §3). */
export const maxBatch = 200
/** The most bytes of one push body. */
export const maxPushBytes = 524_288
/** The highest `seq`: what a 4-byte integer of the database holds. */
export const maxSeq = 2_000_000_000
/** The highest branch of a stream. */
const maxBranch = 99
/** The longest page of a pull. */
export const maxPage = 500

/** The branch of a stream: 0 is the stream itself, others are forks of it (sync.md 2.2). */
const branch = z.int().min(0).max(maxBranch)
/** A lane code of case numbers (sync.md 1.5). */
const lane = z.string().regex(/^[0-9A-Z]{2,3}$/)

/**
 * How an act was decided before the server was restored from an older state (sync.md 3.5): kept in its verdict, so that
 * a supervisor sees what a restore had lost and what came out differently.
 */
export const PriorResult = z.strictObject({
  seq: z.int().min(1).max(maxSeq),
  outcome: z.enum(outcomes),
  ver: z.int().min(0).max(maxSeq),
})
export type PriorResult = z.infer<typeof PriorResult>

/** A batch of one stream or branch, in its order. */
export const PushBody = z.strictObject({
  streamId: uuid,
  /** None is the stream itself; old tablets say none. */
  branch: branch.optional(),
  /**
   * The lane the stream prints from, null for a browser's: with it a stream that the server does not know is opened.
   * Said until the answer has told the device's next spare lane.
   */
  lane: lane.nullable().optional(),
  fromSeq: z.int().min(1).max(maxSeq),
  // No floor: what an app was too old to pull, it may still send (sync.md 4.7).
  schema: z.int().min(0),
  clock: z.strictObject({ t0: instant }),
  firstUnsettled: z.int().min(1).max(maxSeq),
  commands: z.array(SignedCommand).max(maxBatch),
  prior: z.array(PriorResult).max(maxBatch).optional(),
})
export type PushBody = z.infer<typeof PushBody>

const told = z.coerce.number().int().min(-2_000_000_000).max(2_000_000_000)

/**
 * What a tablet tells of itself beside a pull (SUP-3): acts that wait, age of the oldest (ms), build, whether its store may be
 * cleared, acts it has lost, how its clock stands to ours and how far that may be wrong. All optional: old tablets tell nothing.
 */
export const TabletReport = z.object({
  pending: told.min(0).optional(),
  oldest: z.coerce.number().int().min(0).max(1e12).optional(),
  app: z.string().max(64).refine(isStorable).optional(),
  weak: z.enum(['0', '1']).optional(),
  lost: told.min(0).optional(),
  off: z.coerce.number().int().min(-1e14).max(1e14).optional(),
  offErr: z.coerce.number().int().min(0).max(1e14).optional(),
})
export type TabletReport = z.infer<typeof TabletReport>

/** What a pull asks: the scopes to follow, the least cursor of them, and the stream whose results it still lacks. */
export const PullQuery = z.strictObject({
  scopes: z.string().max(2000).refine(isStorable),
  since: z.coerce.number().int().min(0),
  limit: z.coerce.number().int().min(1).max(maxPage).default(maxPage),
  schema: z.coerce.number().int().min(0),
  stream: uuid,
  branch: z.coerce.number().int().min(0).max(maxBranch).default(0),
  firstUnsettled: z.coerce.number().int().min(1).max(maxSeq),
  /** A page of a snapshot: its cursor is none that the horizon could have passed (sync.md 4.4). */
  snapshot: z.literal('1').optional(),
  /** Where the hall stood at the snapshot's first page: what left after it must not have been forgotten (sync.md 4.5). */
  began: z.coerce.number().int().min(0).optional(),
  t0: z.coerce.number().int(),
  ...TabletReport.shape,
})
export type PullQuery = z.infer<typeof PullQuery>

/** A live hint: the hall's epoch and position, never data. */
export const LiveHint = z.strictObject({ epoch: plainId, pos: z.int().min(0) })
export type LiveHint = z.infer<typeof LiveHint>
