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
import { deepFreeze } from './deep-freeze.ts'
import { linkAfter, sha256 } from './keys.ts'

/** A row of `command_log`. */
export interface LogRow extends LogEntry {
  pos: number
  streamId: string
  link: string
}

/** One entry of the scope index. */
export interface ScopeEntry extends AggRef {
  scope: string
  pos: number
  ver: number
  op: 'set' | 'leave'
}

type Stream = Omit<StreamState, 'lastLo'>

/** The hall's database: the same tables and the same checks as `append_batch`, each verb at one moment. */
export class MemoryDb {
  readonly hallId: string
  readonly epoch: string
  head: string
  readonly log: LogRow[] = []
  readonly streams = new Map<string, Stream>()
  readonly images = new Map<string, StoredImage & AggRef>()
  readonly scopes = new Map<string, ScopeEntry>()
  /** How often an aggregate left a scope. */
  left = 0
  readonly grants = new Map<string, StoredGrant>()
  /** Told of each batch once it is written. */
  readonly afterWrite: ((rows: readonly LogRow[], batch: AppendBatch) => void)[] = []
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
  }

  rowsOf(streamId: string): LogRow[] {
    return this.#rowsOf.get(streamId) ?? []
  }

  byCmdId(cmdId: string): LogRow | undefined {
    return this.#byCmdId.get(cmdId)
  }

  load(request: LoadRequest): Loaded {
    const stream = this.streams.get(request.streamId)
    const rows = this.rowsOf(request.streamId)
    const found = request.aggs.map((agg) => [aggKey(agg), this.images.get(aggKey(agg))] as const)
    const { from, to } = request.seqs
    return {
      epoch: this.epoch,
      hallPos: this.log.length,
      stream: stream ? { ...stream, lastLo: rows.at(-1)?.lo ?? null } : null,
      images: new Map(found.flatMap(([key, image]) => (image ? [[key, image]] : []))),
      grants: request.grantIds.flatMap((id) => this.grants.get(id) ?? []),
      results: rows.filter(({ seq }) => seq >= from && seq <= to).map(resultOf),
      knownCmdIds: request.cmdIds.filter((id) => this.#byCmdId.has(id)),
      knownNumbers: request.numbers.filter((number) => this.#numbers.has(number)),
    }
  }

  append(batch: AppendBatch): number {
    this.#check(batch)
    return this.write(batch)
  }

  #check(batch: AppendBatch): void {
    checkForm(batch)
    if (this.streams.get(batch.streamId)?.lastSeq !== batch.lastSeq) throw new StoreConflict('the stream has moved')
    const isStale = batch.images.some((image) => (this.images.get(aggKey(image))?.ver ?? 0) !== image.ver0)
    if (isStale) throw new StoreConflict('an image has moved')
    if (batch.log.some((entry) => this.#byCmdId.has(entry.cmdId))) throw new StoreConflict('a cmdId is known')
  }

  /** Write a batch as it is. Only a planted bug comes here without the checks. */
  write(batch: AppendBatch): number {
    const start = this.log.length
    this.streams.set(batch.streamId, { ...this.streams.get(batch.streamId)!, lastSeq: batch.seq, chain: batch.chain })
    for (const { kind, id, ver, image } of batch.images) {
      this.images.set(aggKey({ kind, id }), deepFreeze({ kind, id, ver, image }))
      if (kind === 'case') this.#numbers.add((image as { number: string }).number)
    }
    for (const entry of batch.log) this.#log(batch.streamId, entry)
    for (const write of batch.scopes) this.#index(write, start)
    for (const look of this.afterWrite) look(this.log.slice(start), batch)
    return this.log.length
  }

  #log(streamId: string, entry: LogEntry): void {
    const pos = this.log.length + 1
    this.head = linkAfter(this.head, pos, entry)
    const row: LogRow = deepFreeze({ ...entry, pos, streamId, link: this.head })
    this.log.push(row)
    this.#byCmdId.set(row.cmdId, row)
    this.#rowsOf.set(streamId, [...this.rowsOf(streamId), row])
  }

  #index({ kind, id, scope, ord, ver, op }: ScopeWrite, start: number): void {
    if (op === 'leave') this.left += 1
    this.scopes.set(`${scope} ${aggKey({ kind, id })}`, { kind, id, scope, ver, op, pos: start + ord })
  }

  page(request: PageRequest): Page {
    const entries = request.since === null ? this.#touched(request) : this.#changed(request, request.since)
    const isFull = entries.length >= request.limit
    const pos = this.log.length
    const reached = isFull ? entries.at(-1)!.pos : pos
    const own = request.streamId === null ? [] : this.rowsOf(request.streamId)
    return {
      epoch: this.epoch,
      lastSeq: own.length > 0 ? this.streams.get(request.streamId ?? '')!.lastSeq : 0,
      results: own.filter(({ seq }) => seq >= request.firstUnsettled).map(resultOf),
      rows: entries.filter((one) => one.set.length > 0).map((one) => this.#rowOf(one)),
      leaves: entries.flatMap(({ kind, id, pos: at, gone }) => gone.map((scope) => ({ kind, id, scope, pos: at }))),
      pos,
      cursor: request.since === null ? null : reached,
    }
  }

  #rowOf({ kind, id, set, pos }: Grouped): Page['rows'][number] {
    const { ver, image } = this.images.get(aggKey({ kind, id }))!
    return { kind, id, ver, scopes: set, image, pos }
  }

  #touched({ scopes, touched }: PageRequest): Grouped[] {
    const wanted = new Set(touched.map(aggKey))
    const found = [...this.scopes.values()].filter((one) => wanted.has(aggKey(one)) && scopes.includes(one.scope))
    return group(found, aggKey)
  }

  #changed({ scopes, limit }: PageRequest, since: number): Grouped[] {
    const found = scopes.flatMap((scope) =>
      [...this.scopes.values()]
        .filter((one) => one.scope === scope && one.pos > since && (since > 0 || one.op === 'set'))
        .toSorted((a, b) => a.pos - b.pos)
        .slice(0, limit),
    )
    return group(found, (one) => `${one.pos} ${aggKey(one)}`).slice(0, limit)
  }
}

/** What `append_batch` refuses as a mistake of its caller (22023). */
function checkForm({ log, seq, lastSeq, images }: AppendBatch): void {
  const isInOrder = log.every((entry, i) => entry.seq === lastSeq + 1 + i)
  if (log.length === 0 || seq !== lastSeq + log.length || !isInOrder)
    throw new Error('a batch holds lastSeq + 1 to seq')
  if (images.some((image) => image.ver <= image.ver0)) throw new Error('an image rises in version')
}

interface Grouped extends AggRef {
  pos: number
  set: string[]
  gone: string[]
}

/** A change that shows in two scopes is one entry. */
function group(entries: readonly ScopeEntry[], keyOf: (entry: ScopeEntry) => string): Grouped[] {
  const groups = new Map<string, Grouped>()
  for (const entry of entries) {
    const { kind, id, pos, scope, op } = entry
    const key = keyOf(entry)
    const held = groups.get(key) ?? { kind, id, pos, set: [], gone: [] }
    held.pos = Math.max(held.pos, pos)
    ;(op === 'set' ? held.set : held.gone).push(scope)
    groups.set(key, held)
  }
  return [...groups.values()].toSorted((a, b) => a.pos - b.pos)
}

function resultOf({ seq, cmdId, hash, outcome, code, detail, ver }: LogRow): StoredResult {
  return { seq, cmdId, hash, outcome, code, detail, ver }
}
