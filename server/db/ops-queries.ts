import { sql } from 'drizzle-orm'
import { localDay } from '../../shared/calendar/day.ts'
import { asStoreError } from './errors.ts'
import type { Db } from './pg.ts'
import { profileInForce } from './profile-in-force.ts'

const rowsOf = async <T extends object>(db: Db, statement: ReturnType<typeof sql>): Promise<T[]> => {
  const rows = await db.execute(statement).catch((error: unknown) => {
    throw asStoreError(error)
  })
  return rows as unknown as T[]
}

/** Every hall of this database. */
export const openHalls = async (db: Db): Promise<string[]> => {
  const rows = await rowsOf<{ hallId: string }>(db, sql`select hall_id as "hallId" from hall.hall_clock order by 1`)
  return rows.map(({ hallId }) => hallId)
}

/** Forgets entries of what left a scope before a moment; the horizon rises over them (sync.md 4.5). Returns the horizon. */
export const forgetLeaves = async (db: Db, hallId: string, before: number): Promise<number> => {
  const [row] = await rowsOf<{ horizon: string }>(
    db,
    sql`select hall.forget_leaves(${hallId}, ${new Date(before).toISOString()}::timestamptz) as horizon`,
  )
  return Number(row?.horizon ?? 0)
}

/** A case or first contact that is over, and the end it had when it was looked at. */
export interface OverCase {
  readonly id: string
  readonly endedAt: number
}

// As the profile in force has it; so many days where it says nothing (sync.md 4.2).
const keptMs = (setting: 'archiveAfterDays' | 'contactKeptDays', hallId: string, today: string) =>
  sql`86400000::bigint * coalesce(
  (${profileInForce(hallId, today)} #>> array['settings', ${setting}::text, 'value'])::integer,
  ${setting === 'archiveAfterDays' ? 30 : 7}::integer)`

/**
 * Cases still on their window's tablets that ended long enough ago, the oldest first. Read from the scope index, which
 * what was put away has left: the whole table of cases is never looked through.
 */
export const casesToArchive = async (
  db: Db,
  hallId: string,
  { now, limit }: { now: number; limit: number },
): Promise<OverCase[]> => {
  const rows = await rowsOf<{ id: string; endedAt: string }>(
    db,
    sql`select c.id, c.image ->> 'endedAt' as "endedAt"
      from hall.scope_index e join hall.cases c on c.hall_id = e.hall_id and c.id = e.agg_id
      where e.hall_id = ${hallId} and e.kind = 'case' and e.op = 'set' and e.scope like 'window:%'
        and c.state in ('concluded', 'refused', 'declined', 'returned', 'withdrawn', 'voided')
        and (c.image ->> 'endedAt')::bigint < ${now} - ${keptMs('archiveAfterDays', hallId, localDay(now))}
        and not exists (select from jsonb_array_elements(c.image -> 'conflicts') as x(conflict)
          where x.conflict -> 'settled' = 'null'::jsonb)
        and not exists (select from jsonb_array_elements(coalesce(c.image -> 'appeals', '[]')) as y(appeal)
          where y.appeal -> 'decided' = 'null'::jsonb)
      order by (c.image ->> 'endedAt')::bigint, c.id limit ${limit}`,
  )
  return rows.map(({ id, endedAt }) => ({ id, endedAt: Number(endedAt) }))
}

/** First contacts that ended long enough ago to leave their windows' tablets, found as cases are. */
export const contactsToArchive = async (
  db: Db,
  hallId: string,
  { now, limit }: { now: number; limit: number },
): Promise<OverCase[]> => {
  const rows = await rowsOf<{ id: string; endedAt: string }>(
    db,
    sql`select distinct c.id, (c.image ->> 'endedAt')::bigint as "endedAt"
      from hall.scope_index e join hall.contacts c on c.hall_id = e.hall_id and c.id = e.agg_id
      where e.hall_id = ${hallId} and e.kind = 'contact' and e.op = 'set'
        and (e.scope like 'window:%' or e.scope like 'unit:%')
        and (c.image ->> 'endedAt')::bigint < ${now} - ${keptMs('contactKeptDays', hallId, localDay(now))}
      order by 2, 1 limit ${limit}`,
  )
  return rows.map(({ id, endedAt }) => ({ id, endedAt: Number(endedAt) }))
}

/** Slots of appointments whose day is before a day and that still stand on tablets, the oldest first. */
export const slotsToArchive = async (
  db: Db,
  hallId: string,
  { before, limit }: { before: string; limit: number },
): Promise<string[]> => {
  const rows = await rowsOf<{ id: string }>(
    db,
    sql`select id from hall.slots where hall_id = ${hallId} and image->>'day' < ${before}
      and image->'archived' is null order by image->>'day', id limit ${limit}`,
  )
  return rows.map(({ id }) => id)
}
