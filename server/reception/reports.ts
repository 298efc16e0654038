import { sql } from 'drizzle-orm'
import type { Calendar } from '../../shared/calendar/calendar.ts'
import type { Db } from '../db/pg.ts'

/** Which role took each window over last, since a moment: from the handovers both persons signed. */
export const readDuty = async (
  db: Db,
  hallId: string,
  since: number,
): Promise<{ windowId: string; role: 'roleA' | 'roleB' }[]> => {
  const rows = await db.execute(sql`
    select distinct on (window_id) window_id as "windowId", image #>> '{to,role}' as role
    from hall.handovers
    where hall_id = ${hallId} and image ->> 'state' = 'confirmed'
      and (image ->> 'confirmedAt')::bigint >= ${since}::bigint and image #>> '{to,role}' in ('roleA', 'roleB')
    order by window_id, (image ->> 'confirmedAt')::bigint desc`)
  return rows as unknown as { windowId: string; role: 'roleA' | 'roleB' }[]
}

/** All versions of a hall's working-day calendars. */
export const readCalendars = async (db: Db, hallId: string): Promise<Calendar[]> => {
  const rows = await db.execute<{ image: Calendar }>(sql`select image from hall.calendars where hall_id = ${hallId}`)
  return rows.map((row) => row.image)
}
