import type { Profile } from './profile.ts'
import type { Settings } from './settings.ts'

/**
 * What a profile of before means by settings that came later: our proposals, 本厅约定. Apart from the schemas, since a
 * tablet's first screen reads them.
 */
export const proposed = {
  staffChangeNeeds: 'consent',
  unfitStaff: 'replaced',
  refusalGrounds: [] as string[],
  nobodysMatterBy: 'leader',
  chargesPaidAt: '财务处缴费窗口',
  conflictDays: 1,
  contactDays: { handOn: 0, take: 0, answer: 1 },
} as const

/** Such a setting of a stored profile, also of one adopted before it came, or where there is no profile yet. */
export function settingOf<Key extends keyof typeof proposed>(
  profile: Pick<Profile, 'settings'> | null,
  key: Key,
): Settings[Key]['value'] {
  const settings = profile?.settings as Partial<Settings> | undefined
  return settings?.[key]?.value ?? proposed[key]
}
