import { sql } from 'drizzle-orm'
import type { JsonWebKey } from 'node:crypto'
import type { Grant } from '../../shared/core/envelope.ts'
import type { GrantedRole } from '../sync/store-verbs.ts'
import { asStoreError } from './errors.ts'
import { localDay } from '../../shared/calendar/day.ts'
import type { Db } from './pg.ts'
import { accountEnd, lastDay } from './store-sql.ts'

const rowsOf = async <T extends object>(db: Db, statement: ReturnType<typeof sql>): Promise<T[]> => {
  const rows = await db.execute(statement).catch((error: unknown) => {
    throw asStoreError(error)
  })
  return rows as unknown as T[]
}

/** What a device may ask for beside its own windows: its streams, and the roles of people signed in on it now. */
export interface DeviceReach {
  readonly streamIds: readonly string[]
  readonly roles: readonly GrantedRole[]
}

// A grant alone lets its person act without network for days; to read on it takes a session that has not ended either
// (P10, P19). Not being used for half an hour ends no reading: a screen that only pulls uses no session.
const standsNow = (at: string, today: string) => sql`g.revoked_at is null
  and g.from_at <= ${at}::timestamptz and g.to_at > ${at}::timestamptz
  and coalesce(${accountEnd} > ${at}::timestamptz, true) and coalesce(${lastDay}, '9999-12-31') >= ${today}
  and exists (select from hall.session n where n.hall_id = g.hall_id and n.device_id = g.device_id
    and n.account_id = g.actor_id and n.expires_at > ${at}::timestamptz)`

/** Reads a device's streams and standing roles in one statement. */
export const deviceReach = async (
  db: Db,
  device: { hallId: string; id: string },
  now: number,
): Promise<DeviceReach> => {
  const at = new Date(now).toISOString()
  const [row] = await rowsOf<DeviceReach>(
    db,
    sql`select
      (select coalesce(json_agg(s.stream_id), '[]'::json) from hall.sync_stream s
        where s.hall_id = ${device.hallId} and s.device_id = ${device.id}) as "streamIds",
      (select coalesce(json_agg(r.role), '[]'::json) from hall.offline_grant g
        cross join lateral jsonb_array_elements(g.roles) as r(role)
        where g.hall_id = ${device.hallId} and g.device_id = ${device.id} and ${standsNow(at, localDay(now))}) as roles`,
  )
  if (!row) return { streamIds: [], roles: [] }
  return { ...row, roles: row.roles.filter(({ on }) => on === undefined || on.includes(localDay(now))) }
}

/** Whether anybody's stream has the id. */
export const isStream = async (db: Db, streamId: string): Promise<boolean> =>
  (await rowsOf(db, sql`select from hall.sync_stream where stream_id = ${streamId}`)).length > 0

/** The key a hall's server signs with. */
export interface ServerKey {
  readonly id: string
  readonly privateJwk: JsonWebKey
  readonly publicJwk: Grant['publicKey']
}

/** The hall's newest key that is not retired, or null. */
export const findServerKey = async (db: Db, hallId: string): Promise<ServerKey | null> => {
  const [row] = await rowsOf<ServerKey>(
    db,
    sql`select id, private_jwk as "privateJwk", public_jwk as "publicJwk" from hall.server_key
      where hall_id = ${hallId} and retired_at is null order by created_at desc, id desc limit 1`,
  )
  return row ?? null
}

/** Keeps a key unless one of that id is there already: of two servers that start at once, one wins. */
export const keepServerKey = async (db: Db, hallId: string, key: ServerKey): Promise<void> => {
  await rowsOf(
    db,
    sql`insert into hall.server_key (hall_id, id, private_jwk, public_jwk)
      values (${hallId}, ${key.id}, ${JSON.stringify(key.privateJwk)}::jsonb, ${JSON.stringify(key.publicJwk)}::jsonb)
      on conflict do nothing`,
  )
}

/** The server's own device of a hall: no token fits `tokenHash`, so nobody can come in by it. */
export const keepSystemDevice = async (
  db: Db,
  device: { hallId: string; id: string; tokenHash: string },
): Promise<void> => {
  await rowsOf(
    db,
    sql`insert into hall.device (hall_id, id, kind, name, token_hash)
      values (${device.hallId}, ${device.id}, 'system', '系统', ${device.tokenHash}) on conflict do nothing`,
  )
}
