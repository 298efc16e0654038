import { sql } from 'drizzle-orm'
import type { Calendar } from '../../shared/calendar/calendar.ts'
import type { Case } from '../../shared/cases/index.ts'
import type { Profile } from '../../shared/profiles/profile.ts'
import type { Db } from '../db/pg.ts'
import { readProfileInForce } from '../db/profile-in-force.ts'

/** The hall's profile in force on a day, null where it has none, and every calendar it has. */
export const readHallRules = async (
  db: Db,
  hallId: string,
  today: string,
): Promise<{ profile: Profile | null; calendars: Calendar[] }> => {
  const calendars = await db.execute<{ image: Calendar }>(sql`
    select image from hall.calendars where hall_id = ${hallId}`)
  return { profile: await readProfileInForce(db, hallId, today), calendars: calendars.map(({ image }) => image) }
}

/** Cases at work that were promised for a day or an earlier one; pauses may have moved some of them on. */
export const readPromisedBy = async (db: Db, hallId: string, on: string): Promise<Case[]> => {
  const rows = await db.execute<{ image: Case }>(sql`
    select image from hall.cases
      where hall_id = ${hallId} and state = 'open' and image #>> '{promise,on}' <= ${on} order by id`)
  return rows.map(({ image }) => image)
}

/** Sheets of 收工 still on tablets that were filed before a moment, the oldest first. */
export const readOldDayCloses = async (db: Db, hallId: string, before: number): Promise<string[]> => {
  const rows = await db.execute<{ id: string }>(sql`
    select id from hall.day_closes
      where hall_id = ${hallId} and image ->> 'state' = 'filed' and (image ->> 'filedAt')::bigint < ${before}
      order by (image ->> 'filedAt')::bigint, id limit 500`)
  return rows.map(({ id }) => id)
}
