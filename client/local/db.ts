import Dexie, { RangeSet, type IntervalTree, type ObservabilitySet } from 'dexie'
import { changedTables, partsOf } from './changed-parts.ts'
import { dexieTx } from './dexie-tx.ts'
import { beginNewLog } from './new-log.ts'
import { rawTransact } from './raw-tx.ts'
import { StorageFault, storageFaultOf } from './storage-fault.ts'
import { storeName } from './store-name.ts'
import type { Hearing, LocalStore, RowChange, TableName, Tx, TxMode } from './store.ts'
import { todaysShape, upgradeRows, type StoreShape } from './upgrade-steps.ts'

const openTries = 3
/** A second tab that holds the old store open this long is asked to close (F33). */
const blockedMs = 3_000

/** What the store asks of the page: reload (a newer app opened it), close other tabs that hold it, or make room. */
export type StoreNotice = 'reload' | 'blocked' | 'full'

/**
 * The tablet's store over Dexie: one connection, every transaction strict (P1, sync.md 2.2), no optimistic cache,
 * so that nothing is seen before it is kept. Failures come out as `StorageFault`.
 */
export class DexieStore implements LocalStore {
  readonly db: Dexie
  readonly #shape: StoreShape
  #isReady = false
  #opening: Promise<void> | null = null
  #notify: (notice: StoreNotice) => void = () => undefined
  readonly #hearings = new Set<Hearing>()
  #isTelling = false

  constructor(name: string, shape = todaysShape()) {
    this.#shape = shape
    this.db = new Dexie(name, {
      chromeTransactionDurability: 'strict',
      cache: 'disabled',
      autoOpen: false,
      indexedDB: globalThis.indexedDB,
      IDBKeyRange: globalThis.IDBKeyRange,
    })
    this.db.version(shape.version).stores(shape.stores)
    this.db.on('versionchange', () => {
      this.db.close()
      this.#notify('reload')
    })
    this.db.on('blocked', () => {
      setTimeout(() => {
        if (!this.db.isOpen()) this.#notify('blocked')
      }, blockedMs)
    })
  }

  /** Who is told when the page must reload or other tabs must close. */
  onNotice(notify: (notice: StoreNotice) => void): void {
    this.#notify = notify
  }

  async transact<R>(mode: TxMode, tables: readonly TableName[], body: (tx: Tx) => Promise<R>): Promise<R> {
    return this.#guarded(() => this.#bare().transact(mode, tables, body))
  }

  /** A key that never leaves this browser (device key, device secret), by its name. */
  async secret<Value>(key: string): Promise<Value | undefined> {
    const row = await this.#guarded(() => this.db.table<{ key: string; value: Value }>('secret').get(key))
    return row?.value
  }

  async keepSecret(key: string, value: unknown): Promise<void> {
    await this.#guarded(() => this.db.table('secret').put({ key, value }))
  }

  /** Hear of changed rows of a table, of this and other tabs: their ids, or null when too many to name. */
  onChanged(table: TableName, listen: (ids: string[] | null) => void): () => void {
    const part = `idb://${this.db.name}/${table}/`
    const hear = (parts: ObservabilitySet) => {
      const tree = (parts as Partial<Record<string, IntervalTree>>)[part]
      // Later: here the transaction that changed them is still Dexie's current one.
      if (tree) setTimeout(() => listen(idsOf(tree)), 0)
    }
    Dexie.on('storagemutated', hear)
    return () => Dexie.on.storagemutated.unsubscribe(hear)
  }

  /** Hear of every transaction of this tab as it is kept, and of tables that another tab has changed. */
  hear(hearing: Hearing): () => void {
    if (this.#hearings.size === 0) Dexie.on('storagemutated', this.#onMutated)
    this.#hearings.add(hearing)
    return () => {
      this.#hearings.delete(hearing)
      if (this.#hearings.size === 0) Dexie.on.storagemutated.unsubscribe(this.#onMutated)
    }
  }

  /** Empty every table unless an act still waits, looked up in the same transaction: another tab may just keep one. */
  async emptyIfSent(): Promise<boolean> {
    return this.#guarded(() =>
      this.db.transaction('rw', this.db.tables, async () => {
        const open = await dexieTx(this.db).byIndex('outcome', 'open+seq', { prefix: [1], limit: 1 })
        if (open.length > 0) return false
        for (const table of this.db.tables) await table.clear()
        return true
      }),
    )
  }

  /** Open, three tries (F31). A store made by a newer app is not touched (F32). */
  async open(): Promise<void> {
    if (this.#isReady && this.db.isOpen()) return
    this.#opening ??= outOfZone(() => this.#openNow()).finally(() => {
      this.#opening = null
    })
    return this.#opening
  }

