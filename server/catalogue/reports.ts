import { sql } from 'drizzle-orm'
import type { Calendar } from '../../shared/calendar/calendar.ts'
import type { Item } from '../../shared/catalogue/index.ts'
import { completed } from '../../shared/profiles/complete.ts'
import { versionInForce } from '../../shared/profiles/in-force.ts'
import type { Profile } from '../../shared/profiles/profile.ts'
import type { Db } from '../db/pg.ts'

/** All versions of a hall's items. */
export const readItems = async (db: Db, hallId: string): Promise<Item[]> => {
  const rows = await db.execute<{ image: Item }>(
    sql`select image from hall.items where hall_id = ${hallId} order by id`,
  )
  return rows.map((row) => row.image)
}

/** One version of an item, of whichever hall. */
export const readItem = async (db: Db, id: string): Promise<Item | null> => {
  const [row] = await db.execute<{ image: Item }>(sql`select image from hall.items where id = ${id}`)
  return row?.image ?? null
}

/** The profile of each hall that is in force on a day, or of one hall. */
export const readProfiles = async (db: Db, day: string, hallId: string | null): Promise<Profile[]> => {
  const rows = await db.execute<{ image: Profile }>(sql`
    select image from hall.profiles where ${hallId}::text is null or hall_id = ${hallId} order by hall_id, id`)
  const versions = rows.map((row) => completed(row.image))
  const hallIds = [...new Set(versions.map((profile) => profile.hallId))]
  return hallIds.flatMap((id) => {
    const own = versions.filter((profile) => profile.hallId === id)
    return versionInForce(own, day) ?? []
  })
}

/** The newest profile of a hall, in force or not yet. */
export const readNewestProfile = async (db: Db, hallId: string): Promise<Profile | null> => {
  const [row] = await db.execute<{ image: Profile }>(sql`
    select image from hall.profiles where hall_id = ${hallId} order by (image->>'version')::integer desc limit 1`)
  return row?.image ?? null
}

/** All calendars of a hall. */
export const readCalendars = async (db: Db, hallId: string): Promise<Calendar[]> => {
  const rows = await db.execute<{ image: Calendar }>(sql`select image from hall.calendars where hall_id = ${hallId}`)
  return rows.map((row) => row.image)
}
