import { sql } from 'drizzle-orm'
import type { DeviceRow } from '../../shared/wire/log.ts'
import type { Db } from '../db/pg.ts'

/** The longest page of devices. */
export const devicesPage = 100

/** Tablets and browsers of a hall by id, with when each last spoke and sent (SUP-3). */
export const readDevices = async (db: Db, hallId: string, after: string): Promise<DeviceRow[]> => {
  const rows = await db.execute(sql`
    select d.id, d.kind, d.name, d.window_ids as "windowIds", d.app, d.pending,
      round(extract(epoch from d.oldest_at) * 1000)::float8 as "oldestAt", d.is_weak as "isWeak", d.lost,
      d.clock_off_ms as "clockOffMs", d.clock_err_ms as "clockErrMs",
      round(extract(epoch from d.enrolled_at) * 1000)::float8 as "enrolledAt",
      round(extract(epoch from d.revoked_at) * 1000)::float8 as "revokedAt",
      round(extract(epoch from d.last_seen_at) * 1000)::float8 as "lastSeenAt",
      coalesce((select json_agg(l.code order by l.stream_id nulls last) from hall.lane l
        where l.hall_id = d.hall_id and l.device_id = d.id), '[]'::json) as lanes,
      coalesce(t.sent, 0) as sent, t."lastSentAt", coalesce(t.forks, 0) as forks, coalesce(t.resent, 0) as resent,
      coalesce(q.rows, '[]'::json) as left
    from hall.device d
    left join lateral (
      select sum(case when s.branch = 0 then s.last_seq else m.count end)::integer as sent, max(m.at) as "lastSentAt",
          count(*) filter (where s.branch > 0)::integer as forks, sum(m.again)::integer as resent
        from hall.sync_stream s
        cross join lateral (select
          (select round(extract(epoch from l.received_at) * 1000)::float8 from hall.command_log l
            where l.stream_id = s.stream_id and l.branch = s.branch and l.seq = s.last_seq) as at,
          (select count(*) from hall.command_log l
            where l.stream_id = s.stream_id and l.branch = s.branch and s.branch > 0) as count,
          (select count(*) from hall.command_log l where l.stream_id = s.stream_id and l.branch = s.branch
            and l.verdict like '%"prior":%') as again) m
        where s.hall_id = d.hall_id and s.device_id = d.id) t on true
    left join lateral (
      select json_agg(json_build_object('streamId', o.id, 'lastSeq', o.seq, 'closedAt', o."closedAt") order by o.pos) as rows
        from (select s.stream_id as id, s.last_seq as seq, coalesce(l.pos, 0) as pos,
            round(extract(epoch from s.closed_at) * 1000)::float8 as "closedAt",
            max(coalesce(l.pos, 0)) over () as newest
          from hall.sync_stream s left join hall.command_log l
            on l.stream_id = s.stream_id and l.branch = 0 and l.seq = s.last_seq
          where s.hall_id = d.hall_id and s.device_id = d.id and s.branch = 0) o
        where o.pos < o.newest) q on d.kind = 'tablet'
    where d.hall_id = ${hallId} and d.kind <> 'system' and d.id > ${after}
    order by d.id limit ${devicesPage + 1}`)
  return rows as unknown as DeviceRow[]
}
