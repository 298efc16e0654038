import { succeeds } from '../profiles/in-force.ts'
import type { Item } from '../profiles/item-sheet.ts'
import { sheetChanges, type SheetChange } from './sheet-changes.ts'
import { sheetLines, type SheetNames } from './sheet-lines.ts'

/** One thing that happened to a hall's items: 新增, 改动 field by field, 停用; on which day (NBU-5). */
export interface NewsEntry {
  /** The version it is about, and what: two things of one version are two entries. */
  id: string
  what: 'added' | 'changed' | 'retired'
  on: string
  itemId: string
  code: string
  name: string
  version: number
  changes: SheetChange[]
}

/** What news are made with: the day, the names behind ids, and how far back. */
export interface NewsTerms {
  today: string
  names: (item: Item) => SheetNames
  since: string
  limit: number
}

/**
 * What changed in a hall's items up to a day, the newest first: each version in force against the one before it, old and
 * new, and what was retired. The sheets a hall began with are no news.
 */
export function catalogueNews(items: readonly Item[], { today, names, since, limit }: NewsTerms): NewsEntry[] {
  const began = items.map(({ effectiveOn }) => effectiveOn).sort()[0] ?? today
  const news = [...byCode(items).values()].map(withoutReplaced).flatMap((versions) =>
    versions.flatMap((item, at) => {
      const [before, next] = [versions[at - 1], versions[at + 1]]
      return neverHeld(item) ? endedBy(item, before) : entriesOf(item, { before, next, names })
    }),
  )
  return news
    .filter(({ on, what }) => on <= today && on >= since && !(what === 'added' && on === began))
    .sort((a, b) => (a.on === b.on ? compare(a.id, b.id) : compare(b.on, a.on)))
    .slice(0, limit)
}

const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b))

function byCode(items: readonly Item[]): Map<string, Item[]> {
  const versions = new Map<string, Item[]>()
  for (const item of items.toSorted((a, b) => (succeeds(a, b) ? 1 : -1)))
    versions.set(item.code, [...(versions.get(item.code) ?? []), item])
  return versions
}

/** Put right before its day by another version of that day, a version never held: nobody reads of it. */
function withoutReplaced(versions: readonly Item[]): Item[] {
  return versions.filter(({ effectiveOn }, at) => versions[at + 1]?.effectiveOn !== effectiveOn)
}

interface Beside {
  before: Item | undefined
  next: Item | undefined
  names: (item: Item) => SheetNames
}

const neverHeld = ({ effectiveOn, retiredOn }: Item) => retiredOn !== null && retiredOn <= effectiveOn
const isGap = ({ retiredOn }: Item, next: Item) => retiredOn !== null && retiredOn < next.effectiveOn
const aboutOf = ({ id, code, name, version }: Item) => ({ itemId: id, code, name, version })

/** A version taken back before its day never held, so nothing of it is told: on that day the one before it ends. */
function endedBy(item: Item, before: Item | undefined): NewsEntry[] {
  if (!before || isGap(before, item)) return []
  return [{ id: `${before.id}-retired`, what: 'retired', on: item.effectiveOn, ...aboutOf(before), changes: [] }]
}

function entriesOf(item: Item, { before, next, names }: Beside): NewsEntry[] {
  const about = aboutOf(item)
  // Retired on the day the next takes effect, or later, it was replaced and not taken away.
  const { retiredOn } = item
  const isTakenAway = retiredOn !== null && !(next && next.effectiveOn <= retiredOn)
  const retired: NewsEntry[] = isTakenAway
    ? [{ id: `${item.id}-retired`, what: 'retired', on: retiredOn, ...about, changes: [] }]
    : []
  if (!before || isGap(before, item))
    return [{ id: item.id, what: 'added', on: item.effectiveOn, ...about, changes: [] }, ...retired]
  const changes = sheetChanges(sheetLines(before, names(before)), sheetLines(item, names(item)))
  if (changes.length === 0) return retired
  return [{ id: item.id, what: 'changed', on: item.effectiveOn, ...about, changes }, ...retired]
}
