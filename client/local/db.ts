import Dexie, { RangeSet, type IntervalTree, type ObservabilitySet, type Table } from 'dexie'
import { StorageFault, storageFaultOf } from './storage-fault.ts'
import type { IndexRange, Key, LocalStore, TableName, Tables, Tx, TxMode } from './store.ts'
import { dexieIndex, todaysShape, upgradeRows, type StoreShape } from './upgrade-steps.ts'

const openTries = 3
/** A second tab that holds the old store open this long is asked to close (F33). */
const blockedMs = 3_000

/** What the store asks of the page: reload (a newer app opened it), or close other tabs that hold it. */
export type StoreNotice = 'reload' | 'blocked'

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

  /** Without opening first: what opening itself runs on. */
  #bare(): LocalStore {
    return {
      transact: (mode, tables, body) =>
        this.db.transaction(mode === 'write' ? 'rw' : 'r', [...tables], async () => body(dexieTx(this.db))),
    }
  }

  async #guarded<R>(work: () => PromiseLike<R>): Promise<R> {
    await this.open()
    try {
      return await work()
    } catch (error) {
      throw storageFaultOf(error) ?? error
    }
  }
}

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

/** Reads and writes of the transaction that is current in Dexie's zone. */
function dexieTx(db: Dexie): Tx {
  const of = <T extends TableName>(name: T): Table<Tables[T], Key> => db.table<Tables[T], Key>(name)
  return {
    get: async (table, key) => of(table).get(key),
    getMany: async (table, keys) => of(table).bulkGet([...keys]),
    put: async (table, rows) => {
      if (rows.length > 0) await of(table).bulkPut(rows)
    },
    delete: async (table, keys) => {
      if (keys.length > 0) await of(table).bulkDelete([...keys])
    },
    all: async (table) => of(table).toArray(),
    byIndex: async (table, index, range) => byPrefix(of(table), index, range),
  }
}

function byPrefix<Row>(table: Table<Row, Key>, index: string, { prefix, limit }: IndexRange): Promise<Row[]> {
  const fields = index.split('+')
  const where = table.where(dexieIndex(fields).replace('*', ''))
  const isWhole = prefix.length === fields.length
  const exact: unknown = fields.length === 1 ? prefix[0] : prefix
  // An array key sorts after every number and string, so `[…prefix, []]` closes the range.
  const rows = isWhole ? where.equals(exact as Key) : where.between(prefix, [...prefix, []], true, false)
  return (limit === undefined ? rows : rows.limit(limit)).toArray()
}

let theStore: DexieStore | null = null

/** The one store of this browser. */
export function tabletStore(): DexieStore {
  theStore ??= new DexieStore('changkai')
  return theStore
}

/** Let go of the store: the next `tabletStore()` opens anew. */
export function closeTabletStore(): void {
  theStore?.close()
  theStore = null
}
