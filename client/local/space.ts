import { hasNoEffect } from '../../shared/core/outcome.ts'
import type { BaseRow, LocalStore, OutcomeRow, Tx, ViewRow } from './store.ts'
import { isThin, thinRow } from './view.ts'

const dayMs = 86_400_000
/** Sent and settled acts stay this long: a server put back to a backup gets them again (sync.md 3.5). */
const archiveMs = 14 * dayMs
/** The same when a person asks for room now: a day's are kept all the same. */
const askedMs = dayMs
const closedMs = 30 * dayMs
/** Rows given up in one transaction: an act that comes meanwhile waits no longer than for one page. */
const bite = 200

/** How full the browser's room is (sync.md 2.4): from 70 % closed cases go too; from 90 % people are warned. */
export type RoomLevel = 'ok' | 'tight' | 'full'

/** The level of a share of the quota; a browser that does not tell is taken to have room. */
export function roomLevel(percent: number | null): RoomLevel {
  if (percent === null || percent < 70) return 'ok'
  return percent < 90 ? 'tight' : 'full'
}

/** Which settled acts may go, of all that are settled: `now` is the server's time, never a tablet's clock alone. */
export function planArchive(settled: readonly OutcomeRow[], now: number, keepMs = archiveMs): OutcomeRow[] {
  const streams = new Map<string, OutcomeRow[]>()
  for (const act of settled) streams.set(act.streamId, [...(streams.get(act.streamId) ?? []), act])
  return [...streams.values()].flatMap((acts) => oldOf(acts, { now, keepMs })).filter(mayGo)
}

/**
 * The beginning of a stream that is older than that. An act stands in its order: one that follows cannot be older, and
 * one that goes before cannot be younger, whatever a clock said; a moment still to come says nothing (R14).
 */
function oldOf(acts: readonly OutcomeRow[], { now, keepMs }: { now: number; keepMs: number }): OutcomeRow[] {
  const inOrder = [...acts].sort((a, b) => a.seq - b.seq)
  let latest = 0
  let end = 0
  for (const [index, { at }] of inOrder.entries()) {
    if (at > now) continue
    latest = Math.max(latest, at)
    if (latest <= now - keepMs) end = index + 1
  }
  return inOrder.slice(0, end)
}

/** What nobody has looked at yet stays: a refusal until its author has, an act held for the supervisor. */
function mayGo({ open, outcome, acknowledged }: OutcomeRow): boolean {
  const isUnseen = hasNoEffect(outcome) && acknowledged === 0
  return open === 0 && !isUnseen
}

/** Which closed cases may go from a full tablet: ended over 30 days ago, with nothing of this tablet's on them. */
export function planClosed(rows: readonly ViewRow[], bases: ReadonlySet<string>, now: number): ViewRow[] {
  return rows.filter((row) => row.after === 0 && !bases.has(row.id) && row.at <= now - closedMs && !isThin(row.image))
}

/** What a round of clearing gave up. */
export interface Cleared {
  acts: number
  cases: number
}

/** How far to go: by the level alone, or because a person asked for room. `now` is the server's time. */
export interface Clearing {
  now: number
  level: RoomLevel
  isAsked?: boolean
}

/** Give up what may go, a bite a transaction, the oldest first; envelopes not settled are never among it (I21). */
export async function clearRoom(store: LocalStore, { now, level, isAsked = false }: Clearing): Promise<Cleared> {
  const settled = await store.transact('read', ['outcome'], (tx) => tx.byIndex('outcome', 'open+seq', { prefix: [0] }))
  const acts = planArchive(settled, now, isAsked ? askedMs : archiveMs)
  for (let at = 0; at < acts.length; at += bite) await dropActs(store, acts.slice(at, at + bite))
  const cases = level === 'ok' && !isAsked ? [] : await closedCases(store, now)
  for (let at = 0; at < cases.length; at += bite) await thinCases(store, cases.slice(at, at + bite))
  return { acts: acts.length, cases: cases.length }
}

async function dropActs(store: LocalStore, acts: readonly OutcomeRow[]): Promise<void> {
  await store.transact('write', ['outbox', 'outcome'], async (tx) => {
    const held = await tx.getMany(
      'outcome',
      acts.map(({ cmdId }) => cmdId),
    )
    // Looked at again: what is planned on is what was read before.
    const still = held.filter((act) => act !== undefined).filter(mayGo)
    await tx.delete(
      'outbox',
      still.map(({ streamId, seq }) => [streamId, seq]),
    )
    await tx.delete(
      'outcome',
      still.map(({ cmdId }) => cmdId),
    )
  })
}

async function closedCases(store: LocalStore, now: number): Promise<ViewRow[]> {
  return store.transact('read', ['view', 'base'], async (tx) => {
    const rows = await tx.byIndex('view', 'kind+shelf+at', { prefix: ['case', 'ended'] })
    return planClosed(rows, await baseIds(tx), now)
  })
}

async function baseIds(tx: Tx): Promise<Set<string>> {
  return new Set((await tx.all('base')).map(({ id }: BaseRow) => id))
}

/** A case given up leaves its name and version, so that the tablet still knows what it has been told (sync.md 4.6). */
async function thinCases(store: LocalStore, cases: readonly ViewRow[]): Promise<void> {
  await store.transact('write', ['view', 'base'], async (tx) => {
    const bases = await baseIds(tx)
    const held = await tx.getMany(
      'view',
      cases.map(({ id }) => id),
    )
    const same = held.filter((row, index) => row?.ver === cases[index]?.ver && row?.after === 0)
    await tx.put(
      'view',
      same.flatMap((row) => (row && !bases.has(row.id) ? [thinRow(row)] : [])),
    )
  })
}
