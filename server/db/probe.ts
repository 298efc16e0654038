import { sql } from 'drizzle-orm'
import type { Db } from './pg.ts'

/** Writes one row of its own and nothing else: readiness means that a write goes through, not only a read. */
export const probeWrite = async (db: Db, now: number): Promise<void> => {
  await db.execute(sql`insert into hall.attempt (key, count, first_at)
    values ('readyz', 0, to_timestamp(${now}::float8 / 1000))
    on conflict (key) do update set first_at = excluded.first_at`)
}
