import { sql } from 'drizzle-orm'
import { addDays, localDay } from '../../shared/calendar/day.ts'
import type { Db } from './pg.ts'

/** How long a meeting with nothing left to do stays at its windows. */
const keptDays = 90

/** Meetings still on windows' tablets, old and with every task done, found as cases are (ZJJ-10). */
export const meetingsToArchive = async (
  db: Db,
  hallId: string,
  { now, limit }: { now: number; limit: number },
): Promise<{ id: string; endedAt: number }[]> => {
  const rows = await db.execute<{ id: string }>(sql`
    select distinct m.id
      from hall.scope_index e join hall.meetings m on m.hall_id = e.hall_id and m.id = e.agg_id
      where e.hall_id = ${hallId} and e.kind = 'meeting' and e.op = 'set' and e.scope like 'window:%'
        and m.image->>'on' < ${addDays(localDay(now), -keptDays)}
        and not exists (select from jsonb_array_elements(m.image->'tasks') as t(task) where t.task->'done' = 'null'::jsonb)
      order by m.id limit ${limit}`)
  return rows.map(({ id }) => ({ id, endedAt: now }))
}
