import type { Json } from '../../shared/core/canonical.ts'
import { describe } from '../../shared/profiles/issue-words.ts'
import type { Item } from '../../shared/profiles/item-sheet.ts'
import { parseProfile, type Profile } from '../../shared/profiles/profile.ts'
import type { ActDraft } from '../local/act-types.ts'

/** Plain data whose type only lacks the index signature that JSON has. */
export const json = (value: object): Record<string, Json> => value as Record<string, Json>

/** An act of this room; none of them rests on a sheet. */
export const draftOf = (type: `${string}.${string}`, aggId: string, args: object): ActDraft => ({
  ...{ type, kind: type.slice(0, type.indexOf('.')), aggId, args: json(args), itemId: null },
})

/** Publish versions of the profile and sheets, in this order, in one tap. */
export function publishDrafts(profiles: readonly Profile[], items: readonly Item[]): ActDraft[] {
  return [
    ...profiles.map((profile) => draftOf('profile.adopt', profile.id, { profile })),
    ...items.map((item) => draftOf('item.publish', item.id, { item })),
  ]
}

/** What is wrong with versions about to be published, in sentences; none when they may be. */
export function faultsOf(profiles: readonly Profile[]): string[] {
  return profiles.flatMap((profile) => {
    const parsed = parseProfile({ profile, items: [] }, `第 ${String(profile.version)} 版`)
    return parsed.ok ? [] : parsed.errors.map(describe)
  })
}