  close(): void {
    this.db.close()
  }

  async #openNow(): Promise<void> {
    this.#isReady = false
    for (let attempt = 1; !this.#isReady; attempt += 1) {
      try {
        await beginNewLog()
        await refuseNewer(this.db.name, this.#shape.version)
        await this.db.open()
        await upgradeRows(this.#bare(), this.#shape)
        this.#isReady = true
      } catch (error) {
        this.db.close()
        const fault = storageFaultOf(error) ?? new StorageFault('broken', error)
        if (attempt >= openTries || fault.kind === 'newer') throw fault
      }
    }
  }

  /**
   * Without opening first: what opening itself runs on. A live query reads through Dexie, which notes what it read;
   * everything else goes straight to IndexedDB, whose requests need not wait for each other.
   */
  #bare(): LocalStore {
    return {
      transact: (mode, tables, body) =>
        mode === 'read' && isFollowed()
          ? this.db.transaction('r', [...tables], async () => body(dexieTx(this.db)))
          : this.#raw(mode, tables, body),
    }
  }

  async #raw<R>(mode: TxMode, tables: readonly TableName[], body: (tx: Tx) => Promise<R>): Promise<R> {
    const writes: RowChange[] = []
    const tell = () => this.#tell(writes)
    try {
      return await rawTransact(this.db.backendDB(), { mode, tables, writes, tell }, body)
    } catch (error) {
      // The browser has taken the connection away (seen after long background): Dexie would open it again, so do we.
      if (!isClosing(error)) throw error
      this.db.close({ disableAutoOpen: false })
      await beginNewLog()
      await this.db.open()
      return rawTransact(this.db.backendDB(), { mode, tables, writes, tell }, body)
    }
  }

  /** Kept: whoever holds rows in memory hears it at once, Dexie's live queries and other tabs a moment later. */
  #tell(changes: readonly RowChange[]): void {
    if (changes.length === 0) return
    const tables = new Set(changes.map(({ table }) => table))
    for (const hearing of this.#hearings) hearing(changes, tables)
    setTimeout(() => {
      this.#isTelling = true
      Dexie.on.storagemutated.fire(partsOf(this.db.name, changes))
      this.#isTelling = false
    }, 0)
  }

  readonly #onMutated = (parts: ObservabilitySet): void => {
    if (this.#isTelling) return
    const tables = changedTables(this.db.name, parts)
    if (tables.size > 0) for (const hearing of this.#hearings) hearing(null, tables)
  }

  async #guarded<R>(work: () => PromiseLike<R>): Promise<R> {
    await this.open()
    try {
      return await work()
    } catch (error) {
      const fault = storageFaultOf(error)
      if (fault?.kind === 'full') this.#notify('full')
      throw fault ?? error
    }
  }
}

/** Whether a live query of Dexie's is what reads now; when that cannot be told, it is taken to be one. */
function isFollowed(): boolean {
  const { PSD: zone } = Dexie.Promise as unknown as { PSD?: { subscr?: unknown } }
  return zone ? zone.subscr !== undefined : true
}

/** The connection is closing: its transaction never began. */
const isClosing = (error: unknown): boolean => error instanceof DOMException && error.name === 'InvalidStateError'

/** A live query may be what opens the store first, and Dexie lets it write nothing: opening is nobody's query. */
function outOfZone<R>(work: () => Promise<R>): Promise<R> {
  return new Promise((resolve, reject) => {
    setTimeout(() => void work().then(resolve, reject), 0)
  })
}

/** Dexie would open a newer app's store, and even add to it what it misses: looked up before it may. */
async function refuseNewer(name: string, version: number): Promise<void> {
  const held = (await indexedDB.databases()).find((one) => one.name === name)
  if ((held?.version ?? 0) > version * 10) throw new StorageFault('newer')
}

function idsOf(tree: IntervalTree): string[] | null {
  const ids: string[] = []
  // What comes from another tab is a copy without methods; Dexie's constructor, called plainly, gives them back.
  for (const { from, to } of RangeSet(tree)) {
    if (from !== to || typeof from !== 'string') return null
    ids.push(from)
  }
  return ids
}

let theStore: DexieStore | null = null

/** The one store of this browser. */
export function tabletStore(): DexieStore {
  theStore ??= new DexieStore(storeName())
  return theStore
}

/** Let go of the store, as the browser does when a page ends: the next `tabletStore()` opens anew. */
export function closeTabletStore(): void {
  theStore?.close()
  theStore = null
}
