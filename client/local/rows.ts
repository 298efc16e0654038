import type { Calendar } from '../../shared/calendar/calendar.ts'
import type { Item } from '../../shared/profiles/item-sheet.ts'
import type { Profile } from '../../shared/profiles/profile.ts'
import { currentVersions } from './current-versions.ts'
import { tabletStore } from './db.ts'
import { serverTime } from './grants.ts'
import type { Tx, ViewRow } from './store.ts'
import { useLive, type Live } from './live.ts'
import { useLiveRows } from './live-rows.ts'

/** A row as the screens read it: the image with its own type. The room that owns the kind names the type. */
export type RowOf<Image> = Omit<ViewRow, 'image'> & { image: Image }

const typed = <Image>(rows: ViewRow[]) => rows as unknown as RowOf<Image>[]

function readView<R>(body: (tx: Tx) => Promise<R>): Promise<R> {
  return tabletStore().transact('read', ['view', 'meta'], body)
}

/** Rows of a list of a kind, in the list's order; `rowsOn<Case>('case', 'open')`. Without a shelf, all of the kind. */
export async function rowsOn<Image>(kind: string, shelf?: string, limit?: number): Promise<RowOf<Image>[]> {
  const prefix = shelf === undefined ? [kind] : [kind, shelf]
  const range = limit === undefined ? { prefix } : { prefix, limit }
  return typed<Image>(await readView((tx) => tx.byIndex('view', 'kind+shelf+at', range)))
}

/** The last of a list by its order, backwards: a bounded read, however full the store is. */
export async function newestOn<Image>(kind: string, shelf: string, limit: number): Promise<RowOf<Image>[]> {
  const store = tabletStore()
  await store.open()
  const list = store.db.table<ViewRow>('view').where('[kind+shelf+at]').between([kind, shelf], [kind, shelf, []])
  return typed<Image>(await list.reverse().limit(limit).toArray())
}

/** Every version of every sheet this tablet holds; the catalogue says which is in force on a day. */
async function itemVersions(): Promise<Item[]> {
  return (await rowsOn<Item>('item')).map((row) => row.image)
}

/** The profile in force and the newest calendar of each year. */
export interface HallRules {
  profile: Profile | null
  calendars: Calendar[]
  /** The server's time by estimate when they were read, UTC ms. */
  at: number
}

/** What the hall's rules are now, as acts are decided with them. */
export async function hallRules(): Promise<HallRules> {
  return readView(async (tx) => {
    const server = await tx.get('meta', 'server')
    const at = serverTime({ wall: () => Date.now() }, server?.key === 'server' ? server.samples : [])
    const versions = await currentVersions(tx, at)
    const profile = versions.profile ? await tx.get('view', versions.profile) : undefined
    const calendars = await Promise.all(versions.calendars.map((id) => tx.get('view', id)))
    return {
      profile: (profile?.image ?? null) as unknown as Profile | null,
      calendars: calendars.flatMap((row) => (row ? [row.image as unknown as Calendar] : [])),
      at,
    }
  })
}

/** The profile in force; null before the first pull. */
export async function profileNow(): Promise<Profile | null> {
  return (await hallRules()).profile
}

/** A list of a kind, live. */
export function liveRowsOn<Image>(kind: string, shelf?: string, limit?: number): Live<RowOf<Image>[]> {
  const listing = { kind, ...(shelf === undefined ? {} : { shelf }), ...(limit === undefined ? {} : { limit }) }
  return useLiveRows(() => listing) as unknown as Live<RowOf<Image>[]>
}

/** Every sheet, live. */
export function liveItems(): Live<Item[]> {
  return useLive(itemVersions, [])
}
