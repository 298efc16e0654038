import { sql } from 'drizzle-orm'
import { mostOpenCases, type OpenCase } from '../../shared/wire/open-cases.ts'
import type { Db } from '../db/pg.ts'

/** Open cases of a hall or of one window, the ones due first in front; without anything personal. */
export const readOpenCases = async (
  db: Db,
  hallId: string,
  windowId: string | undefined,
): Promise<{ count: number; cases: OpenCase[] }> => {
  const rows = await db.execute(sql`
    select c.id, c.number, c.image ->> 'itemId' as "itemId", c.image ->> 'itemName' as "itemName",
      c.window_id as "windowId", c.state, coalesce(c.image #>> '{handler,actorName}', '') as "handlerName",
      (c.image ->> 'receivedAt')::float8 as "receivedAt", c.image #>> '{promise,on}' as "dueOn",
      (c.image #>> '{promise,workingDays}')::integer as "workingDays", count(*) over ()::integer as count
    from hall.cases c
    where c.hall_id = ${hallId} and (${windowId ?? null}::text is null or c.window_id = ${windowId ?? null}::text)
      and c.state not in ('concluded', 'refused', 'declined', 'withdrawn', 'voided', 'returned')
    order by c.image #>> '{promise,on}' nulls last, c.number limit ${mostOpenCases}`)
  const found = rows as unknown as (OpenCase & { count: number })[]
  return { count: found[0]?.count ?? 0, cases: found.map(({ count: _count, ...one }) => one) }
}
