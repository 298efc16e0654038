import type { Calendar } from '../calendar/calendar.ts'
import { localDay } from '../calendar/day.ts'
import type { Conflict } from '../core/outcome.ts'
import { promiseOn } from '../limits/index.ts'
import { settingOf } from '../profiles/later.ts'
import type { Profile } from '../profiles/profile.ts'
import type { Case } from './case.ts'

/** Who has to decide a conflict, until which day of the hall, and whether that day is over. */
export interface ConflictOwner {
  who: 'handler' | 'window' | 'supervisor'
  /** The handler's name; null for a window or the supervisors. */
  name: string | null
  dueOn: string
  isRaised: boolean
}

/** What the age of a conflict is reckoned with. */
export interface OwnerTerms {
  profile: Profile
  calendars: readonly Calendar[]
  /** The hall's local day. */
  today: string
}

/**
 * The owner of an unresolved conflict (sync.md §6): the case's handler, else (who may not decide) the window, else the
 * supervisors; a conflict older than the hall allows is raised to them. Derived, never stored.
 */
export function conflictOwner(
  image: Case,
  conflict: Conflict,
  { profile, calendars, today }: OwnerTerms,
): ConflictOwner {
  const since = Math.max(conflict.kept.at, conflict.other.at)
  const dueOn = promiseOn({ receivedAt: since, workingDays: settingOf(profile, 'conflictDays'), profile, calendars })
  const isRaised = today > dueOn && today > localDay(since)
  if (isRaised || conflict.who === 'supervisor' || image.windowId === '') {
    return { who: 'supervisor', name: null, dueOn, isRaised }
  }
  const mayHandler = image.handler.role === 'roleA'
  return { who: mayHandler ? 'handler' : 'window', name: mayHandler ? image.handler.actorName : null, dueOn, isRaised }
}
