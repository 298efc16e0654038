import { sql, type SQL } from 'drizzle-orm'
import { completed } from '../../shared/profiles/complete.ts'
import type { Profile } from '../../shared/profiles/profile.ts'
import type { Db } from './pg.ts'

const day = sql`v.image ->> 'effectiveOn'`
const version = sql`(v.image ->> 'version')::integer`

/**
 * The image of the profile in force in a hall on a day, as one SQL value: `versionInForce` of shared/profiles said in
 * SQL, where a statement needs it inside itself. A test compares the two.
 */
export const profileInForce = (hallId: string | SQL, on: string): SQL => sql`(select v.image from hall.profiles v
  where v.hall_id = ${hallId}
  order by ${day} <= ${on} desc, case when ${day} <= ${on} then ${day} end desc,
    case when ${day} <= ${on} then ${version} end desc, ${day}, ${version} limit 1)`

/** The profile in force in a hall on a day (NBU-3), settings of later added; null where the hall has none. */
export const readProfileInForce = async (db: Db, hallId: string, on: string): Promise<Profile | null> => {
  const [row] = await db.execute<{ image: Profile | null }>(sql`select ${profileInForce(hallId, on)} as image`)
  return row?.image ? completed(row.image) : null
}

/** The profile in force on a day of each hall there is (NBU-3), by the hall's id. */
export const readProfilesInForce = async (db: Db, on: string): Promise<Profile[]> => {
  const rows = await db.execute<{ image: Profile }>(sql`
    select ${profileInForce(sql`h.hall_id`, on)} as image
      from (select distinct hall_id from hall.profiles) h order by h.hall_id`)
  return rows.map(({ image }) => completed(image))
}
