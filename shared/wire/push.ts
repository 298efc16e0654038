import { z } from 'zod'
import { isStorable } from '../core/canonical.ts'
import { SignedCommand } from '../core/envelope.ts'
import { instant, plainId, uuid } from '../core/text.ts'

/** The most commands of one push (sync.md §3). */
export const maxBatch = 200
/** The most bytes of one push body. */
export const maxPushBytes = 524_288
/** The highest `seq`: what a 4-byte integer of the database holds. */
export const maxSeq = 2_000_000_000
/** The longest page of a pull. */
export const maxPage = 500

/** A batch of one stream, in its order. */
export const PushBody = z.strictObject({
  streamId: uuid,
  fromSeq: z.int().min(1).max(maxSeq),
  schema: z.int().min(1),
  clock: z.strictObject({ t0: instant }),
  firstUnsettled: z.int().min(1).max(maxSeq),
  commands: z.array(SignedCommand).max(maxBatch),
})
export type PushBody = z.infer<typeof PushBody>

/** What a pull asks: the scopes to follow, the least cursor of them, and the stream whose results it still lacks. */
export const PullQuery = z.strictObject({
  scopes: z.string().max(2000).refine(isStorable),
  since: z.coerce.number().int().min(0),
  limit: z.coerce.number().int().min(1).max(maxPage).default(maxPage),
  schema: z.coerce.number().int().min(1),
  stream: uuid,
  firstUnsettled: z.coerce.number().int().min(1).max(maxSeq),
  t0: z.coerce.number().int(),
})
export type PullQuery = z.infer<typeof PullQuery>

/** A live hint: the hall's epoch and position, never data. */
export const LiveHint = z.strictObject({ epoch: plainId, pos: z.int().min(0) })
export type LiveHint = z.infer<typeof LiveHint>
