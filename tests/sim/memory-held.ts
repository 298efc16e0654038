import { refsOf } from '../../server/sync/needs.ts'
import type { AggRef, HeldCommand, LoadRequest } from '../../server/sync/store-verbs.ts'
import type { Envelope } from '../../shared/core/envelope.ts'
import { hasNoEffect } from '../../shared/core/outcome.ts'
import { releaseType } from '../../shared/core/release.ts'
import type { LogRow, MemoryDb } from './memory-db.ts'

/** What supervisors' releases are about, as `load` reads it: the held commands, and what deciding them anew takes. */
export interface HeldNeeds {
  readonly held: readonly HeldCommand[]
  readonly refs: readonly AggRef[]
  readonly grantIds: readonly string[]
}

/** Held commands named by a request; one that was never readable is not among them. */
export function heldIn(db: MemoryDb, { heldIds = [] }: LoadRequest): HeldNeeds {
  const rows = heldIds.flatMap((id) => {
    const row = db.byCmdId(id)
    return row?.outcome === 'held' && row.code !== 'quarantine'
      ? [{ row, env: JSON.parse(row.envelope) as Envelope }]
      : []
  })
  return {
    held: rows.map(({ row, env }) => {
      const { cmdId, kind, aggId: id, actorId, code, envelope, pii } = row
      const { number } = env.args
      const isNumberTaken = [...db.images.values()].some((one) => one.kind === 'case' && numberOn(one.image) === number)
      const isReleased = db.log.some((other) => isReleaseOf(other, cmdId))
      return { cmdId, kind, id, actorId, code, envelope, pii, isReleased, isNumberTaken }
    }),
    refs: rows.flatMap(({ env }) => refsOf(env)),
    grantIds: rows.flatMap(({ env }) => env.grantId ?? []),
  }
}

function isReleaseOf({ type, outcome, detail }: LogRow, cmdId: string): boolean {
  const stands = !hasNoEffect(outcome)
  return type === releaseType && stands && (detail as { released?: string } | null)?.released === cmdId
}

const numberOn = (image: unknown): string => (image as { number: string }).number
