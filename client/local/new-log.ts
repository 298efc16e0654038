import { uuid7 } from './entropy.ts'

/**
 * Makes Chromium begin a new file for the log of this origin's databases. Killed amid a write it leaves half a record at
 * the end of the old one, which it drops at the next start and then writes on behind: the start after that meets the half
 * record in the middle, and what follows it — or every database of the origin — is gone, strict or not
 * (google/leveldb#1287). Deleting a database makes it compact, and compacting begins a new log (ADR 0028). Other browsers
 * keep their stores otherwise; for them it is a database made and deleted, some milliseconds.
 *
 * Never fails: a browser that cannot do this much says so when the store itself is opened.
 */
export async function beginNewLog(): Promise<void> {
  // A name of its own: another tab that holds a database of this name would keep it from being deleted.
  const name = `new-log-${uuid7()}`
  try {
    const db = await done(indexedDB.open(name))
    db.close()
    await done(indexedDB.deleteDatabase(name))
  } catch {
    // Said by whoever opens the store.
  }
}

function done<Result>(request: IDBRequest<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => {
      resolve(request.result)
    }
    request.onerror = () => {
      reject(request.error ?? new Error('IndexedDB gave no reason'))
    }
  })
}
