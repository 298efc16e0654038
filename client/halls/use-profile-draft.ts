import { computed, shallowRef, type ComputedRef } from 'vue'
import { nextVersions, type ProfileEdit } from '../../shared/halls/index.ts'
import { canonicalJson } from '../../shared/core/canonical.ts'
import { expectedOf } from '../../shared/profiles/issue-words.ts'
import type { Profile } from '../../shared/profiles/profile.ts'
import { Settings } from '../../shared/profiles/settings.ts'
import { faultsOf } from './publish-drafts.ts'

/** A setting as it stands on the screen: not yet known to be right. */
export interface Entry {
  value: unknown
  cite: string | null
}

/** Settings changed on the screen, what is wrong with them, and the versions they would become. */
export interface ProfileDraft {
  changed: ComputedRef<ReadonlyMap<keyof Settings, Entry>>
  put(key: keyof Settings, entry: Entry): void
  drop(key: keyof Settings): void
  clear(): void
  /** What is wrong with a setting, in sentences. */
  faultsAt(key: keyof Settings): string[]
  isWrong: ComputedRef<boolean>
  /** The profile with the changes in it. */
  edit: ProfileEdit
  versionsFrom(effectiveOn: string): { profiles: Profile[]; faults: string[] }
}

const same = (a: unknown, b: unknown): boolean => canonicalJson(a) === canonicalJson(b)

/** Edit a profile's settings without touching it; nothing is kept before a person publishes. */
export function useProfileDraft(profile: () => Profile | null, versions: () => readonly Profile[]): ProfileDraft {
  const entries = shallowRef<ReadonlyMap<keyof Settings, Entry>>(new Map())
  const set = (change: (map: Map<keyof Settings, Entry>) => void): void => {
    const next = new Map(entries.value)
    change(next)
    entries.value = next
  }
  const faultsAt = (key: keyof Settings): string[] => {
    const entry = entries.value.get(key)
    const read = entry && Settings.shape[key].safeParse(entry)
    return read && !read.success ? [...new Set(read.error.issues.map(expectedOf))] : []
  }
  const edit: ProfileEdit = (of) => ({ ...of, settings: { ...of.settings, ...Object.fromEntries(entries.value) } })
  return {
    changed: computed(() => entries.value),
    put(key, entry) {
      const before = profile()?.settings[key]
      set((map) => (before && same(before, entry) ? map.delete(key) : map.set(key, entry)))
    },
    drop(key) {
      set((map) => map.delete(key))
    },
    clear() {
      entries.value = new Map()
    },
    faultsAt,
    isWrong: computed(() => [...entries.value.keys()].some((key) => faultsAt(key).length > 0)),
    edit,
    versionsFrom(effectiveOn) {
      const profiles = nextVersions(versions(), edit, effectiveOn)
      return { profiles, faults: faultsOf(profiles) }
    },
  }
}
