import { addDays } from '../../shared/calendar/day.ts'
import { LogQuery } from '../../shared/wire/log.ts'

/** What the log is asked for, as it stands in the page's address: so it outlives a reload and can be sent on. */
const filterKeys = ['actor', 'type', 'outcome', 'device', 'offline', 'day', 'case'] as const
/** One filter, as it stands in the address. */
export type FilterKey = (typeof filterKeys)[number]
export type Filters = Partial<Record<FilterKey, string>>

/** The filters of an address; what the server would not take is left out. */
export function filtersOf(query: Readonly<Record<string, unknown>>): Filters {
  const filters: Filters = {}
  for (const key of filterKeys) {
    const value = query[key]
    if (typeof value === 'string' && value !== '' && isTaken(key, value)) filters[key] = value
  }
  return filters
}

function isTaken(key: FilterKey, value: string): boolean {
  if (key === 'day') return LogQuery.shape.from.safeParse(value).success
  return LogQuery.shape[key].safeParse(value).success
}

/** The query the server is asked with: a day is from it to it. */
export function queryOf({ day, ...rest }: Filters): Record<string, string> {
  const query: Record<string, string> = { ...rest }
  return day === undefined ? query : { ...query, from: day, to: day }
}

/** Today and yesterday, for the two buttons beside the day's field. */
export function nearDays(today: string): { label: string; day: string }[] {
  return [
    { label: '今天', day: today },
    { label: '昨天', day: addDays(today, -1) },
  ]
}
