import type { DigestDelta } from '../../shared/core/digest.ts'
import type { Frame } from '../../shared/wire/frame.ts'
import { comparedScope, confirmedIn, countedAt, movedScope } from './digests.ts'
import type { Engine } from './engine.ts'
import type { BaseRow, ScopeRow, Tx, ViewRow } from './store.ts'

/** What a frame does to the scopes followed, once its rows are in the store. */
export interface Arrival {
  engine: Engine
  /** The followed scopes as they were before the frame. */
  scopes: readonly ScopeRow[]
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
 * answer asked for by another tab, or before a fresh start, brings its rows and nothing more (I10, I20).
 */
export async function moveScopes(tx: Tx, frame: Frame, arrival: Arrival): Promise<void> {
  const { scopes, moves } = arrival
  const rows: ScopeRow[] = []
  for (const held of scopes) {
    const moved = movedScope(held, moves)
    const row = goesOn(held, frame, arrival) ? await forward({ tx, frame, arrival }, moved) : moved
    if (row !== held) rows.push(row)
  }
  await tx.put('scope', rows)
}

function goesOn({ scope, stamp, cursor }: ScopeRow, frame: Frame, arrival: Arrival): boolean {
  if (frame.cursor === undefined || !arrival.cursorScopes.includes(scope)) return false
  return stamp === arrival.stamp && (arrival.since ?? 0) <= cursor && cursor <= frame.cursor
}

interface Settling {
  tx: Tx
  frame: Frame
  arrival: Arrival
}

async function forward({ tx, frame, arrival }: Settling, held: ScopeRow): Promise<ScopeRow> {
  const row: ScopeRow = { ...held, cursor: frame.cursor ?? held.cursor, stamp: arrival.stamp }
  if (frame.isLast !== true) return row
  const whole = arrival.stamp === null ? row : await endSnapshot(tx, row, { stamp: arrival.stamp, at: frame.clock.t2 })
  return arrival.isNewest ? comparedScope(arrival.engine, whole, frame) : whole
}

/** At a snapshot's end, rows of the scope that it did not bring have left it; all others are counted. */
async function endSnapshot(tx: Tx, row: ScopeRow, { stamp, at }: { stamp: string; at: number }): Promise<ScopeRow> {
  const held = await confirmedIn(tx, row.scope)
  const isGone = (one: BaseRow) => one.stamp !== stamp
  await leave(tx, row.scope, held.filter(isGone))
  return countedAt(
    { ...row, stamp: null },
    held.filter((one) => !isGone(one)),
    at,
  )
}

/** As a leave would: the row goes with its last scope, unless acts on it are unsettled; then it goes when they are. */
async function leave(tx: Tx, scope: string, gone: readonly BaseRow[]): Promise<void> {
  const ids = gone.map((row) => row.id)
  const without = <Row extends BaseRow | ViewRow>(row: Row): Row => ({
    ...row,
    scopes: row.scopes.filter((other) => other !== scope),
  })
  const bases = present(await tx.getMany('base', ids)).map(without)
  const views = present(await tx.getMany('view', ids)).map(without)
  const stays = (view: ViewRow) => view.scopes.length > 0 || view.after > 0
  await tx.put('base', bases)
  await tx.put('view', views.filter(stays))
  await tx.delete(
    'view',
    views.filter((view) => !stays(view)).map((view) => view.id),
  )
}

function present<Row>(rows: readonly (Row | undefined)[]): Row[] {
  return rows.filter((row) => row !== undefined)
}
