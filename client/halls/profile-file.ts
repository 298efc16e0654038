import { itemsInForce } from '../../shared/profiles/in-force.ts'
import { describe } from '../../shared/profiles/issue-words.ts'
import type { Item } from '../../shared/profiles/item-sheet.ts'
import { parseProfile, type Profile } from '../../shared/profiles/profile.ts'
import { rehomed } from '../../shared/profiles/rehome.ts'

/** A file read: a version for this hall, or where the file is wrong. */
export type ReadFile =
  | { readonly ok: true; readonly profile: Profile; readonly from: string | null }
  | { readonly ok: false; readonly faults: string[] }

/** The whole profile with the hall's sheets, as one file another hall or this one can begin from. */
export function fileOf(profile: Profile, items: readonly Item[], today: string): string {
  return `${JSON.stringify({ profile, items: itemsInForce(items, today) }, null, 2)}\n`
}

/** The next version out of a file, from a day on; another hall's file is taken over under this hall's own name. */
export function readProfileFile(
  text: string,
  name: string,
  { versions, effectiveOn }: { versions: readonly Profile[]; effectiveOn: string },
): ReadFile {
  const source = jsonOf(text)
  if (source === undefined) return { ok: false, faults: [`${name} 不是规章配置文件（.json）。`] }
  const parsed = parseProfile(source, name)
  if (!parsed.ok) return { ok: false, faults: parsed.errors.map(describe) }
  const [newest] = versions
  if (!newest) return { ok: false, faults: ['本厅的规章配置还没有取到，联网后再导入。'] }
  const isOwn = parsed.profile.hallId === newest.hallId
  const { profile } = isOwn ? parsed : rehomed(parsed, { hallId: newest.hallId, hall: newest.hall })
  const version = Math.max(...versions.map((one) => one.version)) + 1
  const next = { ...profile, id: `${newest.hallId}@${String(version)}`, version, effectiveOn }
  return { ok: true, profile: next, from: isOwn ? null : `${parsed.profile.hall.school}${parsed.profile.hall.name}` }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
