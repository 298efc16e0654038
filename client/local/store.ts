import type { Json } from '../../shared/core/canonical.ts'
import type { PiiValues } from '../../shared/core/envelope.ts'
import type { Actor } from '../../shared/core/kernel.ts'
import type { Digest } from '../../shared/core/digest.ts'
import type { Outcome } from '../../shared/core/outcome.ts'
import type { RescueKey } from '../../shared/wire/rescue.ts'
import type { ActorRow } from './actor-row.ts'

export type { ActorRow } from './actor-row.ts'

/** What the tablet is, once enrolled; `token` authenticates the device, never a person. */
export interface DeviceMeta {
  key: 'device'
  deviceId: string
  token: string
  kind: 'tablet' | 'browser'
  hallId: string
  hallName: string
  windowIds: string[]
  lanes: string[]
  serverKey: JsonWebKey
}

/** The tablet's one ordered stream: what the next command gets. `n` counts case numbers of this lane. */
export interface StreamMeta {
  key: 'stream'
  streamId: string
  lane: string | null
  nextSeq: number
  chainHead: string
  n: number
  /** Acts before this stream's first (none: 0), their streams, and the lanes of those that a push opened (2.2, 3.5). */
  ord0?: number
  former?: string[]
  formerLanes?: Record<string, string | null>
}

/** What is known of the server. */
export interface ServerMeta {
  key: 'server'
  epoch: string | null
  samples: ClockSample[]
  halted: 'fork' | 'server-too-old' | 'upgrade-required' | null
  /** The latest position of the hall that a frame was of, in this epoch. */
  pos?: number
  /** How often the server was found older (sync.md 3.5; none: 0), and streams to look up since then. */
  life?: number
  recheck?: { streamId: string; branch: number }[]
}

/** Version of the rows this store holds, checked by us: Dexie opens an older app's store without a word (sync.md §8). */
export interface SchemaMeta {
  key: 'schema'
  version: number
}

/** The key that rescue files of this tablet are locked for (sync.md 2.5), and when the server gave it. */
export interface RescueMeta extends RescueKey {
  key: 'rescue'
  at: number
}

/** Written by the tab that leads while it works; `beat` changes with each, its value means nothing (sync.md 2.3). */
export interface LeaseMeta {
  key: 'lease'
  beat: string
}

/**
 * One exchange: `off` = server − tablet (ms), `err` = half the round trip, at `mono` of this `boot` and at `wall` by the
 * tablet, which samples of older builds lack.
 */
export interface ClockSample {
  off: number
  err: number
  mono: number
  boot: string
  wall?: number
}

/** An act, kept for ever as it was signed (sync.md 2: never changed). */
export interface OutboxRow {
  streamId: string
  seq: number
  cmdId: string
  kind: string
  aggId: string
  env: string
  sig: string
  pii: PiiValues
  actor: Actor
}

/** What became of an act. `open` is 1 until it is settled, so that open ones are found by index. */
export interface OutcomeRow {
  cmdId: string
  streamId: string
  seq: number
  hash: string
  kind: string
  aggId: string
  type: string
  actorId: string
  actorName: string
  at: number
  state: 'pending' | 'decided' | 'settled'
  open: 0 | 1
  outcome: Outcome | null
  code: string | null
  detail: Record<string, Json> | null
  ver: number
  /** A refusal stays on the pill until its author has seen it. */
  acknowledged: 0 | 1
  /** Place among all acts of this tablet (none: `seq`), branch (none: 0), what a lost life of the server had decided. */
  ord?: number
  branch?: number
  prior?: { outcome: Outcome; ver: number; life: number; isGone: boolean }
}

/** What the UI reads: the confirmed image plus this tablet's unsettled acts. */
export interface ViewRow {
  id: string
  kind: string
  /** Version of the confirmed image beneath; 0 when the server has none yet. */
  ver: number
  /** Place (`ord`) of the last own unsettled act folded in; 0 when none. With `ver` it names the content exactly. */
  after: number
  shelf: string
  at: number
  keys: string[]
  scopes: string[]
  image: Record<string, Json>
  /** Snapshot this row was last seen in, and the life of the server that told of it (none: 0). */
  stamp: string | null
  life?: number
}

