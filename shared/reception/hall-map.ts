import type { Calendar } from '../calendar/calendar.ts'
import { addDays, localDay, localMinutes } from '../calendar/day.ts'
import { clockOf, type HoursRange } from '../calendar/hours.ts'
import { isOpenAt, openOn } from '../calendar/workdays.ts'

/** Whether the hall is open to the public, and when it opens next: the hall's local day and time. */
export interface HallNow {
  isOpen: boolean
  /** When it closes today; null while closed. */
  until: string | null
  next: { on: string; from: string } | null
}

/** What "now open" rests on (SSC-18, ZJJ-22): hours, weekly closures, and the hall's calendar. */
export interface HallHours {
  readonly hours: readonly HoursRange[]
  readonly closures: readonly HoursRange[]
  readonly calendars: readonly Calendar[]
}

const lookAhead = 60

/** Open now, until when, and the next opening within two months. */
export function hallNow({ hours, closures, calendars }: HallHours, at: number): HallNow {
  const opening = { hours, closed: closures }
  const [today, minutes] = [localDay(at), localMinutes(at)]
  const part = openOn(calendars, today, opening).find(({ from, to }) => from <= minutes && minutes < to)
  const isOpen = isOpenAt(calendars, at, opening)
  for (let ahead = 0; ahead <= lookAhead; ahead += 1) {
    const on = addDays(today, ahead)
    const next = openOn(calendars, on, opening).find(({ from }) => ahead > 0 || from > minutes)
    if (next) return { isOpen, until: part ? clockOf(part.to) : null, next: { on, from: clockOf(next.from) } }
  }
  return { isOpen, until: part ? clockOf(part.to) : null, next: null }
}
