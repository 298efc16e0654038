import type { AnyAggregate } from '../../shared/core/command.ts'
import { ScopeSums } from '../../shared/core/digest.ts'
import type { Row } from '../../shared/core/kernel.ts'
import type { AggRef, AppendBatch, ScopeWrite } from './store-verbs.ts'

/** An aggregate the batch changed: as loaded, as it is now, and the place in the batch of its last change. */
export interface Touched extends AggRef {
  readonly before: Row
  readonly after: NonNullable<Row>
  readonly ord: number
}

type Register = ReadonlyMap<string, AnyAggregate>

/** Scopes a row of a kind stands in. */
export function scopesOf(aggregates: Register, kind: string, row: Row): string[] {
  return row ? (aggregates.get(kind)?.scopes(row.image) ?? []) : []
}

/**
 * One image a changed aggregate, its entries in the scopes it stands in and in those it has just left, and what that
 * moves in their digests: exact, since `append_batch` refuses the batch when an image is not the one it was read at.
 */
export function imagesOf(
  aggregates: Register,
  touched: readonly Touched[],
): Pick<AppendBatch, 'images' | 'scopes' | 'digests'> {
  const sums = new ScopeSums()
  for (const { kind, id, before, after } of touched) {
    const stood = new Set(scopesOf(aggregates, kind, before))
    if (before) for (const scope of stood) sums.take(scope, { kind, id, ver: before.ver })
    for (const scope of new Set(scopesOf(aggregates, kind, after))) sums.put(scope, { kind, id, ver: after.ver })
  }
  return {
    digests: sums.deltas(),
    images: touched.map(({ kind, id, before, after }) => ({
      ...{ kind, id, ver0: before?.ver ?? 0, ver: after.ver, image: after.image },
    })),
    scopes: touched.flatMap((one) => scopeWrites(aggregates, one)),
  }
}

function scopeWrites(aggregates: Register, { kind, id, before, after, ord }: Touched): ScopeWrite[] {
  const now = new Set(scopesOf(aggregates, kind, after))
  const left = scopesOf(aggregates, kind, before).filter((scope) => !now.has(scope))
  const entry = (scope: string, op: ScopeWrite['op']) => ({ kind, id, scope, ord, ver: after.ver, op })
  return [...[...now].map((scope) => entry(scope, 'set')), ...left.map((scope) => entry(scope, 'leave'))]
}
