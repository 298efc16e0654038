import type { Refs } from '../../shared/core/command.ts'
import { Envelope } from '../../shared/core/envelope.ts'
import { rebase } from '../sync/rebase.ts'
import { isContained, isGone, isLeftOver, settledOf, type Folding } from './folding.ts'
import { ordOf } from './order.ts'
import { readRefs } from './refs.ts'
import type { BaseRow, OutboxRow, OutcomeRow, Tx, ViewRow } from './store.ts'
import { rowOf, viewRow } from './view.ts'

/** What the tablet holds of one aggregate that a frame touches; `confirmed` is what it holds after the frame. */
export interface Touched {
  kind: string
  base: BaseRow | undefined
  view: ViewRow | undefined
  confirmed: BaseRow | undefined
  open: readonly OutcomeRow[]
}

type Entry = Touched & { id: string }

interface Writes {
  outcomes: OutcomeRow[]
  views: ViewRow[]
  bases: BaseRow[]
  goneViews: string[]
  goneBases: string[]
}

/**
 * Settle what each confirmed image now contains, fold the unsettled rest over it, drop what no scope holds any more.
 * Afterwards: no unsettled act on an aggregate ⇒ no base row and view = confirmed (sync.md 2). Returns acts settled.
 */
export async function foldTouched(tx: Tx, folding: Folding, touched: ReadonlyMap<string, Touched>): Promise<number> {
  const writes: Writes = { outcomes: [], views: [], bases: [], goneViews: [], goneBases: [] }
  for (const [id, entry] of touched) {
    const done = settledOf(entry.open, entry.confirmed, folding)
    writes.outcomes.push(...done.map((act) => ({ ...act, state: 'settled' as const, open: 0 as const })))
    const rest = entry.open.filter((act) => !done.includes(act))
    if (rest.length === 0) writeConfirmed(writes, folding, { ...entry, id })
    else await writeFolded(tx, { writes, folding }, { ...entry, id, open: rest })
  }
  await tx.put('outcome', writes.outcomes)
  await tx.put('view', writes.views)
  await tx.put('base', writes.bases)
  await tx.delete('view', writes.goneViews)
  await tx.delete('base', writes.goneBases)
  return writes.outcomes.length
}

function writeConfirmed(writes: Writes, folding: Folding, { id, base, view, confirmed }: Entry): void {
  if (base) writes.goneBases.push(id)
  if (!confirmed?.image || isGone(confirmed) || isLeftOver(confirmed, folding)) {
    if (view) writes.goneViews.push(id)
    return
  }
  const { kind, ver, scopes, stamp, image, life } = confirmed
  const origin = { id, kind, ver, after: 0, scopes, stamp, ...(life ? { life } : {}) }
  writes.views.push(viewRow(origin, { ver, image }))
}

async function writeFolded(
  tx: Tx,
  { writes, folding }: { writes: Writes; folding: Folding },
  entry: Entry,
): Promise<void> {
  const { id, kind, confirmed, open } = entry
  const acts = await readActs(
    tx,
    open.filter((act) => !isContained(act, confirmed)),
  )
  const row = rebase(folding.register, rowOf(confirmed), acts)
  const base = confirmed ?? { id, kind, ver: 0, image: null, scopes: entry.view?.scopes ?? [], stamp: null }
  writes.bases.push(base)
  if (!row) {
    writes.goneViews.push(id)
    return
  }
  const { ver, scopes, stamp, life } = base
  const last = open.at(-1)
  const origin = { id, kind, ver, after: last ? ordOf(last) : 0, scopes, stamp, ...(life ? { life } : {}) }
  writes.views.push(viewRow(origin, row))
}

async function readActs(tx: Tx, open: readonly OutcomeRow[]): Promise<{ act: OutboxRow; refs: Refs }[]> {
  const acts = []
  for (const { streamId, seq } of open) {
    const act = await tx.get('outbox', [streamId, seq])
    if (!act) throw new Error('an open act has its envelope in the outbox')
    acts.push({ act, refs: await readRefs(tx, Envelope.parse(JSON.parse(act.env)).base.ctxv) })
  }
  return acts
}
