import type { Calendar } from './calendar.ts'

/**
 * The calendars that count on a day, one a year: of the versions already effective the newest. A version of before
 * effective days came counts from the moment it was published.
 */
export function calendarsInForce(calendars: readonly Calendar[], today: string): Calendar[] {
  const newest = new Map<number, Calendar>()
  for (const calendar of calendars) {
    const held = newest.get(calendar.year)
    const isEffective = calendar.effectiveOn === undefined || calendar.effectiveOn <= today
    if (isEffective && (!held || held.version < calendar.version)) newest.set(calendar.year, calendar)
  }
  return [...newest.values()].sort((a, b) => a.year - b.year)
}
