import { canonicalJson } from '../core/canonical.ts'
import type { Item } from '../profiles/item-sheet.ts'
import { parseProfile, type Profile } from '../profiles/profile.ts'
import { rehomed } from '../profiles/rehome.ts'
import type { ImportPreview } from './import-answer.ts'
import { columns } from './import-columns.ts'
import { isSameSheet, newestOf, previewOf, type ImportFrame } from './import-preview.ts'

const nextVersion = (item: Item, current: Item | null): Item => {
  const version = (current?.version ?? 0) + 1
  return { ...item, version, id: `${item.hallId}:${item.code}@${String(version)}`, retiredOn: null }
}

const changedFields = (current: Item | null, item: Item, profile: Profile) => {
  if (!current || isSameSheet({ ...item, retiredOn: current.retiredOn }, current)) return []
  const shown = columns.flatMap(({ header, show }) => {
    const [before, after] = [show(current, profile), show(item, profile)]
    return before === after ? [] : [{ field: header, before, after }]
  })
  return shown.length > 0 ? shown : [{ field: '其他', before: '', after: '' }]
}

/** The profile under its next version, or null when it says nothing new. */
const nextProfile = (read: Profile, current: Profile): Profile | null => {
  const bare = (profile: Profile): string => canonicalJson({ ...profile, id: '', version: 0 })
  if (bare(read) === bare(current)) return null
  const version = current.version + 1
  return { ...read, version, id: `${read.hallId}@${String(version)}` }
}

/** What a profile file (`{profile, items}`) would change in its hall: all of it or nothing. */
export function previewProfile(source: unknown, frame: ImportFrame): ImportPreview {
  const { file, profile, items } = frame
  const parsed = parseProfile(source, file)
  if (!parsed.ok) {
    const errors = parsed.errors.map(({ path, expected, found }) => ({
      file,
      sheet: '',
      row: null,
      column: path,
      expected,
      found,
    }))
    return previewOf([], { rows: 0, errors })
  }
  // Another hall's file is where a new hall begins: its rules and sheets under this hall's own names.
  const { hallId, hall } = profile
  const own = parsed.profile.hallId === hallId ? parsed : rehomed(parsed, { hallId, hall })
  const newest = newestOf(items)
  const results = own.items.map((item) => {
    const current = newest.get(item.code) ?? null
    return { item: nextVersion(item, current), current, changed: changedFields(current, item, own.profile) }
  })
  return {
    ...previewOf(results, { rows: own.items.length, errors: [] }),
    profile: nextProfile(own.profile, profile),
  }
}
