import type { CommandRegister, Refs } from '../../shared/core/command.ts'
import { Envelope } from '../../shared/core/envelope.ts'
import { releaseType } from '../../shared/core/release.ts'
import { rebase } from '../sync/rebase.ts'
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
export async function foldTouched(
  tx: Tx,
  register: CommandRegister,
  touched: ReadonlyMap<string, Touched>,
): Promise<number> {
  const writes: Writes = { outcomes: [], views: [], bases: [], goneViews: [], goneBases: [] }
  for (const [id, entry] of touched) {
    const done = entry.open.filter((act) => isSettled(act, entry.confirmed))
    writes.outcomes.push(...done.map((act) => ({ ...act, state: 'settled' as const, open: 0 as const })))
    const rest = entry.open.filter((act) => !done.includes(act))
    if (rest.length === 0) writeConfirmed(writes, id, entry)
    else await writeFolded({ tx, register, writes }, { ...entry, id, open: rest })
  }
  await tx.put('outcome', writes.outcomes)
  await tx.put('view', writes.views)
  await tx.put('base', writes.bases)
  await tx.delete('view', writes.goneViews)
  await tx.delete('base', writes.goneBases)
  return writes.outcomes.length
}

/** An act leaves the rebase set when its effect is in the image held, can never come here, or there is none. */
function isSettled(act: OutcomeRow, confirmed: BaseRow | undefined): boolean {
  if (act.state !== 'decided') return false
  if (act.outcome === 'rejected' || act.outcome === 'held' || act.type === releaseType) return true
  return (confirmed?.ver ?? 0) >= act.ver || isGone(confirmed)
}

function isGone(confirmed: BaseRow | undefined): boolean {
  return confirmed !== undefined && confirmed.image !== null && confirmed.scopes.length === 0
}

function writeConfirmed(writes: Writes, id: string, { base, view, confirmed }: Touched): void {
  if (base) writes.goneBases.push(id)
  if (!confirmed?.image || isGone(confirmed)) {
    if (view) writes.goneViews.push(id)
    return
  }
  const { kind, ver, scopes, stamp, image } = confirmed
  writes.views.push(viewRow({ id, kind, ver, after: 0, scopes, stamp }, { ver, image }))
}

interface Folding {
  tx: Tx
  register: CommandRegister
  writes: Writes
}

async function writeFolded({ tx, register, writes }: Folding, entry: Touched & { id: string }): Promise<void> {
  const { id, kind, confirmed, open } = entry
  const acts = await readActs(tx, open)
  const row = rebase(register, rowOf(confirmed), acts)
  const base = confirmed ?? { id, kind, ver: 0, image: null, scopes: entry.view?.scopes ?? [], stamp: null }
  writes.bases.push(base)
  if (!row) {
    writes.goneViews.push(id)
    return
  }
  const { ver, scopes, stamp } = base
  writes.views.push(viewRow({ id, kind, ver, after: open.at(-1)?.seq ?? 0, scopes, stamp }, row))
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
