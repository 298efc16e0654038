import { addDays } from '../calendar/day.ts'
import { aggregate } from '../core/command.ts'
import type { Act } from '../core/kernel.ts'
import type { Conflict, Flag } from '../core/outcome.ts'
import { staffSetting } from '../profiles/staff-settings.ts'
import type { Profile } from '../profiles/profile.ts'
import { addMonths } from './months.ts'

/** One term of an office, from its first to its last day; no end where the hall sets none. */
export interface OfficeTerm {
  from: string
  to: string | null
}

/** 机构任职 (REF 章程 四–八): an office of the hall, who holds it, how they came to it, and their terms. */
export interface Office {
  id: string
  hallId: string
  kind: 'office'
  /** Id and title of the office as the profile had them. */
  officeId: string
  title: string
  departmentId: string | null
  personId: string | null
  personName: string
  /** Election, nomination or appointment: on which day, by what paper or vote. */
  chosen: { how: 'elected' | 'nominated' | 'appointed'; by: string; on: string; basis: string }
  approval: { by: string; on: string } | null
  terms: OfficeTerm[]
  end: { on: string; reason: string } | null
  acts: Act[]
  flags: (Flag & { act: string; actorId: string; at: number })[]
  conflicts: Conflict[]
}

/** The term that begins on a day, by the profile: whole months, its last day included. */
export function termFrom(from: string, profile: Profile | null): OfficeTerm {
  const { months } = profile ? staffSetting(profile, 'officeTerm') : { months: 0 }
  return { from, to: months === 0 ? null : addDays(addMonths(from, months), -1) }
}

/** The last day of somebody's service in an office, null for none. */
export function servesUntil({ terms, end }: Pick<Office, 'terms' | 'end'>): string | null {
  return end?.on ?? terms.at(-1)?.to ?? null
}

/** Whole days until a term ends, when the hall wants to be reminded of it by now; else null (REF-CH). */
export function dueIn(office: Office, today: string, profile: Profile): number | null {
  const until = servesUntil(office)
  const { remindDays } = staffSetting(profile, 'officeTerm')
  if (office.end || until === null || addDays(until, -remindDays) > today) return null
  return Math.round((Date.parse(until) - Date.parse(today)) / 86_400_000)
}

/** 机构任职 in the register: public within the hall. */
export const officeAggregate = aggregate<Office>({
  kind: 'office',
  scopes: () => ['hall', 'supervisor'],
  shelf: (image) => (image.end ? 'ended' : 'held'),
  at: (image) => image.acts[0]?.at ?? 0,
  keys: () => [],
})
