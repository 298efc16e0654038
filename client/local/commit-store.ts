import type { Refs } from '../../shared/core/command.ts'
import type { ContextVersions, Envelope, PiiValues } from '../../shared/core/envelope.ts'
import type { Row } from '../../shared/core/kernel.ts'
import type { Verdict } from '../../shared/core/outcome.ts'
import { aggregates } from '../../shared/aggregates.ts'
import type { ActDraft, Actor } from './act-types.ts'
import { estimatedNow } from '../sync/clock.ts'
import type { Clock, Engine } from './engine.ts'
import { heldOf, type Held, type Rules, type Self } from './held.ts'
import type { BaseRow, ClockSample, DeviceMeta, OutboxRow, OutcomeRow, StreamMeta, Tx, ViewRow } from './store.ts'
import { confirmedOf, viewRow } from './view.ts'

/** What an act is decided on: as this tab knows it, and looked at again when the act is saved. */
export interface Snapshot {
  device: DeviceMeta
  stream: StreamMeta
  samples: ClockSample[]
  rows: ReadonlyMap<string, Row>
  /** The row of each aggregate that an act is on, undefined when it has none yet. */
  views: ReadonlyMap<string, ViewRow | undefined>
  /** Some of it is what the tab remembers. */
  isRemembered: boolean
  /** Aggregates that have a base and no view: all their acts so far came to nothing. */
  hidden: readonly string[]
  ctxv: Omit<ContextVersions, 'item'>
  refs(itemId: string | null): Refs
}

/** An act ready to be saved: the exact text that was signed, and the row it makes. */
export interface WrittenAct {
  env: Envelope
  text: string
  hash: string
  sig: string
  pii: PiiValues
  verdict: Verdict
  row: Row
}

/**
 * All that the drafts rest on: from what this tab remembers, and only what it does not is read; everything is read anew
 * when it has just proved out of date. Throws when the tablet is not enrolled.
 */
export async function readSnapshot(
  { store, clock }: Engine,
  drafts: readonly ActDraft[],
  isStale: boolean,
): Promise<Snapshot> {
  const held = heldOf(store)
  if (isStale) held.forget()
  const ids = [...new Set(drafts.map((draft) => draft.aggId))]
  const items = new Set(drafts.map((draft) => draft.itemId))
  const known = isStale ? null : heldSnapshot({ held, clock, ids, items })
  if (known) return known
  return store.transact('read', ['meta', 'view', 'base'], async (tx) => {
    const isRemembered = !isStale && held.self !== null
    const [self, views] = await Promise.all([
      isRemembered && held.self ? held.self : held.readSelf(tx),
      tx.getMany('view', ids),
    ])
    const at = serverNow(self, clock)
    const rules = (isRemembered && held.rulesAt(at, items)) || (await held.readRules(tx, at, items))
    for (const view of views) if (view) held.keep(view)
    const hidden = await withBase(tx, without(ids, views))
    return snapshotOf({ self, rules, ids, hidden, isRemembered, view: (id) => views[ids.indexOf(id)] })
  })
}

interface Look {
  held: Held
  clock: Clock
  ids: readonly string[]
  items: ReadonlySet<string | null>
}

function heldSnapshot({ held, clock, ids, items }: Look): Snapshot | null {
  const { self } = held
  if (!self || !ids.every((id) => held.view(id))) return null
  const rules = held.rulesAt(serverNow(self, clock), items)
  return rules && snapshotOf({ self, rules, ids, hidden: [], isRemembered: true, view: (id) => held.view(id) })
}

const serverNow = ({ server }: Self, clock: Clock): number => estimatedNow(server.samples, clock)

interface Found {
  self: Self
  rules: Rules
  ids: readonly string[]
  hidden: readonly string[]
  isRemembered: boolean
  view(id: string): ViewRow | undefined
}

/** Of these ids the ones that have no row. */
const without = (ids: readonly string[], rows: readonly (ViewRow | undefined)[]): string[] =>
  ids.filter((_, index) => !rows[index])

async function withBase(tx: Tx, ids: readonly string[]): Promise<string[]> {
  const bases = await tx.getMany('base', ids)
  return ids.filter((_, index) => bases[index])
}

function snapshotOf({ self, rules, ids, view, ...more }: Found): Snapshot {
  const views = new Map(ids.map((id) => [id, view(id)]))
  const rows = [...views].map(([id, row]) => [id, row ? { ver: row.ver, image: row.image } : null] as const)
  return {
    ...{ device: self.device, stream: self.stream, samples: self.server.samples },
    ...{ rows: new Map<string, Row>(rows), views, ctxv: rules.ctxv, ...more },
    refs: (id) => rules.refs.get(id) ?? { profile: null, item: null, calendars: [] },
  }
}

interface Save {
  snapshot: Snapshot
  written: readonly WrittenAct[]
  actor: Actor
  n: number
}

/** What the act was decided on is no longer what is stored; nothing of it is kept. */
class Moved extends Error {}

/**
 * One strict transaction: outbox, outcomes, base copies, views, draft and stream move together, or false when anything
 * they rest on has moved. The rows are put while the look at it is still under way: a move aborts the transaction.
 */
