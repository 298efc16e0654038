import { sql, type SQL } from 'drizzle-orm'
import type { Flag } from '../../shared/core/outcome.ts'
import { momentOf } from '../../shared/calendar/day.ts'
import { addDays } from '../../shared/calendar/day.ts'
import { logPage, type LogQuery, type LogRow } from '../../shared/wire/log.ts'
import type { Db } from '../db/pg.ts'
import { isReleased, isReleaseOf } from '../db/store-sql.ts'

/** A row of the log with the subject's name beside it; numbers that Postgres calls bigint come as text. */
export interface StoredLogRow extends Omit<LogRow, 'summary' | 'reason' | 'marks' | 'pos' | 'wall' | 'lo' | 'hi'> {
  readonly pos: string
  readonly wall: string | null
  readonly lo: string | null
  readonly hi: string | null
  /** Name of the item, person or hall the act was about. */
  readonly about: string | null
  /** Every flag of the verdict. */
  readonly flags: readonly Flag[] | null
}

const moment = (ms: number): SQL => sql`to_timestamp(${ms}::float8 / 1000)`

const conditions = (query: LogQuery): SQL[] => {
  const { before, actor, type, outcome, window, device, offline, from, to } = query
  const of = <T>(value: T | undefined, make: (value: T) => SQL): SQL[] => (value === undefined ? [] : [make(value)])
  return [
    ...of(before, (pos) => sql`l.pos < ${pos}::bigint`),
    ...of(actor, (id) => sql`l.actor_id = ${id}`),
    ...of(type, (name) => sql`l.type = ${name}`),
    ...of(outcome, (name) => sql`l.outcome = ${name}`),
    ...of(window, (id) => sql`l.window_id = ${id}`),
    ...of(device, (id) => sql`s.device_id = ${id}`),
    ...of(offline, (answer) => sql`l.online = ${answer === 'no'}`),
    ...of(query.case, (id) => sql`l.kind = 'case' and l.agg_id = ${id}`),
    ...of(from, (day) => sql`l.received_at >= ${moment(momentOf(day, '00:00'))}`),
    ...of(to, (day) => sql`l.received_at < ${moment(momentOf(addDays(day, 1), '00:00'))}`),
  ]
}

// Who let a held act stand, and why; the reason is a supervisor's own words about an act, not about a student.
const releaseOf = sql`case when l.outcome = 'held' then (
  select json_build_object('by', b.display_name, 'reason', coalesce(r.detail->>'reason', ''),
      'at', round(extract(epoch from r.received_at) * 1000)::float8)
    from hall.command_log r left join hall.account b on b.hall_id = r.hall_id and b.id = r.actor_id
    where ${isReleaseOf(sql`l`)} order by r.pos limit 1) end`

/**
 * One page of a hall's log, newest first, by keyset (SUP-2). Neither `pii` nor envelopes are read: what a person typed
 * about a student does not come near this page.
 */
export const readLog = async (
  db: Db,
  hallId: string,
  { isOpen, ...query }: LogQuery & { readonly isOpen?: boolean },
): Promise<StoredLogRow[]> => {
  const open = isOpen === true ? [sql`not ${isReleased(sql`l`)}`] : []
  const where = sql.join([sql`l.hall_id = ${hallId}`, ...conditions(query), ...open], sql` and `)
  const rows = await db.execute(sql`
    select l.pos, l.cmd_id as "cmdId", l.type, l.kind, l.agg_id as "aggId", l.actor_id as "actorId",
      coalesce(a.display_name, case when l.role = 'system' then '系统' end) as "actorName",
      l.role, l.window_id as "windowId", s.device_id as "deviceId", coalesce(d.name, s.device_id) as "deviceName",
      l.carrier_id as "carrierId", k.name as "carrierName", not l.online as "isOffline", l.wall, l.lo, l.hi,
      round(extract(epoch from l.received_at) * 1000)::float8 as "receivedAt", l.outcome, l.code, l.detail,
      l.verdict::json->'flags' as flags, ${releaseOf} as released,
      c.number as "caseNumber",
      coalesce(c.image->>'itemName', i.image->>'name', p.image->>'personName') as about
    from hall.command_log l
    join hall.sync_stream s on s.stream_id = l.stream_id and s.branch = l.branch
    left join hall.device d on d.hall_id = l.hall_id and d.id = s.device_id
    left join hall.device k on k.hall_id = l.hall_id and k.id = l.carrier_id
    left join hall.account a on a.hall_id = l.hall_id and a.id = l.actor_id
    left join hall.cases c on l.kind = 'case' and c.hall_id = l.hall_id and c.id = l.agg_id
    left join hall.items i on l.kind = 'item' and i.hall_id = l.hall_id and i.id = l.agg_id
    left join hall.posts p on l.kind = 'post' and p.hall_id = l.hall_id and p.id = l.agg_id
    where ${where}
    order by l.pos desc limit ${logPage + 1}`)
  return rows as unknown as StoredLogRow[]
}
