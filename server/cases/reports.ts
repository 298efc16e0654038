import { sql } from 'drizzle-orm'
import type { Case } from '../../shared/cases/index.ts'
import type { Db } from '../db/pg.ts'

/** A case and another one of the same student and item, received within a day of it. */
export interface TwinRow {
  readonly own: Case
  readonly other: Case
}

const dayMs = 86_400_000

/**
 * For each of the named cases the first three other receipts of the same student and item near it; what was voided is none
 * (sync.md §6). One index probe a case, however often a student comes.
 */
export const readTwins = async (db: Db, hallId: string, ids: readonly string[]): Promise<TwinRow[]> => {
  const rows = await db.execute(sql`
    select c.image as own, t.image as other
    from hall.cases c cross join lateral (
      select o.image from hall.cases o
      where o.hall_id = c.hall_id and o.id <> c.id and o.state <> 'voided'
        and (o.image #>> '{pii,studentNo}') = (c.image #>> '{pii,studentNo}')
        and (o.image ->> 'itemCode') = (c.image ->> 'itemCode')
        and (o.image ->> 'receivedAt')::bigint
          between (c.image ->> 'receivedAt')::bigint - ${dayMs}::bigint and (c.image ->> 'receivedAt')::bigint + ${dayMs}::bigint
      order by (o.image ->> 'receivedAt')::bigint limit 3) t
    where c.hall_id = ${hallId} and c.id in (select jsonb_array_elements_text(${JSON.stringify(ids)}::text::jsonb))
      and c.state <> 'voided'`)
  return rows as unknown as TwinRow[]
}

/** Cases that were joined to another one, with that one as it stands. */
export const readJoined = async (db: Db, hallId: string, ids: readonly string[]): Promise<TwinRow[]> => {
  const rows = await db.execute(sql`
    select c.image as own, o.image as other
    from hall.cases c
    join hall.cases o on o.hall_id = c.hall_id and o.id = (c.image #>> '{joinedTo,caseId}')
    where c.hall_id = ${hallId} and c.id in (select jsonb_array_elements_text(${JSON.stringify(ids)}::text::jsonb))`)
  return rows as unknown as TwinRow[]
}

/** Cases received or joined since a moment, by hall: what is looked at again at a start, since a crash may have come between. */
export const readRecent = async (db: Db, since: number): Promise<{ hallId: string; id: string }[]> => {
  const rows = await db.execute(sql`
    select hall_id as "hallId", agg_id as id from hall.command_log
    where type in ('case.receive', 'case.link') and received_at >= to_timestamp(${since}::float8 / 1000) limit 5000`)
  return rows as unknown as { hallId: string; id: string }[]
}

/** One case by the number people say; null when the hall has none. */
export const readByNumber = async (db: Db, hallId: string, number: string): Promise<Case | null> => {
  const [row] = await db.execute<{ image: Case }>(
    sql`select image from hall.cases where hall_id = ${hallId} and number = ${number}`,
  )
  return row?.image ?? null
}
