import { digestOf, movedDigest, ScopeSums, type Digest, type DigestDelta } from '../../shared/core/digest.ts'
import type { Frame } from '../../shared/wire/frame.ts'
import type { Engine } from './engine.ts'
import type { Touched } from './refold.ts'
import type { BaseRow, ScopeRow, Tx } from './store.ts'
import { confirmedOf } from './view.ts'

// How the tablet knows its own digest (sync.md 4.6, R19). Reading 20,000 rows on each pull would cost a second or two on
// a cheap tablet, so it is kept beside the cursor: each frame moves it by the rows it replaced and the rows it left, in
// the same transaction, from what the store held before and holds after; never from what the server says. The end of a
// snapshot reads the rows of its scope anyway and counts them all; once a day, when a pull brings nothing, they are
// counted again (`countScope`), so that a row lost beneath us shows too.

const firstWaitMs = 600_000
const longestWaitMs = 86_400_000
const countEveryMs = 86_400_000

/** What a frame moved in each scope: every touched aggregate as it was held and as it is held now. */
export function movesOf(touched: ReadonlyMap<string, Touched>): ReadonlyMap<string, DigestDelta> {
  const sums = new ScopeSums()
  for (const { base, view, confirmed } of touched.values()) {
    const before = confirmedOf(base, view)
    if (before && isConfirmed(before)) for (const scope of before.scopes) sums.take(scope, before)
    if (confirmed && isConfirmed(confirmed)) for (const scope of confirmed.scopes) sums.put(scope, confirmed)
  }
  return new Map(sums.deltas().map((delta) => [delta.scope, delta]))
}

/** Rows the server has told of; a case that waits to be sent for the first time is in nobody's digest. */
function isConfirmed({ ver, image }: Pick<BaseRow, 'ver' | 'image'>): boolean {
  return ver > 0 && image !== null
}

/** The scope after a frame's moves; one that was never counted stays so. */
export function movedScope(row: ScopeRow, moves: ReadonlyMap<string, DigestDelta>): ScopeRow {
  const delta = moves.get(row.scope)
  return row.digest && delta ? { ...row, digest: movedDigest(row.digest, delta) } : row
}

/** Every row held of a scope, as the server last told of it. */
export async function confirmedIn(tx: Tx, scope: string): Promise<BaseRow[]> {
  const views = await tx.byIndex('view', '*scopes', { prefix: [scope] })
  const bases = new Map((await tx.all('base')).map((row) => [row.id, row]))
  const settled = views.filter((view) => !bases.has(view.id)).flatMap((view) => confirmedOf(undefined, view) ?? [])
  return [...settled, ...[...bases.values()].filter((base) => base.scopes.includes(scope))].filter(isConfirmed)
}

/** A scope's digest from its rows. */
export function countedAt(row: ScopeRow, rows: readonly BaseRow[], at: number): ScopeRow {
  return { ...row, digest: digestOf(rows), countedAt: at }
}

/**
 * Compare what is held with what the server says is there, at the end of a pull that nothing newer has crossed. They
 * differ: say so and begin the scope again as a snapshot, at most once in 10 min, then 20, 40 … (sync.md 4.4, 4.6).
 * Time is the server's, by the frame.
 */
export function comparedScope(engine: Engine, row: ScopeRow, { digests, clock }: Frame): ScopeRow {
  const theirs = digests?.[row.scope]
  if (!theirs || !row.digest) return row
  if (isSame(row.digest, theirs)) return agreed(row)
  if (!mayRedo(row, clock.t2)) return row
  const { tries, times } = row.redone ?? { tries: 0, times: 0 }
  const [held, there] = [row.digest, theirs].map(({ n, x }) => `${String(n)}/${x}`)
  engine.report('digest-differs', { scope: row.scope, held: held ?? '', there: there ?? '', tries: tries + 1 })
  return { ...row, cursor: 0, stamp: null, redone: { at: clock.t2, tries: tries + 1, times: times + 1 } }
}

function agreed(row: ScopeRow): ScopeRow {
  return row.redone && row.redone.tries > 0 ? { ...row, redone: { ...row.redone, tries: 0 } } : row
}

function mayRedo({ redone }: ScopeRow, now: number): boolean {
  if (!redone) return true
  return now - redone.at >= Math.min(longestWaitMs, firstWaitMs * 2 ** Math.max(0, redone.tries - 1))
}

function isSame(a: Digest, b: Digest): boolean {
  return a.n === b.n && a.x === b.x
}

/** The scope whose rows are due to be counted again, if any: never counted, or a day ago by the server's time. */
export function dueScope(scopes: readonly ScopeRow[], now: number): ScopeRow | undefined {
  return scopes.find(
    ({ cursor, stamp, countedAt: at }) =>
      cursor > 0 && stamp === null && (at === undefined || Math.abs(now - at) > countEveryMs),
  )
}

/** Count the rows of a scope; the next last page of a pull compares the count with the server's. */
export async function countScope(engine: Engine, scope: string, at: number): Promise<void> {
  await engine.store.transact('write', ['view', 'base', 'scope'], async (tx) => {
    const row = await tx.get('scope', scope)
    if (!row || row.stamp !== null) return
    const counted = countedAt(row, await confirmedIn(tx, scope), at)
    if (row.digest && counted.digest && !isSame(row.digest, counted.digest)) {
      engine.report('digest-drifted', { scope, kept: row.digest.n, counted: counted.digest.n })
    }
    await tx.put('scope', [counted])
  })
}