export async function saveActs({ store }: Engine, save: Save): Promise<boolean> {
  try {
    await store.transact('write', ['meta', 'outbox', 'outcome', 'base', 'view', 'draft'], async (tx) => {
      const { snapshot } = save
      const ids = [...snapshot.views.keys()]
      const unborn = ids.filter((id) => !snapshot.views.get(id))
      const look = Promise.all([tx.get('meta', 'stream'), tx.getMany('view', ids), withBase(tx, unborn)])
      const [[stream, views, hidden]] = await Promise.all([look, writeActs(tx, save)])
      const isSame = ids.every((id, index) => isSameStand(snapshot.views.get(id), views[index]))
      if (!isSame || !isAlike(stream, snapshot.stream) || !isAlike(hidden, snapshot.hidden)) throw new Moved()
    })
  } catch (error) {
    if (error instanceof Moved) return false
    throw error
  }
  return true
}

/** Whether the row is the one decided on; it may also have been found by, or have left, a scope meanwhile. */
function isSameStand(seen: ViewRow | undefined, now: ViewRow | undefined): boolean {
  if (!seen || !now) return seen === now
  return seen.stamp === now.stamp && isAlike(seen.scopes, now.scopes) && isSameContent(seen, now)
}

/**
 * `ver` names the content in one life of the server; over unsettled acts the content itself is looked at: one of them may
 * have been refused or held meanwhile, and is gone beneath the same last act (I8).
 */
function isSameContent(seen: ViewRow, now: ViewRow): boolean {
  if (seen.ver !== now.ver || seen.after !== now.after || seen.life !== now.life) return false
  return now.after === 0 || isAlike(seen.image, now.image)
}

const isAlike = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other)

async function writeActs(tx: Tx, { snapshot, written, actor, n }: Save): Promise<void> {
  const last = written.at(-1)
  if (!last) return
  const latest = [...new Map(written.map((act) => [act.env.aggId, act])).values()]
  await Promise.all([
    tx.put(
      'outbox',
      written.map((act) => outboxRow(act, actor)),
    ),
    tx.put(
      'outcome',
      written.map((act) => outcomeRow(act, { actorName: actor.signer.grant.name, stream: snapshot.stream })),
    ),
    tx.put('base', baseCopies(snapshot, latest)),
    tx.put(
      'view',
      latest.flatMap((act) => viewAfter(act, snapshot)),
    ),
    actor.draftId ? tx.delete('draft', [[actor.signer.grant.actorId, actor.draftId]]) : null,
    ...written.filter(({ env }) => env.type === 'outcome.ack').map(({ env }) => putAway(tx, env.aggId)),
    tx.put('meta', [{ ...snapshot.stream, nextSeq: last.env.seq + 1, chainHead: last.hash, n }]),
  ])
}

/** What its author has answered leaves the pill with the answer, never the record (I13, I24). */
async function putAway(tx: Tx, cmdId: string): Promise<void> {
  const act = await tx.get('outcome', cmdId)
  if (act) await tx.put('outcome', [{ ...act, acknowledged: 1 }])
}

function outboxRow({ env, text, sig, pii }: WrittenAct, actor: Actor): OutboxRow {
  const { streamId, seq, cmdId, kind, aggId } = env
  const { name, roles } = actor.signer.grant
  return { streamId, seq, cmdId, kind, aggId, env: text, sig, pii, actor: { name, roles } }
}

function outcomeRow(
  { env, hash }: WrittenAct,
  { actorName, stream: { ord0 } }: { actorName: string; stream: StreamMeta },
): OutcomeRow {
  const { cmdId, streamId, seq, kind, aggId, type, actorId, wall, off } = env
  return {
    ...{ cmdId, streamId, seq, hash, kind, aggId, type, actorId, actorName, at: wall + off },
    ...{ state: 'pending', open: 1, outcome: null, code: null, detail: null, ver: 0, acknowledged: 0 },
    ...(ord0 ? { ord: ord0 + seq } : {}),
  }
}

/** The base of an aggregate the server has not seen yet. */
function unborn(id: string, kind: string): BaseRow {
  return { id, kind, ver: 0, scopes: [], image: null, stamp: null }
}

/** The confirmed image is set aside the first time an act goes over it, and only then. */
function baseCopies({ views, hidden }: Snapshot, latest: readonly WrittenAct[]): BaseRow[] {
  return latest.flatMap(({ env: { aggId, kind } }) => {
    const view = views.get(aggId)
    const hasBase = view ? view.after > 0 : hidden.includes(aggId)
    return hasBase ? [] : [confirmedOf(undefined, view) ?? unborn(aggId, kind)]
  })
}

/** Without a row the act is about something only the server holds (`held.release`): nothing to show here yet. */
function viewAfter({ env, row }: WrittenAct, snapshot: Snapshot): ViewRow[] {
  const view = snapshot.views.get(env.aggId)
  if (!row) return []
  const followed = new Set([...snapshot.device.windowIds.map((id) => `window:${id}`), 'hall'])
  const scopes =
    view?.scopes ??
    aggregates
      .get(env.kind)
      ?.scopes(row.image)
      .filter((scope) => followed.has(scope)) ??
    []
  const { ver, stamp, life } = confirmedOf(undefined, view) ?? unborn(env.aggId, env.kind)
  const after = (snapshot.stream.ord0 ?? 0) + env.seq
  const origin = { id: env.aggId, kind: env.kind, ver, after, scopes, stamp, ...(life ? { life } : {}) }
  return [viewRow(origin, row)]
}
