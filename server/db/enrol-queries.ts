import { sql } from 'drizzle-orm'
import type { Db } from './pg.ts'
import { profileInForce } from './profile-in-force.ts'
import { codeOf } from './errors.ts'
import { at } from './people-queries.ts'

/** A tablet to be enrolled by a code. */
export interface NewTablet {
  readonly codeHash: string
  readonly deviceId: string
  readonly name: string
  readonly tokenHash: string
  readonly publicKey: unknown
  readonly streamId: string
}

/** What the code gave. */
export interface Enrolled {
  readonly hallId: string
  readonly windowIds: string[]
  readonly lanes: string[]
}

const enrolOnce = async (db: Db, t: NewTablet, now: number): Promise<Enrolled | null> => {
  const [row] = await db.execute(sql`
    with used as (
      update hall.enrol_code set used_at = ${at(now)}
        where code_hash = ${t.codeHash} and used_at is null and expires_at > ${at(now)}
        returning hall_id, window_id),
    made as (
      insert into hall.device (hall_id, id, kind, name, window_ids, token_hash, public_key, last_seen_at)
        select hall_id, ${t.deviceId}, 'tablet', ${t.name},
          case when window_id is null then '[]'::jsonb else jsonb_build_array(window_id) end,
          ${t.tokenHash}, ${JSON.stringify(t.publicKey)}::jsonb, ${at(now)} from used
        returning hall_id, id, window_ids),
    free as (
      select m.hall_id, m.id, c.code, row_number() over (order by c.ord) as n
        from made m cross join lateral hall.free_lanes(m.hall_id, 2) with ordinality as c(code, ord)),
    lanes as (
      insert into hall.lane (hall_id, code, device_id, stream_id)
        select hall_id, code, id, case when n = 1 then ${t.streamId} end from free returning code, stream_id)
    select m.hall_id as "hallId", m.window_ids as "windowIds",
      (select json_agg(code order by stream_id nulls last) from lanes) as lanes,
      hall.open_stream(jsonb_build_object('hallId', m.hall_id, 'streamId', ${t.streamId}::text, 'branch', 0,
        'deviceId', m.id, 'lane', (select code from lanes where stream_id is not null))) as opened
    from made m`)
  return row ? (row as unknown as Enrolled) : null
}

/** Uses a code up and enrols the tablet, with its stream and two lanes: one, and one spare. Null: no such code, used or lapsed. */
export const enrolTablet = async (db: Db, tablet: NewTablet, now: number): Promise<Enrolled | null> => {
  for (let tries = 0; ; tries += 1) {
    try {
      return await enrolOnce(db, tablet, now)
    } catch (error) {
      // Two tablets enrolled at once were given the same lane: the second looks again.
      if (codeOf(error) !== '23505' || tries >= 4) throw error
    }
  }
}

/** A code to be shown by a supervisor. */
export interface NewCode {
  readonly hallId: string
  readonly codeHash: string
  readonly windowId: string | null
  readonly madeBy: string | null
  readonly expiresAt: number
}

const mostCodes = 50

/** Stores a code, and drops those that lapsed a week ago; false when the hall has 50 codes open. */
export const addCode = async (db: Db, code: NewCode, now: number): Promise<boolean> => {
  const [row] = await db.execute(sql`
    with swept as (delete from hall.enrol_code where expires_at < ${at(now - 7 * 86_400_000)})
    insert into hall.enrol_code (hall_id, code_hash, window_id, made_by, expires_at)
      select ${code.hallId}, ${code.codeHash}, ${code.windowId}, ${code.madeBy}, ${at(code.expiresAt)}
        where (select count(*) from hall.enrol_code where hall_id = ${code.hallId} and used_at is null
          and expires_at > ${at(now)}) < ${mostCodes}::integer
      returning 1`)
  return row !== undefined
}

/** Windows and grant days of a hall's newest profile. */
export interface ProfileBits {
  readonly windowIds: string[]
  readonly grantDays: number
  readonly roleBMayNot: readonly string[]
}

/** What sign-in needs of the profile in force on a day. */
export const findProfile = async (db: Db, hallId: string, day: string): Promise<ProfileBits | null> => {
  const [row] = await db.execute(
    sql`select (select json_agg(w->>'id') from jsonb_array_elements(p.image->'windows') w) as "windowIds",
        (p.image#>>'{settings,grantDays,value}')::integer as "grantDays",
        p.image#>'{settings,roleBMayNot,value}' as "roleBMayNot"
      from (select ${profileInForce(hallId, day)} as image) p where p.image is not null`,
  )
  return row ? (row as unknown as ProfileBits) : null
}
