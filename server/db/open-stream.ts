import { sql, type SQL } from 'drizzle-orm'
import { lostLane, mostStreams, type OpenRequest } from '../sync/open-request.ts'

/** `open` as one statement (sync.md 1.5, 2.2): a branch, a stream by its spare lane, or a browser's, which has none. */
export const openStatement = (r: OpenRequest): SQL => {
  if (r.branch > 0) return sql`select hall.open_branch(${JSON.stringify(r)}::jsonb) as opened`
  return r.lane === null ? openPlain(r) : openByLane(r, r.lane)
}

const streamJson = ({ hallId, streamId, deviceId, lane }: OpenRequest): SQL =>
  sql`${JSON.stringify({ hallId, streamId, branch: 0, deviceId, lane })}::jsonb`

const fewStreams = ({ hallId, deviceId }: OpenRequest): SQL =>
  sql`(select count(*) from hall.sync_stream s where s.hall_id = ${hallId} and s.device_id = ${deviceId}) < ${mostStreams}::integer`

// A browser would be given lane after lane of those a restore has set aside.
const isTablet = ({ hallId, deviceId }: OpenRequest): SQL => sql`exists (select from hall.device d
  where d.hall_id = ${hallId} and d.id = ${deviceId} and d.kind = 'tablet')`

// Only a browser prints nothing; a tablet without a lane would print numbers that nobody can tell apart.
const openPlain = (r: OpenRequest): SQL => sql`
  select coalesce(bool_or(hall.open_stream(${streamJson(r)})), false) as opened from hall.device d
    where d.hall_id = ${r.hallId} and d.id = ${r.deviceId} and d.kind = 'browser' and ${fewStreams(r)}`

// The lane is claimed, the stream opened and the next spare given together, or none of it: a second asking finds the
// lane taken and does nothing. A spare that is there already (the claimed one was of a life since restored) is enough.
const openByLane = (r: OpenRequest, lane: string): SQL => sql`
  with claimed as (
    update hall.lane set stream_id = ${r.streamId}, device_id = ${r.deviceId}
      where hall_id = ${r.hallId} and code = ${lane} and stream_id is null
        and device_id in (${r.deviceId}, ${lostLane}) and ${fewStreams(r)} and ${isTablet(r)}
        and not exists (select from hall.sync_stream s where s.stream_id = ${r.streamId})
      returning code),
  spare as (
    insert into hall.lane (hall_id, code, device_id)
      select ${r.hallId}, f.code, ${r.deviceId} from claimed
        cross join lateral hall.free_lanes(${r.hallId}, 1) as f(code)
        where not exists (select from hall.lane l where l.hall_id = ${r.hallId} and l.device_id = ${r.deviceId}
          and l.stream_id is null and l.code <> ${lane}))
  select coalesce(bool_or(hall.open_stream(${streamJson(r)})), false) as opened from claimed`
