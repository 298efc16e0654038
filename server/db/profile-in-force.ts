import { sql, type SQL } from 'drizzle-orm'

const day = sql`v.image ->> 'effectiveOn'`
const version = sql`(v.image ->> 'version')::integer`

/**
 * The image of the profile in force in a hall on a day, as one SQL value: `versionInForce` of shared/profiles said in
 * SQL, where a statement needs it inside itself. A test compares the two.
 */
export const profileInForce = (hallId: string, on: string): SQL => sql`(select v.image from hall.profiles v
  where v.hall_id = ${hallId}
  order by ${day} <= ${on} desc, case when ${day} <= ${on} then ${day} end desc,
    case when ${day} <= ${on} then ${version} end desc, ${day}, ${version} limit 1)`
