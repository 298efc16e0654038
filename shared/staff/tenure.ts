import { addMonths } from './months.ts'
import { tooEarly } from './refusals.ts'
import type { Profile } from '../profiles/profile.ts'
import type { Refused } from './refusals.ts'

/** A post as far as its tenure goes. */
export interface Held {
  windowId: string | null
  personKind: string
  from: string
}

/** Whether ending a post on a day is before the tenure the hall asks for (SSC 十二): staff of a window only. */
export function isEarlyEnd({ windowId, personKind, from }: Held, on: string, profile: Profile): boolean {
  const months = profile.settings.minTenureMonths.value
  return windowId !== null && personKind === 'staff' && months > 0 && on < addMonths(from, months)
}

/** An early end needs its reason on record (SSC 十二, 原则上). */
export function endFault(held: Held, end: { on: string; reason: string }, profile: Profile | null): Refused | null {
  if (!profile || end.reason !== '' || !isEarlyEnd(held, end.on, profile)) return null
  return { code: tooEarly.code, facts: { months: profile.settings.minTenureMonths.value } }
}
