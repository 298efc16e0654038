import { readPath } from '../../shared/core/apply.ts'
import type { AnyAggregate } from '../../shared/core/command.ts'
import type { Row } from '../../shared/core/kernel.ts'
import { aggregates } from '../../shared/aggregates.ts'
import type { BaseRow, ViewRow } from './store.ts'

/** Where a view row comes from: its aggregate, the confirmed version beneath, the acts folded in. */
export interface ViewOrigin {
  id: string
  kind: string
  ver: number
  after: number
  scopes: string[]
  stamp: string | null
  life?: number
}

/** The key under which every row stands that this build cannot read: 需更新应用. */
export const unreadableKey = '需更新应用'
const unreadableShelf = 'unreadable'

/**
 * The row the UI reads, with its list, place and keys derived by the aggregate itself. What this build cannot read (a
 * newer server's) is stored as it came, in no list: `at` is no key, so the index of lists leaves it out (sync.md 4.3).
 */
export function viewRow(origin: ViewOrigin, row: NonNullable<Row>): ViewRow {
  if (isThin(row.image)) return thinRow({ ...origin, shelf: '', at: 0, keys: [], image: row.image })
  const place = readPlace(aggregates.get(origin.kind), row.image)
  return {
    ...origin,
    ...(place ?? { shelf: unreadableShelf, at: Number.NaN, keys: [unreadableKey] }),
    image: row.image,
  }
}

/** Whether this build can read a row; one it cannot is shown as 需更新应用 and nothing else of it. */
export function isReadable({ shelf }: Pick<ViewRow, 'shelf'>): boolean {
  return shelf !== unreadableShelf
}

function readPlace(def: AnyAggregate | undefined, image: unknown): Place | null {
  try {
    const place = def && placeOf(def, image)
    return place && isPlace(place) ? place : null
  } catch {
    return null
  }
}

type Place = Pick<ViewRow, 'shelf' | 'at' | 'keys'>

function isPlace({ shelf, at, keys }: Record<keyof Place, unknown>): boolean {
  return typeof shelf === 'string' && Number.isFinite(at) && (keys as unknown[]).every((key) => typeof key === 'string')
}

/** The key under which every row stands that a person must decide, so that lists and the pill find them by index. */
export const decideKey = '待裁决'

/** The list where rows stand whose content was given up for want of room: nobody looks there (sync.md 2.4). */
const thinShelf = 'thin'

/** Whether only a row's name and version are left on this tablet; a newer version brings it back whole. */
export function isThin(image: unknown): boolean {
  return readPath(image, 'isThin') === true
}

/** A row without its content. */
export function thinRow(row: ViewRow): ViewRow {
  return { ...row, shelf: thinShelf, at: 0, keys: [], image: { isThin: true } }
}

function placeOf(def: AnyAggregate, image: unknown): Place {
  const keys = def.keys(image)
  return { shelf: def.shelf(image), at: def.at(image), keys: hasOpenConflict(image) ? [...keys, decideKey] : keys }
}

/** Whether a person must still choose between two values of the image. */
export function hasOpenConflict(image: unknown): boolean {
  const conflicts = readPath(image, 'conflicts')
  return Array.isArray(conflicts) && conflicts.some((item) => readPath(item, 'settled') === null)
}

/** The confirmed row under a view: the base while acts are unsettled, else the view itself. */
export function confirmedOf(base: BaseRow | undefined, view: ViewRow | undefined): BaseRow | undefined {
  if (base) return base
  if (!view) return undefined
  const { id, kind, ver, scopes, stamp, image, life } = view
  return { id, kind, ver, scopes, stamp, image, ...(life ? { life } : {}) }
}

/** A base row as the kernel's row. */
export function rowOf(base: BaseRow | undefined): Row {
  return base?.image ? { ver: base.ver, image: base.image } : null
}
