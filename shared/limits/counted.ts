import type { Calendar, SpecialPeriod } from '../calendar/calendar.ts'
import { addDays, weekdayOf } from '../calendar/day.ts'
import type { Profile } from '../profiles/profile.ts'

type ByCalendar = WeakMap<Calendar, Calendar>

/** Images are never changed in place, so each calendar's vacations are taken out once. */
const without: ByCalendar = new WeakMap()

function vacationDays({ from, to, reason }: SpecialPeriod): { on: string; name: string }[] {
  const days: { on: string; name: string }[] = []
  for (let on = from; on <= to; on = addDays(on, 1)) if (weekdayOf(on) <= 5) days.push({ on, name: reason })
  return days
}

/** A day named by hand (放假, 调休, 闭厅, 加开) stays what it was named. */
function withoutVacations(calendar: Calendar): Calendar {
  const known = without.get(calendar)
  if (known) return known
  const vacations = (calendar.periods ?? []).filter(({ isVacation }) => isVacation === true).flatMap(vacationDays)
  const named = new Set([...calendar.daysOff, ...calendar.workedDays].map(({ on }) => on))
  const daysOff = [...calendar.daysOff, ...vacations.filter(({ on }) => !named.has(on))]
  const counted = vacations.length === 0 ? calendar : { ...calendar, daysOff }
  without.set(calendar, counted)
  return counted
}

/**
 * The calendars limits are counted by (profiles.md §3 寒暑假计时): where the hall does not count school vacations, their
 * weekdays are no working days of a limit, though the hall may be open on them. When it is open is the calendars' own.
 */
export function countedBy({ settings }: Profile, calendars: readonly Calendar[]): readonly Calendar[] {
  return settings.isVacationCounted.value ? calendars : calendars.map(withoutVacations)
}
