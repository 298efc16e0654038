import { sql } from 'drizzle-orm'
import type { TurnDays } from '../../shared/halls/index.ts'
import { mostOpenCases, type OpenCase } from '../../shared/wire/open-cases.ts'
import type { Db } from '../db/pg.ts'

/** Open cases of a hall or of one window, the ones due first in front; without anything personal. */
export const readOpenCases = async (
  db: Db,
  hallId: string,
  windowId: string | undefined,
): Promise<{ count: number; cases: OpenCase[] }> => {
  const rows = await db.execute(sql`
    select c.id, c.number, c.image ->> 'itemName' as "itemName", c.window_id as "windowId", c.state,
      coalesce(c.image #>> '{handler,actorName}', '') as "handlerName",
      (c.image ->> 'acceptedAt')::float8 as "acceptedAt",
      case when c.image #>> '{promise,on}' is not null then jsonb_build_object(
        'on', c.image #>> '{promise,on}', 'workingDays', (c.image #>> '{promise,workingDays}')::integer) end as promise,
      (select coalesce(jsonb_agg(jsonb_build_object('type', a ->> 'type', 'at', a -> 'at', 'from', a ->> 'from') order by n),
          '[]'::jsonb) from jsonb_array_elements(c.image -> 'acts') with ordinality as x(a, n)) as acts,
      (select coalesce(jsonb_agg(jsonb_build_object('from', p -> 'from', 'to', p -> 'to') order by n), '[]'::jsonb)
        from jsonb_array_elements(coalesce(c.image -> 'pauses', '[]'::jsonb)) with ordinality as y(p, n)) as pauses,
      count(*) over ()::integer as count
    from hall.cases c
    where c.hall_id = ${hallId} and (${windowId ?? null}::text is null or c.window_id = ${windowId ?? null}::text)
      and c.state not in ('concluded', 'refused', 'declined', 'withdrawn', 'voided', 'returned')
    order by c.image #>> '{promise,on}' nulls last, c.number limit ${mostOpenCases}`)
  const found = rows as unknown as (OpenCase & { count: number })[]
  return { count: found[0]?.count ?? 0, cases: found.map(({ count: _count, ...one }) => one) }
}

/** Turns at the windows of halls: of one, or (null) of all, by hall. */
export const readTurns = async (db: Db, hallId: string | null): Promise<Map<string, TurnDays[]>> => {
  const rows = await db.execute(sql`select hall_id as "hallId", image from hall.window_turns
    where ${hallId}::text is null or hall_id = ${hallId}::text order by hall_id, id`)
  const byHall = new Map<string, TurnDays[]>()
  for (const row of rows as unknown as { hallId: string; image: TurnDays }[])
    byHall.set(row.hallId, [...(byHall.get(row.hallId) ?? []), row.image])
  return byHall
}