/** The confirmed image of an aggregate with unsettled acts; `image` null when the server has none yet. */
export interface BaseRow {
  id: string
  kind: string
  ver: number
  scopes: string[]
  image: Record<string, Json> | null
  stamp: string | null
  life?: number
}

/** A half-filled form, its author's alone. */
export interface DraftRow {
  actorId: string
  formId: string
  at: number
  value: Json
}

/**
 * A followed scope and how far it has been pulled; `stamp` marks a snapshot in progress. `digest` is that of the rows
 * held (sync.md 4.6), counted from all of them at `countedAt`; absent until the first count. `redone`: when the scope was
 * last begun again because they differed, how often since they last agreed, and ever. `began`: the hall's position then. */
export interface ScopeRow {
  scope: string
  cursor: number
  stamp: string | null
  began?: number
  digest?: Digest
  countedAt?: number
  redone?: { at: number; tries: number; times: number }
}

/** Rows by table. */
export interface Tables {
  meta: DeviceMeta | StreamMeta | ServerMeta | SchemaMeta | RescueMeta | LeaseMeta
  actor: ActorRow
  outbox: OutboxRow
  outcome: OutcomeRow
  view: ViewRow
  base: BaseRow
  draft: DraftRow
  scope: ScopeRow
}
export type TableName = keyof Tables

/** Primary key of each table, and the indexes read by the engine; their names are their fields joined by `+`. */
export const keyPaths: { [T in TableName]: string | string[] } = {
  meta: 'key',
  actor: 'actorId',
  outbox: ['streamId', 'seq'],
  outcome: 'cmdId',
  view: 'id',
  base: 'id',
  draft: ['actorId', 'formId'],
  scope: 'scope',
}

/** By table; an index's name is its fields joined by `+`. */
export const indexes: { [T in TableName]: string[] } = {
  meta: [],
  actor: [],
  outbox: [],
  outcome: ['open+seq', 'aggId+open+seq', 'state+seq', 'outcome+acknowledged+seq'],
  view: ['kind+shelf+at', '*keys', '*scopes'],
  base: [],
  draft: [],
  scope: [],
}

/** A primary or index key. */
export type Key = string | number | (string | number)[]

/** Reads and writes inside one transaction. */
export interface Tx {
  get<T extends TableName>(table: T, key: Key): Promise<Tables[T] | undefined>
  /** One row or undefined for each key, in the keys' order. */
  getMany<T extends TableName>(table: T, keys: readonly Key[]): Promise<(Tables[T] | undefined)[]>
  put<T extends TableName>(table: T, rows: readonly Tables[T][]): Promise<void>
  delete(table: TableName, keys: readonly Key[]): Promise<void>
  all<T extends TableName>(table: T): Promise<Tables[T][]>
  /** Rows whose compound index begins with `prefix`, in index order. */
  byIndex<T extends TableName>(table: T, index: string, range: IndexRange): Promise<Tables[T][]>
}

/** A prefix of a compound index and how many rows at most. */
export interface IndexRange {
  prefix: (string | number)[]
  limit?: number
}

/** A row that a transaction has put, or (null) deleted. */
export interface RowChange {
  table: TableName
  key: Key
  row: Tables[TableName] | null
}

/** In the order they were written: the last word on a key holds. */
export type Writes = RowChange[]

/** Hears what has been kept: the changes of one transaction of this tab, or the tables another tab has changed. */
export type Hearing = (own: readonly RowChange[] | null, tables: ReadonlySet<TableName>) => void

/**
 * The tablet's store: transactions over named tables, all or nothing, on the disk before they resolve (sync.md 2.2).
 */
export interface LocalStore {
  transact<R>(mode: TxMode, tables: readonly TableName[], body: (tx: Tx) => Promise<R>): Promise<R>
  /** Only to be faster: notifications may be missed, so nothing that must be right may rest on them. */
  hear?(hearing: Hearing): () => void
}
export type TxMode = 'read' | 'write'
