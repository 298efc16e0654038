import {
  keyPaths,
  type IndexRange,
  type Key,
  type TableName,
  type Tables,
  type Tx,
  type TxMode,
  type Writes,
} from './store.ts'

/** The tables of one transaction, and what it writes, noted as it goes. */
export interface RawScope {
  mode: TxMode
  tables: readonly TableName[]
  writes: Writes
  /** Called when all of it is kept, before anyone who waits for it goes on. */
  tell(): void
}

/**
 * One transaction straight on IndexedDB, strict when it writes (P1, sync.md 2.2). A put is not waited for: requests run
 * in their order, one that fails aborts all. Resolves after `complete`; a body that throws leaves nothing behind.
 */
export function rawTransact<R>(db: IDBDatabase, scope: RawScope, body: (tx: Tx) => Promise<R>): Promise<R> {
  const isWrite = scope.mode === 'write'
  const idb = isWrite
    ? db.transaction(scope.tables, 'readwrite', { durability: 'strict' })
    : db.transaction(scope.tables, 'readonly')
  return new Promise<R>((resolve, reject) => {
    let result: { value: R } | null = null
    let cause: Error | null = null
    idb.oncomplete = () => {
      if (isWrite) scope.tell()
      if (result) resolve(result.value)
      // The body waited for something that is no request of the transaction, which so ended without its second half.
      else if (isWrite) reject(cause ?? new DOMException('ended early', 'TransactionInactiveError'))
    }
    idb.onabort = () => reject(cause ?? idb.error ?? new DOMException('aborted', 'AbortError'))
    const ended = (value: R) => {
      result = { value }
      if (isWrite) commit(idb)
      else resolve(value)
    }
    const failed = (error: unknown) => {
      // A request that failed has its own reason, which the transaction tells.
      cause = idb.error ?? (error instanceof Error ? error : new Error(String(error)))
      if (!abort(idb)) reject(cause)
    }
    body(rawTx(idb, scope.writes)).then(ended, failed)
  })
}

/** Nothing more comes: saves waiting for the answers of the last puts. */
function commit(idb: IDBTransaction): void {
  try {
    idb.commit()
  } catch {
    // Already ended by itself, or aborted: its own event tells.
  }
}

function abort(idb: IDBTransaction): boolean {
  try {
    idb.abort()
    return true
  } catch {
    return false
  }
}

function answer<Value>(request: IDBRequest<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error ?? new DOMException('failed', 'UnknownError'))
  })
}

function rawTx(idb: IDBTransaction, writes: Writes): Tx {
  const of = (table: TableName) => idb.objectStore(table)
  return {
    get: async <T extends TableName>(table: T, key: Key) => answer(of(table).get(key) as IDBRequest<Tables[T]>),
    getMany: async <T extends TableName>(table: T, keys: readonly Key[]) =>
      Promise.all(keys.map((key) => answer(of(table).get(key) as IDBRequest<Tables[T] | undefined>))),
    put: async (table, rows) => {
      const store = of(table)
      for (const row of rows) {
        store.put(row)
        writes.push({ table, key: keyOf(table, row), row })
      }
    },
    delete: async (table, keys) => {
      const store = of(table)
      for (const key of keys) {
        store.delete(key)
        writes.push({ table, key, row: null })
      }
    },
    all: async <T extends TableName>(table: T) => answer(of(table).getAll() as IDBRequest<Tables[T][]>),
    byIndex: async <T extends TableName>(table: T, index: string, range: IndexRange) =>
      answer(of(table).index(indexName(index)).getAll(boundsOf(index, range), range.limit) as IDBRequest<Tables[T][]>),
  }
}

/** The primary key of a row. */
function keyOf(table: TableName, row: Tables[TableName]): Key {
  const path = keyPaths[table]
  const fields = row as unknown as Record<string, string>
  return typeof path === 'string' ? (fields[path] ?? '') : path.map((name) => fields[name] ?? '')
}

/** An index's name in IndexedDB, as Dexie makes it. */
export const indexName = (index: string): string => (index.includes('+') ? `[${index}]` : index.replace(/^\*/, ''))

function boundsOf(index: string, { prefix }: IndexRange): IDBKeyRange {
  const fields = index.split('+')
  if (fields.length === 1) return IDBKeyRange.only(prefix[0])
  // An array key sorts after every number and string, so `[…prefix, []]` closes the range.
  return prefix.length === fields.length
    ? IDBKeyRange.only(prefix)
    : IDBKeyRange.bound(prefix, [...prefix, []], false, true)
}
