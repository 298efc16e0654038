import type { Calendar } from '../../shared/calendar/calendar.ts'
import { addDays } from '../../shared/calendar/day.ts'

/** The acceptance calendar: 1–7 Oct off, Sat 10 Oct worked, and one day the hall itself is shut. */
export const testCalendar: Calendar = {
  ...{ id: 'test:2026@1', hallId: 'test', year: 2026, version: 1, official: true },
  daysOff: Array.from({ length: 7 }, (_, n) => ({ on: addDays('2026-10-01', n), name: '国庆节' })),
  workedDays: [{ on: '2026-10-10', name: '国庆节调休上班' }],
  closures: [{ on: '2026-12-25', reason: '运动会' }],
}
