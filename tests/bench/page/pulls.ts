import { tabletStore } from '../../../client/local/db.ts'
import { rowsOn } from '../../../client/local/rows.ts'
import { pullOnce } from '../../../client/sync/pull.ts'
import { freshStore, putRows, viewIndexes, type RawStore } from './raw-store.ts'
import { takeTraffic, type Traffic } from './traffic.ts'
import { engine, takeParts, type Parts } from './timed-engine.ts'

/** One pull until every scope has caught up. */
export interface PullTimes extends Traffic, Parts {
  ms: number
  /** When the first cases could be read, ms; null when none came. */
  firstCasesMs: number | null
  rows: number
}

/** Pull until every scope followed has caught up, as the loop does. */
export async function pullAll(): Promise<PullTimes> {
  const scopes = await tabletStore().transact('read', ['scope'], (tx) => tx.all('scope'))
  let runs = scopes.some((row) => row.cursor === 0) ? 1 + scopes.length : 1
  let [rows, firstCasesMs]: [number, number | null] = [0, null]
  takeTraffic('pull')
  takeParts()
  const from = performance.now()
  while (runs > 0) {
    const page = await pullOnce(engine)
    if (!page) throw new Error('nothing is followed')
    rows += page.rows
    if (firstCasesMs === null && (await rowsOn('case', undefined, 1)).length > 0)
      firstCasesMs = performance.now() - from
    if (page.isLast) runs -= 1
  }
  return { ms: performance.now() - from, firstCasesMs, rows, ...takeParts(), ...takeTraffic('pull') }
}

/** One turn of a tablet that has caught up before: what has changed since. */
export async function catchUp(): Promise<Omit<PullTimes, 'firstCasesMs'>> {
  takeTraffic('pull')
  takeParts()
  const from = performance.now()
  let rows = 0
  for (let isLast = false; !isLast;) {
    const page = await pullOnce(engine)
    if (!page) throw new Error('nothing is followed')
    rows += page.rows
    isLast = page.isLast
  }
  return { ms: performance.now() - from, rows, ...takeParts(), ...takeTraffic('pull') }
}

/** Leave rows of the view with the server, to be asked for raw; all of them, or those named. */
export async function shareView(name: string, ids?: readonly string[]): Promise<number> {
  const rows = await tabletStore().transact('read', ['view'], (tx) => (ids ? tx.getMany('view', ids) : tx.all('view')))
  const answer = await fetch(`/bench/raw/${name}`, { method: 'PUT', body: JSON.stringify(rows) })
  if (!answer.ok) throw new Error(`not kept: ${answer.status}`)
  return rows.length
}

async function fetchRows(name: string): Promise<unknown[]> {
  const answer = await fetch(`/bench/raw/${name}`, { cache: 'no-store' })
  return (await answer.json()) as unknown[]
}

/** The raw limit of a first pull: one compressed answer, one transaction into an empty store with the view's indexes. */
export async function rawPull(name: string): Promise<{ ms: number; transferMs: number }> {
  const store = await freshStore('bench-pull', viewIndexes)
  const from = performance.now()
  const rows = await fetchRows(name)
  const transferMs = performance.now() - from
  await putRows(store, rows)
  const ms = performance.now() - from
  store.close()
  return { ms, transferMs }
}

let rawStore: Promise<RawStore> | null = null

/** The raw limit of a catch-up: one answer with the very rows, put over those of the time before. */
export async function rawCatchUp(name: string): Promise<number> {
  rawStore ??= freshStore('bench-catch-up', viewIndexes)
  const store = await rawStore
  const from = performance.now()
  await putRows(store, await fetchRows(name))
  return performance.now() - from
}
