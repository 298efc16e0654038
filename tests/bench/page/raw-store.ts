/** IndexedDB as the browser gives it: no library, one object store, strict durability. */
export interface RawStore {
  readonly db: IDBDatabase
  close(): void
}

const storeName = 'rows'

/** Indexes such as the app's `view` has, or none. */
export const viewIndexes: readonly { name: string; path: string | string[]; multiEntry: boolean }[] = [
  { name: 'place', path: ['kind', 'shelf', 'at'], multiEntry: false },
  { name: 'keys', path: 'keys', multiEntry: true },
  { name: 'scopes', path: 'scopes', multiEntry: true },
]

const done = <Value>(request: IDBRequest<Value>): Promise<Value> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error ?? new Error('failed'))
  })

/** A database of its own, new each time. */
export async function freshStore(name: string, indexes: typeof viewIndexes = []): Promise<RawStore> {
  await done(indexedDB.deleteDatabase(name))
  const opening = indexedDB.open(name, 1)
  opening.onupgradeneeded = () => {
    const store = opening.result.createObjectStore(storeName, { keyPath: 'id' })
    for (const { name: index, path, multiEntry } of indexes) store.createIndex(index, path, { multiEntry })
  }
  const db = await done(opening)
  return { db, close: () => db.close() }
}

/** Put rows in one strict transaction; resolves when it is complete. */
export function putRows({ db }: RawStore, rows: readonly unknown[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const transaction = db.transaction(storeName, 'readwrite', { durability: 'strict' })
    const store = transaction.objectStore(storeName)
    for (const row of rows) store.put(row)
    transaction.oncomplete = () => resolve()
    transaction.onabort = () => reject(transaction.error ?? new Error('aborted'))
  })
}
