import chineseDays from 'chinese-days'
import type { Calendar } from '../../shared/calendar/calendar.ts'
import { addDays, weekdayOf } from '../../shared/calendar/day.ts'

interface NationalDay {
  on: string
  name: string
}

interface NationalYear {
  daysOff: NationalDay[]
  workedDays: NationalDay[]
}

/** chinese-days names a listed day `English,中文,n` and an ordinary one by its weekday alone. */
const holidayName = (name: string): string | undefined => name.split(',')[1]

const nationalYear = (year: number): NationalYear => {
  const found: NationalYear = { daysOff: [], workedDays: [] }
  for (let on = `${String(year)}-01-01`; on <= `${String(year)}-12-31`; on = addDays(on, 1)) {
    const { work, name } = chineseDays.getDayDetail(on)
    const holiday = holidayName(name)
    if (holiday === undefined) continue
    if (!work) found.daysOff.push({ on, name: holiday })
    else if (weekdayOf(on) > 5) found.workedDays.push({ on, name: `${holiday}调休上班` })
  }
  return found
}

/**
 * First calendars of a hall from the national list. A year the list does not know yet is left out, so that promises
 * reaching into it count Mon–Fri and say so (非正式日历) until the hall enters it.
 */
export function calendarsFromChineseDays(hallId: string, years: readonly number[]): Calendar[] {
  return years.flatMap((year) => {
    const { daysOff, workedDays } = nationalYear(year)
    if (daysOff.length === 0) return []
    const id = `${hallId}:${String(year)}@1`
    return [{ id, hallId, year, version: 1, official: true, daysOff, workedDays, closures: [] }]
  })
}
