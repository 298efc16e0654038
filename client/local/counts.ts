import { tabletStore } from './db.ts'
import type { OutcomeRow, ViewRow } from './store.ts'

/** How many rows a list of a kind holds, counted by its index: none of them is read. */
export async function countOn(kind: string, shelf: string): Promise<number> {
  const store = tabletStore()
  await store.open()
  return store.db.table<ViewRow>('view').where('[kind+shelf+at]').between([kind, shelf], [kind, shelf, []]).count()
}

/** How many rows of a kind a key finds. */
export async function countKeyed(kind: string, key: string): Promise<number> {
  const store = tabletStore()
  await store.open()
  const rows = await store.db.table<ViewRow>('view').where('keys').equals(key).toArray()
  return rows.filter((row) => row.kind === kind).length
}

/** Acts of this tablet that have reached the server and were made at `from` or later: read backwards, no further. */
export async function settledSince(from: number): Promise<number> {
  const store = tabletStore()
  await store.open()
  const settled = store.db.table<OutcomeRow>('outcome').where('[state+seq]')
  const rows = settled.between(['settled'], ['settled', []]).reverse()
  return rows.until((row) => row.at < from).count()
}
