import { openClient } from '../../server/db/pg.ts'
import type { TestDatabase } from '../support/postgres.ts'
import { scope } from './served-tablet.ts'

/** Which case to copy, how often, under which name; with a row of the log each, if the test reads the log. */
export interface Many {
  readonly like: string
  readonly count: number
  readonly name: string
  readonly hasLog?: boolean
}

/**
 * Cases of hall `nbu` by SQL, set-wise: copies of one that was really received, each with its entry in the window's
 * scope, the hall's position moved over them, the digests recounted and the planner's figures made anew.
 */
export async function manyCases({ urls }: Pick<TestDatabase, 'urls'>, plan: Many): Promise<void> {
  const sql = openClient(urls.ownerUrl, { max: 1, statementTimeoutMs: 0, name: 'test-many' })
  const { like, count, name, hasLog = false } = plan
  try {
    await sql`
      with moved as (update hall.hall_clock set pos = pos + ${count} where hall_id = 'nbu' returning pos - ${count} as start),
      made as materialized (select g, md5(${name}::text || g)::uuid::text as id from generate_series(1, ${count}::int) as g),
      kept as (insert into hall.cases (hall_id, id, ver, image)
        select 'nbu', m.id, 1, c.image || jsonb_build_object('id', m.id, 'number', ${`XG-261120-${name}-`}::text || m.g)
        from made m, hall.cases c where c.hall_id = 'nbu' and c.id = ${like})
      insert into hall.scope_index (hall_id, scope, agg_id, kind, pos, ver, op)
        select 'nbu', ${scope}, m.id, 'case', moved.start + m.g, 1, 'set' from made m, moved`
    if (hasLog)
      await sql`
        insert into hall.command_log (hall_id, pos, cmd_id, stream_id, branch, seq, kind, agg_id, type, online,
            received_at, outcome, ver, envelope, hash, sig, verdict, link)
          select hall_id, pos, md5('cmd' || agg_id)::uuid, ${`many-${name}`}, 0, row_number() over (order by pos), kind,
            agg_id, 'case.receive', true, now(), 'applied', 1, '{}', decode('00', 'hex'), '', '{}', decode('00', 'hex')
          from hall.scope_index where hall_id = 'nbu' and scope = ${scope} and agg_id in
            (select md5(${name}::text || g)::uuid::text from generate_series(1, ${count}::int) as g)`
    await sql`select hall.recount_digests('nbu')`
    await sql`vacuum (analyze) hall.cases, hall.scope_index, hall.command_log, hall.hall_clock`
  } finally {
    await sql.end({ timeout: 5 })
  }
}
