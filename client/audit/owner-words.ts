import type { Calendar } from '../../shared/calendar/calendar.ts'
import { formatDayNear } from '../../shared/calendar/day.ts'
import { conflictOwner } from '../../shared/cases/index.ts'
import type { Profile } from '../../shared/profiles/profile.ts'
import type { OpenConflict } from './conflicts.ts'

/** The hall's rules as a screen has them; without the profile nothing is said of owners. */
export interface OwnerWordsTerms {
  profile: Profile | null
  calendars: readonly Calendar[]
  today: string
}

/** Whose it is to decide and until when: `由示例·王老师裁决，11月23日前`, or that it went to the supervisors. */
export function ownerWords({ row, conflict }: OpenConflict, { profile, calendars, today }: OwnerWordsTerms): string {
  if (!profile) return ''
  const { who, name, dueOn, isRaised } = conflictOwner(row.image, conflict, { profile, calendars, today })
  const due = formatDayNear(dueOn, today)
  if (isRaised) return `过了 ${due} 还没裁决，已交督查`
  if (who === 'supervisor') return `由督查裁决，${due}前`
  const word = profile.settings.roleWord.value
  const window = profile.windows.find((one) => one.id === row.image.windowId)?.name ?? '本窗口'
  return `由${who === 'handler' ? (name ?? '') : `${window} A${word}`}裁决，${due}前`
}
