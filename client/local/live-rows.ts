import { getCurrentScope, onScopeDispose, shallowRef, watch } from 'vue'
import { onPoke } from '../sync/poke.ts'
import { tabletStore } from './db.ts'
import { heldOf } from './held.ts'
import type { Live } from './live.ts'
import { storageFaultOf } from './storage-fault.ts'
import type { RowChange, TableName, ViewRow } from './store.ts'

/** A list of the view by an index: of a kind, of one shelf or one key of it, so many rows of it, from its end. */
export interface Listing {
  kind: string
  shelf?: string
  key?: string
  limit?: number
  isNewestFirst?: boolean
}

/** Read a list once. */
export async function readListing({ kind, shelf, key, limit, isNewestFirst }: Listing): Promise<ViewRow[]> {
  const store = tabletStore()
  const prefix = shelf === undefined ? [kind] : [kind, shelf]
  if (key !== undefined) {
    const found = await store.transact('read', ['view'], (tx) => tx.byIndex('view', '*keys', { prefix: [key] }))
    return found.filter((row) => row.kind === kind).slice(0, limit)
  }
  if (!isNewestFirst) {
    const range = limit === undefined ? { prefix } : { prefix, limit }
    return store.transact('read', ['view'], (tx) => tx.byIndex('view', 'kind+shelf+at', range))
  }
  await store.open()
  const place = store.db
    .table<ViewRow>('view')
    .where('[kind+shelf+at]')
    .between(prefix, [...prefix, []])
  return (limit === undefined ? place.reverse() : place.reverse().limit(limit)).toArray()
}

/**
 * Keep a list up to date while the component lives. What this tab itself keeps is put into it at once, without reading
 * anything; for what other tabs change, and wherever a row beyond the list's end may be due, it is read anew.
 */
export function useLiveRows(asked: () => Listing): Live<ViewRow[]> {
  const data = shallowRef<ViewRow[]>([])
  const fault = shallowRef<string | null>(null)
  const isReady = shallowRef(false)
  let [turn, isReading] = [0, false]
  const read = () => {
    const mine = (turn += 1)
    isReading = true
    readListing(asked()).then(
      (rows) => {
        if (mine !== turn) return
        isReading = false
        const held = heldOf(tabletStore())
        for (const row of rows.slice(0, heldRows)) held.keep(row)
        data.value = rows
        fault.value = null
        isReady.value = true
      },
      (error: unknown) => {
        if (mine === turn) fault.value = storageFaultOf(error)?.sentence ?? '本机数据读不出来，请重新载入页面。'
      },
    )
  }
  const hear = (own: readonly RowChange[] | null, tables: ReadonlySet<TableName>) => {
    if (!tables.has('view')) return
    // An answer under way may be of before this change, and would take it off the screen again.
    if (own === null || isReading) return read()
    const patched = patch(data.value, asked(), own)
    if (patched) data.value = patched.rows
    if (patched?.isUnsure) read()
  }
  const stop = follow({ read, hear, asked })
  if (getCurrentScope()) onScopeDispose(stop)
  read()
  return { data, fault, isReady, stop }
}

/** Of a list, the rows a person is likely to act on next. */
const heldRows = 100

interface Following {
  read(): void
  hear: Parameters<NonNullable<ReturnType<typeof tabletStore>['hear']>>[0]
  asked(): Listing
}

/** Notifications can be missed (sync.md 2.3): a look at the page, and another tab's word, read anew too. */
function follow({ read, hear, asked }: Following): () => void {
  const unhear = tabletStore().hear(hear)
  const unpoke = onPoke(({ about }) => {
    if (about === 'changed') read()
  })
  const onSeen = () => {
    if (!document.hidden) read()
  }
  document.addEventListener('visibilitychange', onSeen)
  const unwatch = watch(() => Object.values(asked()).join(' '), read)
  return () => {
    unhear()
    unpoke()
    unwatch()
    document.removeEventListener('visibilitychange', onSeen)
  }
}

interface Patched {
  rows: ViewRow[]
  /** A row beyond the list's end may belong into it. */
  isUnsure: boolean
}

/** The list after these changes; null when none of them concerns it. */
export function patch(rows: ViewRow[], asked: Listing, changes: readonly RowChange[]): Patched | null {
  const latest = new Map(changes.flatMap(({ table, key, row }) => (table === 'view' ? [[key, row as ViewRow]] : [])))
  const kept = rows.filter((row) => !latest.has(row.id))
  const come = [...latest.values()].filter((row) => isIn(row, asked))
  if (come.length === 0 && kept.length === rows.length) return null
  const isBefore = orderOf(asked)
  const merged = [...kept, ...come].sort((a, b) => (isBefore(a, b) ? -1 : 1))
  const { limit } = asked
  const last = rows.at(-1)
  if (limit === undefined || rows.length < limit || !last) return { rows: merged.slice(0, limit), isUnsure: false }
  // The list was full: what follows its last row is not known here.
  const sure = merged.filter((row) => row.id === last.id || isBefore(row, last)).length
  return { rows: merged.slice(0, limit), isUnsure: sure < limit }
}

function isIn(row: ViewRow | null, { kind, shelf, key }: Listing): row is ViewRow {
  if (row?.kind !== kind || (key !== undefined && !row.keys.includes(key))) return false
  return shelf === undefined || row.shelf === shelf
}

/** The index's order: by shelf, place and id; of one key by id alone. */
function orderOf({ isNewestFirst, key }: Listing): (a: ViewRow, b: ViewRow) => boolean {
  if (key !== undefined) return (a, b) => a.id < b.id
  const isBefore = (a: ViewRow, b: ViewRow) => {
    if (a.shelf !== b.shelf) return a.shelf < b.shelf
    return a.at === b.at ? a.id < b.id : a.at < b.at
  }
  return isNewestFirst ? (a, b) => isBefore(b, a) : isBefore
}
