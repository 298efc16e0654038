import { sql } from 'drizzle-orm'
import type { CloseStreamAnswer } from '../../shared/wire/log.ts'
import { at } from './people-queries.ts'
import type { Db } from './pg.ts'

/**
 * Ends a device with its grants and sessions, in one statement (P12). Asked again it changes nothing. Gives the moment
 * it was first done, or null where the hall has no such device; the server's own cannot be ended.
 */
export const revokeDevice = async (
  db: Db,
  { hallId, id }: { hallId: string; id: string },
  now: number,
): Promise<number | null> => {
  const [row] = await db.execute<{ revokedAt: number }>(sql`
    with ended as (
      update hall.device set revoked_at = coalesce(revoked_at, ${at(now)})
        where hall_id = ${hallId} and id = ${id} and kind <> 'system' returning hall_id, id, revoked_at),
    grants as (
      update hall.offline_grant g set revoked_at = e.revoked_at from ended e
        where g.hall_id = e.hall_id and g.device_id = e.id and g.revoked_at is null),
    sessions as (
      delete from hall.session s using ended e where s.hall_id = e.hall_id and s.device_id = e.id)
    select round(extract(epoch from revoked_at) * 1000)::float8 as "revokedAt" from ended`)
  return row?.revokedAt ?? null
}

/**
 * Closes a queue that its tablet has left (sync.md §8): what comes under it from now on is held. Null where the hall has
 * no such queue, or its tablet still writes it.
 */
export const closeStream = async (
  db: Db,
  { hallId, streamId }: { hallId: string; streamId: string },
  now: number,
): Promise<CloseStreamAnswer | null> => {
  const asked = JSON.stringify({ hallId, streamId, at: new Date(now).toISOString() })
  const [row] = await db.execute<{ closed: CloseStreamAnswer | null }>(
    sql`select hall.close_stream(${asked}::jsonb) as closed`,
  )
  return row?.closed ?? null
}
