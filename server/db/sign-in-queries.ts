import { sql } from 'drizzle-orm'
import type { Db } from './pg.ts'
import { at, sessionLifeMs } from './people-queries.ts'

// Every write here is one statement (reliability.md D1).

/** Tries that cost nothing, and how long a count lasts. */
const freeTries = 5
const countMs = 10 * 60_000

/**
 * Takes one try under a key: five are free, then the next has to wait 1, 2, 4 … 60 s; ten quiet minutes forget them.
 * Counted before the secret is looked at, on the locked row, so parallel guesses gain nothing. Gives the seconds to
 * wait, 0 = go on.
 */
export const takeTry = async (db: Db, key: string, now: number): Promise<number> => {
  const [taken] = await db.execute(sql`
    insert into hall.attempt as t (key, count, first_at) values (${key}, 1, ${at(now)})
    on conflict (key) do update set
      count = case when t.first_at < ${at(now - countMs)} then 1 else t.count + 1 end,
      first_at = case when t.first_at < ${at(now - countMs)} then ${at(now)} else t.first_at end,
      blocked_until = case when t.first_at >= ${at(now - countMs)} and t.count + 1 >= ${freeTries}::integer
        then ${at(now)} + make_interval(secs => least(60, power(2, least(t.count + 1 - ${freeTries}::integer, 6)))) end
    where coalesce(t.blocked_until <= ${at(now)}, true)
    returning 1`)
  if (taken) return 0
  const [row] = await db.execute<{ wait: number }>(
    sql`select extract(epoch from blocked_until - ${at(now)})::float8 as wait from hall.attempt where key = ${key}`,
  )
  return Math.max(1, row?.wait ?? 1)
}

/** Takes one of the tries a key has in a minute; gives the seconds to wait for the next minute, 0 = go on. */
export const takeFromMinute = (db: Db, { key, most }: { key: string; most: number }, now: number): Promise<number> =>
  takeFrom(db, { key, most, ms: 60_000 }, now)

/** The same for a span of `ms`, a day at most: older counts are forgotten. */
export const takeFrom = async (
  db: Db,
  { key, most, ms }: { key: string; most: number; ms: number },
  now: number,
): Promise<number> => {
  const before = at(now - ms)
  const [taken] = await db.execute(sql`
    insert into hall.attempt as t (key, count, first_at) values (${key}, 1, ${at(now)})
    on conflict (key) do update set
      count = case when t.first_at <= ${before} then 1 else t.count + 1 end,
      first_at = case when t.first_at <= ${before} then ${at(now)} else t.first_at end
    where t.first_at <= ${before} or t.count < ${most}::integer
    returning 1`)
  if (taken) return 0
  const [row] = await db.execute<{ wait: number }>(
    sql`select extract(epoch from first_at - ${before})::float8 as wait from hall.attempt where key = ${key}`,
  )
  return Math.max(1, row?.wait ?? 1)
}

/** A key's tries are forgotten: the secret was right. */
export const forgetTries = async (db: Db, key: string): Promise<void> => {
  await db.execute(sql`delete from hall.attempt where key = ${key}`)
}

/** A new session, and what it ends: the browser's former one, its tries, and whatever has lapsed. */
export interface NewSession {
  readonly hallId: string
  readonly accountId: string
  readonly tokenHash: string
  readonly formerHash: string | null
  readonly tryKeys: readonly string[]
  readonly deviceId: string
  /** The browser device to make with it, or null on a device that is enrolled. */
  readonly browser: { readonly name: string; readonly tokenHash: string; readonly streamId: string } | null
}

/** Signs in. */
export const addSession = async (db: Db, s: NewSession, now: number): Promise<void> => {
  await db.execute(sql`
    with ended as (
      delete from hall.session where token_hash = ${s.formerHash} or expires_at < ${at(now)}),
    forgotten as (
      delete from hall.attempt where key = any(array(select jsonb_array_elements_text(${JSON.stringify(s.tryKeys)}::jsonb)))
        or first_at < ${at(now - 86_400_000)}),
    browser as (
      insert into hall.device (hall_id, id, kind, name, token_hash, last_seen_at)
        select ${s.hallId}, ${s.deviceId}, 'browser', ${s.browser?.name ?? null}, ${s.browser?.tokenHash ?? null}, ${at(now)}
        where ${s.browser !== null} returning id),
    made as (
      insert into hall.session (token_hash, hall_id, account_id, device_id, seen_at, expires_at)
        values (${s.tokenHash}, ${s.hallId}, ${s.accountId}, ${s.deviceId}, ${at(now)}, ${at(now + sessionLifeMs)})
        returning 1)
    select (select hall.open_stream(jsonb_build_object('hallId', ${s.hallId}::text, 'streamId',
        ${s.browser?.streamId ?? null}::text, 'branch', 0, 'deviceId', b.id, 'lane', null)) from browser b) as opened
    from made`)
}

/** Signs out. */
export const endSession = async (db: Db, tokenHash: string): Promise<void> => {
  await db.execute(sql`delete from hall.session where token_hash = ${tokenHash}`)
}

/** A grant as issued, ready to be stored. */
export interface NewGrant {
  readonly hallId: string
  readonly id: string
  readonly deviceId: string
  readonly actorId: string
  readonly name: string
  readonly roles: unknown
  readonly from: number
  readonly to: number
  readonly publicKey: unknown
  readonly text: string
  readonly sig: string
}

/** Stores a grant and gives the session another token (T7: rotated with the PIN); false if the session has ended. */
export const addGrant = async (
  db: Db,
  g: NewGrant,
  session: { formerHash: string; tokenHash: string },
): Promise<boolean> => {
  const [row] = await db.execute(sql`
    with rotated as (
      update hall.session set token_hash = ${session.tokenHash} where token_hash = ${session.formerHash} returning 1)
    insert into hall.offline_grant (hall_id, id, device_id, actor_id, display_name, roles, from_at, to_at, public_key,
        issued_text, issued_sig)
      select ${g.hallId}, ${g.id}, ${g.deviceId}, ${g.actorId}, ${g.name}, ${JSON.stringify(g.roles)}::jsonb,
        ${at(g.from)}, ${at(g.to)}, ${JSON.stringify(g.publicKey)}::jsonb, ${g.text}, ${g.sig} from rotated
      returning 1`)
  return row !== undefined
}
