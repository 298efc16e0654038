/** A browser that does not answer is not waited for longer: the store is opened all the same. */
const patienceMs = 3_000
const name = 'new-log'

/**
 * Makes Chromium begin a new file for the log of this origin's databases. Killed amid a write it leaves half a record at
 * the end of the old one, drops it at the next start and writes on behind it; the start after that meets it in the
 * middle, and what follows it — or every database of the origin — is gone, strict or not (google/leveldb#1287). Deleting
 * a database makes it compact, which begins a new log (ADR 0028). Elsewhere it costs some milliseconds.
 *
 * Never fails: a browser that cannot do this much says so when the store itself is opened.
 */
export async function beginNewLog(): Promise<void> {
  const late = new Promise<void>((resolve) => setTimeout(resolve, patienceMs))
  await Promise.race([madeAndDeleted(), late]).catch(() => undefined)
}

async function madeAndDeleted(): Promise<void> {
  const db = await done(indexedDB.open(name))
  db.close()
  await done(indexedDB.deleteDatabase(name))
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
