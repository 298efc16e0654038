import {
  aggKey,
  StoreConflict,
  type AggRef,
  type AppendBatch,
  type Loaded,
  type LoadRequest,
  type LogEntry,
  type Page,
  type PageRequest,
  type ScopeWrite,
  type StoredGrant,
  type StoredImage,
  type StoredResult,
  type StreamState,
} from '../../server/sync/store-verbs.ts'
import type { OpenRequest } from '../../server/sync/open-request.ts'
import { deepFreeze } from './deep-freeze.ts'
import { linkAfter, sha256 } from './keys.ts'
import { heldIn } from './memory-held.ts'
import { MemoryLanes, type Lane } from './memory-lanes.ts'
import { versionsIn } from './memory-versions.ts'
import { ScopeIndex, type Grouped } from './memory-scopes.ts'
import { openByPush, streamKey } from './memory-streams.ts'

/** A row of `command_log`. */
export interface LogRow extends LogEntry {
  pos: number
  streamId: string
  branch: number
  link: string
}

type Stream = Omit<StreamState, 'lastLo' | 'lastEnv'>

/** All tables at one moment. */
export interface Backup {
  head: string
  log: readonly LogRow[]
  streams: ReadonlyMap<string, Stream>
  images: ReadonlyMap<string, StoredImage & AggRef>
  scopes: ScopeIndex
  lanes: ReadonlyMap<string, Lane>
}

/** The hall's database: the same tables and the same checks as `append_batch`, each verb at one moment. */
export class MemoryDb {
  readonly hallId: string
  epoch: string
  head: string
  readonly log: LogRow[] = []
  readonly streams = new Map<string, Stream>()
  readonly images = new Map<string, StoredImage & AggRef>()
  scopes = new ScopeIndex()
  /** How many entries of the scope index a page took. */
  readonly cost = new WeakMap<Page, number>()
  left = 0 // how often an aggregate left a scope
  readonly lanes = new MemoryLanes()
  readonly grants = new Map<string, StoredGrant>()
  /** Told of each batch once it is written. */
  readonly afterWrite: ((rows: readonly LogRow[], batch: AppendBatch) => void)[] = []
  /** Told when an older state has been put back. */
  readonly afterRestore: (() => void)[] = []
  readonly #rowsOf = new Map<string, LogRow[]>()
  readonly #byCmdId = new Map<string, LogRow>()
  readonly #numbers = new Set<string>()

  constructor(hallId: string, epoch: string) {
    this.hallId = hallId
    this.epoch = epoch
    this.head = sha256(hallId)
  }

  openStream(streamId: string, stream: { deviceId: string; lane: string | null }): void {
    this.streams.set(streamId, { ...stream, lastSeq: 0, chain: sha256(streamId), closedAt: null })
    if (stream.lane) this.lanes.take(stream.lane, { deviceId: stream.deviceId, streamId })
  }

  open(request: OpenRequest): boolean {
    return openByPush(this, request)
  }

  backup(): Backup {
    const { head, log, streams, images, scopes, lanes } = this
    const held = { streams: new Map(streams), images: new Map(images), scopes: new ScopeIndex(scopes) }
    return { head, log: [...log], ...held, lanes: lanes.copy() }
  }

