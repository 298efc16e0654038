import { expect, test } from 'vitest'
import { calendarsFromChineseDays } from '../../server/calendar/seed-calendars.ts'
import { momentOf } from '../../shared/calendar/day.ts'
import { halls, type HallId } from '../../shared/profiles/halls.ts'
import { hallNow } from '../../shared/reception/index.ts'

const at = (hall: HallId, on: string, time: string) => {
  const { hours, weeklyClosures } = halls[hall].profile.settings
  const calendars = calendarsFromChineseDays(hall, [2026, 2027])
  return hallNow({ hours: hours.value, closures: weeklyClosures.value, calendars }, momentOf(on, time))
}

test.each([
  ['ssc', '2026-11-20', '15:59', { isOpen: true, until: '16:00' }],
  ['ssc', '2026-11-20', '16:10', { isOpen: false, until: null, next: { on: '2026-11-23' } }],
  ['nbu', '2026-11-20', '11:30', { isOpen: false, next: { on: '2026-11-20', from: '12:00' } }],
  ['zjj', '2026-11-21', '10:00', { isOpen: false, next: { on: '2026-11-23', from: '08:30' } }],
  ['nbu', '2026-09-30', '17:00', { isOpen: false, next: { on: '2026-10-08', from: '09:00' } }],
] as const)('[SSC-18] at %s on %s %s the map says open or closed, and the next opening', (hall, on, time, said) => {
  expect(at(hall, on, time)).toMatchObject(said)
})
