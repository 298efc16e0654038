import type { Refs } from '../../shared/core/command.ts'
import type { ContextVersions, Envelope, PiiValues } from '../../shared/core/envelope.ts'
import type { Row } from '../../shared/core/kernel.ts'
import type { Verdict } from '../../shared/core/outcome.ts'
import { aggregates } from '../../shared/aggregates.ts'
import { currentVersions } from './current-versions.ts'
import type { ActDraft, Actor } from './act-types.ts'
import type { Engine } from './engine.ts'
import { deviceMeta, serverMeta, streamMeta } from './meta.ts'
import { readRefs } from './refs.ts'
import type { BaseRow, ClockSample, DeviceMeta, OutboxRow, OutcomeRow, StreamMeta, Tx, ViewRow } from './store.ts'
import { confirmedOf, viewRow } from './view.ts'

/** What an act is decided on: read in one transaction, checked again when it is saved. */
export interface Snapshot {
  device: DeviceMeta
  stream: StreamMeta
  samples: ClockSample[]
  rows: ReadonlyMap<string, Row>
  /** `ver` and `after` of each row read: together they name its content. */
  standing: ReadonlyMap<string, { ver: number; after: number }>
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

/** Read all that the drafts rest on. Throws when the tablet is not enrolled. */
export async function readSnapshot(engine: Engine, drafts: readonly ActDraft[]): Promise<Snapshot> {
  return engine.store.transact('read', ['meta', 'view'], async (tx) => {
    const { device, stream } = await readStream(tx)
    const { samples } = await serverMeta(tx)
    const rows = new Map<string, Row>()
    const standing = new Map<string, { ver: number; after: number }>()
    for (const aggId of new Set(drafts.map((draft) => draft.aggId))) {
      const view = await tx.get('view', aggId)
      rows.set(aggId, view ? { ver: view.ver, image: view.image } : null)
      standing.set(aggId, standingOf(view))
    }
    const ctxv = await currentVersions(tx, engine.clock.wall() + (samples.at(-1)?.off ?? 0))
    const refs = new Map<string | null, Refs>()
    for (const itemId of new Set(drafts.map((draft) => draft.itemId))) {
      refs.set(itemId, await readRefs(tx, { ...ctxv, item: itemId }))
    }
    return {
      device,
      stream,
      samples,
      rows,
      standing,
      ctxv,
      refs: (id) => refs.get(id) ?? { profile: null, item: null, calendars: [] },
    }
  })
}

async function readStream(tx: Tx): Promise<{ device: DeviceMeta; stream: StreamMeta }> {
  const device = await deviceMeta(tx)
  const stream = await streamMeta(tx)
  if (!device || !stream) throw new Error('this browser is not enrolled')
  return { device, stream }
}

function standingOf(view: ViewRow | undefined): { ver: number; after: number } {
  return { ver: view?.ver ?? 0, after: view?.after ?? 0 }
}

interface Save {
  snapshot: Snapshot
  written: readonly WrittenAct[]
  actor: Actor
  n: number
}

/** One strict transaction: outbox, outcomes, base copies, views, draft and stream move together, or false when anything read has moved. */
export async function saveActs(engine: Engine, save: Save): Promise<boolean> {
  return engine.store.transact('write', ['meta', 'outbox', 'outcome', 'base', 'view', 'draft'], async (tx) => {
    const { stream } = await readStream(tx)
    const { snapshot } = save
    if (stream.streamId !== snapshot.stream.streamId || stream.nextSeq !== snapshot.stream.nextSeq) return false
    if (stream.chainHead !== snapshot.stream.chainHead) return false
    const views = new Map<string, ViewRow | undefined>()
    for (const [aggId, seen] of snapshot.standing) {
      const view = await tx.get('view', aggId)
      const now = standingOf(view)
      if (now.ver !== seen.ver || now.after !== seen.after) return false
      views.set(aggId, view)
    }
    await writeActs(tx, save, { stream, views })
    return true
  })
}

async function writeActs(
  tx: Tx,
  { snapshot, written, actor, n }: Save,
  { stream, views }: { stream: StreamMeta; views: Map<string, ViewRow | undefined> },
): Promise<void> {
  const last = written.at(-1)
  if (!last) return
  await tx.put(
    'outbox',
    written.map((act) => outboxRow(act, actor)),
  )
  await tx.put(
    'outcome',
    written.map((act) => outcomeRow(act, actor.signer.grant.name)),
  )
  await tx.put('base', await baseCopies(tx, written, views))
  const latest = new Map(written.map((act) => [act.env.aggId, act]))
  await tx.put(
    'view',
    [...latest.values()].map((act) => viewAfter(act, { view: views.get(act.env.aggId), snapshot })),
  )
  if (actor.draftId) await tx.delete('draft', [[actor.signer.grant.actorId, actor.draftId]])
  await tx.put('meta', [{ ...stream, nextSeq: last.env.seq + 1, chainHead: last.hash, n }])
}

function outboxRow({ env, text, sig, pii }: WrittenAct, actor: Actor): OutboxRow {
  const { streamId, seq, cmdId, kind, aggId } = env
  const { name, roles } = actor.signer.grant
  return { streamId, seq, cmdId, kind, aggId, env: text, sig, pii, actor: { name, roles } }
}

function outcomeRow({ env, hash }: WrittenAct, actorName: string): OutcomeRow {
  const { cmdId, streamId, seq, kind, aggId, type, actorId, wall, off } = env
  return {
    ...{ cmdId, streamId, seq, hash, kind, aggId, type, actorId, actorName, at: wall + off },
    ...{ state: 'pending', open: 1, outcome: null, code: null, detail: null, ver: 0, acknowledged: 0 },
  }
}

/** The base of an aggregate the server has not seen yet. */
function unborn(id: string, kind: string): BaseRow {
  return { id, kind, ver: 0, scopes: [], image: null, stamp: null }
}

/** The confirmed image is set aside the first time an act goes over it, and only then. */
async function baseCopies(
  tx: Tx,
  written: readonly WrittenAct[],
  views: Map<string, ViewRow | undefined>,
): Promise<BaseRow[]> {
  const copies: BaseRow[] = []
  for (const [id, kind] of new Map(written.map((act) => [act.env.aggId, act.env.kind]))) {
    if (!(await tx.get('base', id))) copies.push(confirmedOf(undefined, views.get(id)) ?? unborn(id, kind))
  }
  return copies
}

function viewAfter(
  { env, row }: WrittenAct,
  { view, snapshot }: { view: ViewRow | undefined; snapshot: Snapshot },
): ViewRow {
  if (!row) throw new Error('an act that stands leaves an image')
  const followed = new Set([...snapshot.device.windowIds.map((id) => `window:${id}`), 'hall'])
  const scopes =
    view?.scopes ??
    aggregates
      .get(env.kind)
      ?.scopes(row.image)
      .filter((scope) => followed.has(scope)) ??
    []
  const origin = {
    id: env.aggId,
    kind: env.kind,
    ver: view?.ver ?? 0,
    after: env.seq,
    scopes,
    stamp: view?.stamp ?? null,
  }
  return viewRow(origin, row)
}
