import { localDay } from '../../shared/calendar/day.ts'
import type { Calendar } from '../../shared/calendar/calendar.ts'
import { calendarsInForce } from '../../shared/calendar/in-force.ts'
import type { ContextVersions } from '../../shared/core/envelope.ts'
import { versionInForce } from '../../shared/profiles/in-force.ts'
import type { Profile } from '../../shared/profiles/profile.ts'
import type { Tx } from './store.ts'

/** The profile in force and the newest calendar of each year, as this tablet holds them at `at` (UTC ms). */
export async function currentVersions(tx: Tx, at: number): Promise<Omit<ContextVersions, 'item'>> {
  const today = localDay(at)
  const profiles = (await tx.byIndex('view', 'kind+shelf+at', { prefix: ['profile'] })).map(
    (row) => row.image as unknown as Profile,
  )
  const calendars = (await tx.byIndex('view', 'kind+shelf+at', { prefix: ['calendar'] })).map(
    (row) => row.image as unknown as Calendar,
  )
  return {
    profile: versionInForce(profiles, today)?.id ?? null,
    calendars: calendarsInForce(calendars, today)
      .map((calendar) => calendar.id)
      .sort(),
  }
}
