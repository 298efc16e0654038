import { sql } from 'drizzle-orm'
import type { JsonWebKey } from 'node:crypto'
import type { RescueKey } from '../../shared/wire/rescue.ts'
import { at } from './people-queries.ts'
import type { Db } from './pg.ts'

const dayMs = 86_400_000
/** A key is given out this long, and then opens files for as long again (sync.md 2.5): nobody waits longer with one. */
const givenDays = 180
const keptDays = 2 * givenDays

/** Both halves of a key. */
export interface RescuePair extends RescueKey {
  readonly privateJwk: JsonWebKey
}

const columns = sql`id, public_jwk as jwk, private_jwk as "privateJwk"`

/** The key a hall gives out now, or null when one must be made. */
export const rescueKeyNow = async (db: Db, hallId: string, now: number): Promise<RescuePair | null> => {
  const [row] = await db.execute(sql`select ${columns} from hall.rescue_key
    where hall_id = ${hallId} and created_at > ${at(now - givenDays * dayMs)} order by created_at desc, id desc limit 1`)
  return row ? (row as unknown as RescuePair) : null
}

/** The key of that name, while it still opens files. */
export const rescueKeyNamed = async (
  db: Db,
  { hallId, id }: { hallId: string; id: string },
  now: number,
): Promise<RescuePair | null> => {
  const [row] = await db.execute(sql`select ${columns} from hall.rescue_key
    where hall_id = ${hallId} and id = ${id} and created_at > ${at(now - keptDays * dayMs)}`)
  return row ? (row as unknown as RescuePair) : null
}

/** Keeps a new key unless another server was first, and drops those that open nothing any more. */
export const keepRescueKey = async (
  db: Db,
  hallId: string,
  { key, now }: { key: RescuePair; now: number },
): Promise<void> => {
  const isDue = sql`not exists (select from hall.rescue_key
    where hall_id = ${hallId} and created_at > ${at(now - givenDays * dayMs)})`
  await db.execute(sql`
    with swept as (delete from hall.rescue_key where created_at < ${at(now - keptDays * dayMs)})
    insert into hall.rescue_key (hall_id, id, private_jwk, public_jwk, created_at)
      select ${hallId}, ${key.id}, ${JSON.stringify(key.privateJwk)}::jsonb, ${JSON.stringify(key.jwk)}::jsonb, ${at(now)}
      where ${isDue} on conflict do nothing`)
}

/** Every hall that is open. */
export const hallsOpen = async (db: Db): Promise<string[]> => {
  const rows = await db.execute<{ hallId: string }>(
    sql`select hall_id as "hallId" from hall.hall_clock order by hall_id`,
  )
  return rows.map(({ hallId }) => hallId)
}

/** The tablet a stream belongs to, how it is called, and how far the server has the stream. */
export interface StreamOwner {
  readonly deviceId: string
  readonly name: string
  readonly revokedAt: number | null
  readonly lastSeq: number
}

/** Whose a stream of the hall is; null when the hall has no such stream. */
export const streamOwner = async (
  db: Db,
  { hallId, streamId, branch }: { hallId: string; streamId: string; branch: number },
): Promise<StreamOwner | null> => {
  const [row] = await db.execute(sql`
    select d.id as "deviceId", d.name, s.last_seq as "lastSeq",
      round(extract(epoch from d.revoked_at) * 1000)::float8 as "revokedAt"
    from hall.sync_stream s join hall.device d on d.hall_id = s.hall_id and d.id = s.device_id
    where s.hall_id = ${hallId} and s.stream_id = ${streamId} and s.branch = ${branch}`)
  return row ? (row as unknown as StreamOwner) : null
}

/** A device of the hall as the owner of a stream that the server does not have yet; null: not of this hall. */
export const deviceOwner = async (
  db: Db,
  { hallId, id }: { hallId: string; id: string },
): Promise<StreamOwner | null> => {
  const [row] = await db.execute(sql`
    select id as "deviceId", name, 0 as "lastSeq", round(extract(epoch from revoked_at) * 1000)::float8 as "revokedAt"
    from hall.device where hall_id = ${hallId} and id = ${id} and kind <> 'system'`)
  return row ? (row as unknown as StreamOwner) : null
}

/** What the log has of a run of one stream: the answer a tablet gets, and who is proved to have done it. */
export interface LoggedAct {
  readonly seq: number
  readonly cmdId: string
  readonly hash: string
  readonly outcome: string
  readonly code: string | null
  readonly detail: Record<string, unknown> | null
  readonly actorName: string | null
}

/** The log's rows of one stream between two seqs, both included. */
export const loggedActs = async (
  db: Db,
  at: { hallId: string; streamId: string; branch: number; from: number; to: number },
): Promise<LoggedAct[]> => {
  const rows = await db.execute(sql`
    select l.seq, l.cmd_id as "cmdId", encode(l.hash, 'hex') as hash, l.outcome, l.code, l.detail,
      a.display_name as "actorName"
    from hall.command_log l left join hall.account a on a.hall_id = l.hall_id and a.id = l.actor_id
    where l.hall_id = ${at.hallId} and l.stream_id = ${at.streamId} and l.branch = ${at.branch}
      and l.seq between ${at.from} and ${at.to} order by l.seq`)
  return rows as unknown as LoggedAct[]
}
