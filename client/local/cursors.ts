import type { DigestDelta } from '../../shared/core/digest.ts'
import type { Frame } from '../../shared/wire/frame.ts'
import { comparedScope, confirmedIn, countedAt, movedScope } from './digests.ts'
import type { Engine } from './engine.ts'
import type { Folding } from './folding.ts'
import { openActs } from './order.ts'
import { foldTouched, type Touched } from './refold.ts'
import type { BaseRow, ScopeRow, Tx } from './store.ts'

/** What a frame does to the scopes followed, once its rows are in the store. */
export interface Arrival {
  engine: Engine
  /** What acts are folded with; its scopes are those followed, as they were before the frame. */
  folding: Folding
  /** Scopes whose cursor moves to the frame's, the snapshot's stamp if it is one, and where the page began. */
  cursorScopes: readonly string[]
  stamp: string | null
  since: number | null
  /** What the frame's rows moved in the digests. */
  moves: ReadonlyMap<string, DigestDelta>
  /** Nothing newer than this frame was taken in before it: only then its digests say what must be held now. */
  isNewest: boolean
}

/**
 * Move cursors, digests and snapshots. Only a page that goes on from what is held moves a cursor or ends a snapshot: an
 * answer asked for by another tab, or before a fresh start, brings its rows and nothing more (I10, I20). Returns how
 * many acts it settled: those on what a snapshot's end took away.
 */
export async function moveScopes(tx: Tx, frame: Frame, arrival: Arrival): Promise<number> {
  const { folding, moves } = arrival
  const rows: ScopeRow[] = []
  const tally = { settled: 0 }
  for (const held of folding.scopes) {
    const moved = movedScope(held, moves)
    const row = goesOn(held, frame, arrival) ? await forward({ tx, frame, arrival, tally }, moved) : moved
    if (row !== held) rows.push(row)
  }
  await tx.put('scope', rows)
  return tally.settled
}

/**
 * Whether this page brings every scope up to the latest position known: each act decided so far then shows in a row held
 * here, or its aggregate stands in no followed scope.
 */
export function isWholePage(
  frame: Frame,
  { scopes, ...arrival }: Pick<Arrival, 'cursorScopes' | 'stamp' | 'since' | 'isNewest'> & Pick<Folding, 'scopes'>,
): boolean {
  const { stamp, isNewest } = arrival
  if (frame.isLast !== true || stamp !== null || !isNewest || scopes.length === 0) return false
  return scopes.every((row) => row.cursor > 0 && goesOn(row, frame, arrival))
}

function goesOn(
  { scope, stamp, cursor }: ScopeRow,
  frame: Frame,
  arrival: Pick<Arrival, 'cursorScopes' | 'stamp' | 'since'>,
): boolean {
  if (frame.cursor === undefined || !arrival.cursorScopes.includes(scope)) return false
  return stamp === arrival.stamp && (arrival.since ?? 0) <= cursor && cursor <= frame.cursor
}

interface Settling {
  tx: Tx
  frame: Frame
  arrival: Arrival
  tally: { settled: number }
}

async function forward(settling: Settling, held: ScopeRow): Promise<ScopeRow> {
  const { frame, arrival } = settling
  // What leaves from here on must be told before the snapshot ends, or it begins anew (sync.md 4.5).
  const began = arrival.stamp !== null && held.cursor === 0 ? { began: frame.pos } : {}
  const row: ScopeRow = { ...held, ...began, cursor: frame.cursor ?? held.cursor, stamp: arrival.stamp }
  if (frame.isLast !== true) return row
  const whole = arrival.stamp === null ? row : await endSnapshot(settling, row, arrival.stamp)
  return arrival.isNewest ? comparedScope(arrival.engine, whole, frame) : whole
}

/** At a snapshot's end, rows of the scope that it did not bring have left it; all others are counted. */
async function endSnapshot(settling: Settling, row: ScopeRow, stamp: string): Promise<ScopeRow> {
  const held = await confirmedIn(settling.tx, row.scope)
  const isGone = (one: BaseRow) => one.stamp !== stamp
  const { tx, arrival, tally } = settling
  tally.settled += await leave(tx, arrival.folding, { scope: row.scope, gone: held.filter(isGone) })
  const rest = held.filter((one) => !isGone(one))
  return countedAt({ ...row, stamp: null }, rest, settling.frame.clock.t2)
}

interface Leaving {
  scope: string
  gone: readonly BaseRow[]
}

/** A scope is not followed any more: its rows leave it, and its cursor goes. */
export async function leaveScope(tx: Tx, folding: Folding, scope: string): Promise<void> {
  await leave(tx, folding, { scope, gone: await confirmedIn(tx, scope) })
  await tx.delete('scope', [scope])
}

/**
 * As a leave would: the row goes with its last scope, unless acts on it are unsettled; then it goes when they are. Those
 * the server has decided are settled now: no image with their effect will come here any more (R16). Returns how many.
 */
async function leave(tx: Tx, folding: Folding, { scope, gone }: Leaving): Promise<number> {
  if (gone.length === 0) return 0
  const ids = gone.map((row) => row.id)
  const [bases, views] = [byId(await tx.getMany('base', ids)), byId(await tx.getMany('view', ids))]
  const open = await openActs(tx)
  const touched = gone.map((row): [string, Touched] => {
    const confirmed = { ...row, scopes: row.scopes.filter((other) => other !== scope) }
    const acts = open.filter(({ aggId }) => aggId === row.id)
    return [row.id, { kind: row.kind, base: bases.get(row.id), view: views.get(row.id), confirmed, open: acts }]
  })
  return foldTouched(tx, folding, new Map(touched))
}

function byId<Row extends { id: string }>(rows: readonly (Row | undefined)[]): Map<string, Row> {
  return new Map(rows.flatMap((row) => (row ? [[row.id, row]] : [])))
}
