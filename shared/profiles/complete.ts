import type { Profile } from './profile.ts'
import { Settings } from './settings.ts'

const proposed = Object.fromEntries(
  Object.entries(Settings.shape).flatMap(([key, schema]) => {
    const later = schema.safeParse(undefined)
    return later.success ? [[key, later.data]] : []
  }),
)
const later = Object.keys(proposed)

/** A stored version with the settings that came after it, each as our proposal (本厅约定): what rules and screens read. */
export function completed(profile: Profile): Profile {
  if (later.every((key) => key in profile.settings)) return profile
  return { ...profile, settings: { ...(proposed as Partial<Settings>), ...profile.settings } }
}