  /** An older state is put back (F48); the runbook also gives it a new epoch, a careless hand does not. */
  restore(backup: Backup, epoch: string): void {
    this.lanes.restore(backup.lanes)
    if (epoch !== this.epoch) this.lanes.setAside(8)
    this.epoch = epoch
    this.head = backup.head
    this.scopes = new ScopeIndex(backup.scopes)
    refill(this.streams, backup.streams)
    refill(this.images, backup.images)
    this.log.length = 0
    for (const index of [this.#rowsOf, this.#byCmdId]) index.clear()
    this.#numbers.clear()
    for (const row of backup.log) this.#file(row)
    for (const { kind, image } of this.images.values())
      if (kind === 'case') this.#numbers.add((image as { number: string }).number)
    for (const look of this.afterRestore) look()
  }

  rowsOf(streamId: string, branch = 0): LogRow[] {
    return this.#rowsOf.get(streamKey(streamId, branch)) ?? []
  }

  byCmdId(cmdId: string): LogRow | undefined {
    return this.#byCmdId.get(cmdId)
  }

  load(request: LoadRequest): Loaded {
    const stream = this.streams.get(streamKey(request.streamId, request.branch))
    const rows = this.rowsOf(request.streamId, request.branch)
    const about = heldIn(this, request)
    const found = [...request.aggs, ...about.refs].map((agg) => [aggKey(agg), this.images.get(aggKey(agg))] as const)
    const { from, to } = request.seqs
    const isAsked = ({ seq }: LogRow) => (seq >= from && seq <= to) || (request.afters ?? []).includes(seq)
    return {
      epoch: this.epoch,
      hallPos: this.log.length,
      stream: stream ? { ...stream, lastLo: rows.at(-1)?.lo ?? null, lastEnv: rows.at(-1)?.envelope ?? null } : null,
      images: new Map(found.flatMap(([key, image]) => (image ? [[key, image]] : []))),
      grants: [...request.grantIds, ...about.grantIds].flatMap((id) => this.grants.get(id) ?? []),
      results: rows.filter(isAsked).map(resultOf),
      knownCmdIds: request.cmdIds.filter((id) => this.#byCmdId.has(id)),
      knownNumbers: request.numbers.filter((number) => this.#numbers.has(number)),
      versions: versionsIn(this),
      held: about.held,
    }
  }

  append(batch: AppendBatch): number {
    this.#check(batch)
    return this.write(batch)
  }

  #check(batch: AppendBatch): void {
    checkForm(batch)
    if (this.streams.get(streamKey(batch.streamId, batch.branch))?.lastSeq !== batch.lastSeq)
      throw new StoreConflict('the stream has moved')
    const rested = [...batch.images.map((image) => ({ ...image, ver: image.ver0 })), ...(batch.reads ?? [])]
    if (rested.some((image) => (this.images.get(aggKey(image))?.ver ?? 0) !== image.ver))
      throw new StoreConflict('an image has moved')
    if (batch.log.some((entry) => this.#byCmdId.has(entry.cmdId))) throw new StoreConflict('a cmdId is known')
  }

  /** Write a batch as it is. Only a planted bug comes here without the checks. */
  write(batch: AppendBatch): number {
    const start = this.log.length
    const key = streamKey(batch.streamId, batch.branch)
    this.streams.set(key, { ...this.streams.get(key)!, lastSeq: batch.seq, chain: batch.chain })
    for (const { kind, id, ver, image } of batch.images) {
      this.images.set(aggKey({ kind, id }), deepFreeze({ kind, id, ver, image }))
      if (kind === 'case') this.#numbers.add((image as { number: string }).number)
    }
    for (const entry of batch.log) this.#log(batch, entry)
    for (const write of batch.scopes) this.#index(write, start)
    for (const delta of batch.digests) this.scopes.moveDigest(delta)
    for (const look of this.afterWrite) look(this.log.slice(start), batch)
    return this.log.length
  }

  #log({ streamId, branch }: AppendBatch, entry: LogEntry): void {
    const pos = this.log.length + 1
    this.head = linkAfter(this.head, pos, entry)
    this.#file(deepFreeze({ ...entry, pos, streamId, branch, link: this.head }))
  }

  #file(row: LogRow): void {
    this.log.push(row)
    this.#byCmdId.set(row.cmdId, row)
    const key = streamKey(row.streamId, row.branch)
    const own = this.#rowsOf.get(key)
    if (own) own.push(row)
    else this.#rowsOf.set(key, [row])
  }

  #index({ kind, id, scope, ord, ver, op }: ScopeWrite, start: number): void {
    if (op === 'leave') this.left += 1
    this.scopes.write({ kind, id, scope, ver, op, pos: start + ord })
  }

  /** As `forget_leaves`: up to the first act that is not older than the moment. Returns the horizon. */
  forgetLeaves(before: number): number {
    const young = this.log.find(({ pos, receivedAt }) => pos > this.scopes.horizon && receivedAt >= before)
    this.scopes.forgetLeaves(young ? young.pos - 1 : this.log.length)
    return this.scopes.horizon
  }

  page(request: PageRequest): Page {
    this.scopes.reads = 0
    const page = this.#read(request)
    this.cost.set(page, this.scopes.reads)
    return page
  }

  #read(request: PageRequest): Page {
    const { since, scopes } = request
    const entries = since === null ? this.scopes.touched(request) : this.scopes.changed(request, since)
    const isFull = entries.length >= request.limit
    const pos = this.log.length
    const reached = isFull ? entries.at(-1)!.pos : pos
    const own = this.#answersTo(request)
    return {
      epoch: this.epoch,
      ...own,
      rows: entries.filter((one) => one.set.length > 0).map((one) => this.#rowOf(one)),
      leaves: entries.flatMap(({ kind, id, pos: at, gone }) => gone.map((scope) => ({ kind, id, scope, pos: at }))),
      pos,
      cursor: since === null ? null : reached,
      isPast: this.scopes.isPast(request),
      digests: since === null ? {} : Object.fromEntries(scopes.map((one) => [one, this.scopes.digestOf(one)])),
    }
  }

  #answersTo({ streamId, branch, spareOf, firstUnsettled }: PageRequest): Pick<Page, 'lastSeq' | 'results' | 'spare'> {
    const rows = streamId === null ? [] : this.rowsOf(streamId, branch)
    return {
      lastSeq: this.streams.get(streamKey(streamId ?? '', branch))?.lastSeq ?? 0,
      results: rows.filter(({ seq }) => seq >= firstUnsettled).map(resultOf),
      spare: spareOf ? this.lanes.spareOf(spareOf) : null,
    }
  }

  #rowOf({ kind, id, set, pos }: Grouped): Page['rows'][number] {
    const { ver, image } = this.images.get(aggKey({ kind, id }))!
    return { kind, id, ver, scopes: set, image, pos }
  }
}

function refill<K, V>(held: Map<K, V>, from: ReadonlyMap<K, V>): void {
  held.clear()
  for (const [key, value] of from) held.set(key, value)
}

/** What `append_batch` refuses as a mistake of its caller (22023). */
function checkForm({ log, seq, lastSeq, images }: AppendBatch): void {
  const isInOrder = log.every((entry, i) => entry.seq === lastSeq + 1 + i)
  if (log.length === 0 || seq !== lastSeq + log.length || !isInOrder)
    throw new Error('a batch holds lastSeq + 1 to seq')
  if (images.some((image) => image.ver <= image.ver0)) throw new Error('an image rises in version')
}

function resultOf({ seq, cmdId, hash, outcome, code, detail, ver }: LogRow): StoredResult {
  return { seq, cmdId, hash, outcome, code, detail, ver }
}
