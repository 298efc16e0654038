import { shallowRef } from 'vue'
import { localDay } from '../../shared/calendar/day.ts'
import { tabletStore } from './db.ts'
import { loadPinyin } from './pinyin.ts'
import { SearchIndex, type Asking } from './search-core.ts'
import {
  caseEntry,
  countByItem,
  itemEntry,
  itemsFound,
  type Brief,
  type Indexed,
  type Spell,
} from './search-entries.ts'
import type { ViewRow } from './store.ts'
import { isReadable } from './view.ts'

/** Rows spelled and indexed between two breaths of the page. */
const sliceRows = 200
/** Many changes at once (a first pull) are read once they pause. */
const reloadMs = 500

const index = new SearchIndex()
const briefs = new Map<string, Brief>()
const counts = new Map<string, number>()
let spell: Spell | null = null
let stopFollowing: (() => void) | null = null
/** Raised at every drop: work begun for a former reader stops. */
let life = 0

/** Raised at every reading of all rows: an older one that is still indexing stops, or it would bring back what has gone. */
let reading = 0

/** Goes up whenever the index has changed, so that an open result list asks again. */
export const searchVersion = shallowRef(0)

const breathe = () => new Promise<void>((resolve) => setTimeout(resolve, 0))

/** The best finds for what was typed; no network, no input method needed. */
export function findIn(query: string, asking: Asking): Brief[] {
  return index.find(query, asking).flatMap(({ id }) => briefs.get(id) ?? [])
}

/** Build the index for who has just unlocked, and keep it up with the rows; pinyin of names follows when loaded. */
export async function openSearch(): Promise<void> {
  dropSearch()
  const mine = life
  stopFollowing = followRows(mine)
  await loadAll(mine)
  spell = await loadPinyin().catch(() => null)
  if (spell) await loadAll(mine)
}

/** Forget everything: personal names do not outlive the lock (sync.md 2.6). */
export function dropSearch(): void {
  life += 1
  stopFollowing?.()
  stopFollowing = null
  index.clear()
  briefs.clear()
  counts.clear()
  searchVersion.value += 1
}

const readKind = (kind: string): Promise<ViewRow[]> =>
  tabletStore().transact('read', ['view'], (tx) => tx.byIndex('view', 'kind+shelf+at', { prefix: [kind] }))

async function loadAll(mine: number): Promise<void> {
  reading += 1
  const turn = reading
  const isLast = (): boolean => mine === life && turn === reading
  const [items, cases] = [await readKind('item'), await readKind('case')]
  if (!isLast()) return
  counts.clear()
  for (const [code, count] of countByItem(cases)) counts.set(code, count)
  const found = itemsFound(items, localDay(Date.now()))
  const seen = new Set([...found, ...cases].map((row) => row.id))
  forget([...briefs.keys()].filter((id) => !seen.has(id)))
  await indexRows(isLast, [...found, ...cases])
}

async function indexRows(isLast: () => boolean, rows: readonly ViewRow[]): Promise<void> {
  for (let at = 0; at < rows.length && isLast(); at += sliceRows) {
    if (at > 0) await breathe()
    if (isLast()) keep(rows.slice(at, at + sliceRows).map(entryOf))
  }
  searchVersion.value += 1
}

function entryOf(row: ViewRow): Indexed {
  if (row.kind === 'case') return caseEntry(row, spell)
  const { entry, brief } = itemEntry(row, spell)
  return { entry: { ...entry, weight: counts.get(brief.code) ?? 0 }, brief }
}

function keep(indexed: readonly Indexed[]): void {
  index.put(indexed.map(({ entry }) => entry))
  for (const { brief } of indexed) briefs.set(brief.id, brief)
}

function forget(ids: readonly string[]): void {
  index.remove(ids)
  for (const id of ids) briefs.delete(id)
}

/** Take single changed rows as they come; a change too wide to name, or of the catalogue, is read anew when it pauses. */
function followRows(mine: number): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  const reloadSoon = () => {
    clearTimeout(timer)
    timer = setTimeout(() => void loadAll(mine), reloadMs)
  }
  const stop = tabletStore().onChanged('view', (ids) => {
    if (ids) void takeRows(mine, ids, reloadSoon)
    else reloadSoon()
  })
  return () => {
    clearTimeout(timer)
    stop()
  }
}

async function takeRows(mine: number, ids: readonly string[], reloadSoon: () => void): Promise<void> {
  const rows = await tabletStore().transact('read', ['view'], (tx) => tx.getMany('view', ids))
  if (mine !== life) return
  const here = rows.filter((row) => row !== undefined).filter(isReadable)
  forget(ids.filter((id) => !here.some((row) => row.id === id)))
  keep(here.filter((row) => row.kind === 'case').map(entryOf))
  if (here.some((row) => row.kind === 'item')) {
    reloadSoon()
    await takeSheets(mine, new Set(ids))
    if (mine !== life) return
  }
  searchVersion.value += 1
}

/** A new version takes its predecessor's place at once: what was found a moment ago must not open the old sheet (SSC-17). */
async function takeSheets(mine: number, changed: ReadonlySet<string>): Promise<void> {
  const rows = await readKind('item')
  if (mine !== life) return
  const found = itemsFound(rows, localDay(Date.now()))
  const inForce = new Set(found.map(({ id }) => id))
  forget([...briefs.values()].flatMap(({ kind, id }) => (kind === 'item' && !inForce.has(id) ? [id] : [])))
  keep(found.filter(({ id }) => changed.has(id) || !briefs.has(id)).map(entryOf))
}
