import { sql } from 'drizzle-orm'
import type { Calendar } from '../../shared/calendar/calendar.ts'
import type { Item } from '../../shared/catalogue/index.ts'
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
