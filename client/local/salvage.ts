import type { TableName, Tables } from './store.ts'

/** What could be read out of a database that the app itself cannot open any more (sync.md §8, step 3). */
export interface Salvaged {
  tables: { [T in TableName]: Tables[T][] }
  secrets: { key: string; value: unknown }[]
  /** Tables that could not be read to their end. */
  torn: string[]
}

const patienceMs = 10_000
const names = ['meta', 'actor', 'outbox', 'outcome', 'view', 'base', 'draft', 'scope'] as const

/** Read it raw, as it is, writing nothing; null when it does not open even so, or is not there. */
export async function salvage(name: string): Promise<Salvaged | null> {
  const database = await openRaw(name).catch(() => null)
  if (!database) return null
  const torn: string[] = []
  const rowsOf = async (table: string): Promise<unknown[]> => {
    const { rows, isWhole } = await readRows(database, table)
    if (!isWhole) torn.push(table)
    return rows
  }
  const tables: Record<string, unknown[]> = {}
  for (const table of names) tables[table] = await rowsOf(table)
  const secrets = (await rowsOf('secret')) as Salvaged['secrets']
  database.close()
  return { tables: tables as Salvaged['tables'], secrets, torn }
}

/** Without a version nothing is upgraded; one that would be made new is not made at all. */
function openRaw(name: string): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const fail = (why: unknown) => {
      reject(why instanceof Error ? why : new Error('the database does not open'))
    }
    setTimeout(() => fail(null), patienceMs)
    const request = indexedDB.open(name)
    request.onupgradeneeded = () => request.transaction?.abort()
    request.onerror = () => fail(request.error)
    request.onsuccess = () => {
      resolve(request.result)
    }
  })
}

/** Row by row, so that what stands before a damaged place is read all the same. */
function readRows(database: IDBDatabase, table: string): Promise<{ rows: unknown[]; isWhole: boolean }> {
  const rows: unknown[] = []
  return new Promise((resolve) => {
    const end = (isWhole: boolean) => {
      resolve({ rows, isWhole })
    }
    try {
      const request = database.transaction(table, 'readonly').objectStore(table).openCursor()
      request.onerror = () => end(false)
      request.onsuccess = () => {
        const cursor = request.result
        if (!cursor) return end(true)
        rows.push(cursor.value)
        cursor.continue()
      }
    } catch {
      end(false)
    }
  })
}

/** Acts that may not have reached the server: whatever is not known to be settled. */
export function unsentOf({ tables }: Salvaged): Tables['outbox'][] {
  const settled = new Set(tables.outcome.filter(({ open }) => open === 0).map(({ cmdId }) => cmdId))
  return tables.outbox.filter(({ cmdId }) => !settled.has(cmdId))
}
