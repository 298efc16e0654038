import { schemaNumber } from '../../shared/core/envelope.ts'
import { Frame, type Stop } from '../../shared/wire/frame.ts'
import type { Page } from './store-verbs.ts'

/** The oldest command schema rows are still served in; pushes of every released schema are taken (sync.md 4.7). */
export const minSchema = Math.max(1, schemaNumber - 1)

/**
 * A page as the wire has it; t1 and t2 are when the request came and the answer went. Only a pull has a cursor, and its
 * last page the digests to compare with. Where the cursor was past all use nothing is served but the word to restart.
 */
export function frameOf(page: Page, { t1, t2, stop }: { t1: number; t2: number; stop?: Stop | undefined }): Frame {
  return {
    ...{ epoch: page.epoch, lastSeq: page.lastSeq, pos: page.pos, clock: { t1, t2 }, minSchema },
    ...(stop ? { stop } : {}),
    ...placeOf(page),
    ...(page.spare ? { spare: page.spare } : {}),
    results: page.isPast ? [] : (page.results as Frame['results']),
    rows: page.rows.map(
      ({ kind, id, ver, scopes, image }) => ({ kind, id, ver, scopes, image }) as Frame['rows'][number],
    ),
    leaves: page.leaves.map(({ kind, id, scope }) => ({ kind, id, scope })),
  }
}

function placeOf({ cursor, pos, isPast, digests }: Page): Partial<Frame> {
  if (isPast) return { restart: true }
  if (cursor === null) return {}
  return cursor >= pos ? { cursor, isLast: true, digests: { ...digests } } : { cursor, isLast: false }
}
