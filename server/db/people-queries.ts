import { sql, type SQL } from 'drizzle-orm'
import { releasePattern } from '../../shared/core/releases.ts'
import type { RoleAt } from '../../shared/core/roles.ts'
import type { Db } from './pg.ts'
import { profileInForce } from './profile-in-force.ts'
import type { DeviceAuth } from '../http/env.ts'
import type { TabletReport } from '../../shared/wire/push.ts'
import type { PublicKey } from '../../shared/wire/auth.ts'
import type { RescueKey } from '../../shared/wire/rescue.ts'
import type { z } from 'zod'

/** A moment (UTC ms) as timestamptz. */
export const at = (ms: number): SQL => sql`to_timestamp(${ms}::float8 / 1000)`

const ms = (column: SQL): SQL => sql`round(extract(epoch from ${column}) * 1000)::float8`

/** A post in force; `to` is its last day, or null. */
export interface PostHeld extends Readonly<Pick<RoleAt, 'role' | 'windowId'>> {
  readonly unitId: string | null
  readonly to: string | null
}

/** A unit's turn at a window, as far as it says which days are the unit's (NBU-17, SZIT-2). */
export interface TurnRow {
  readonly windowId: string
  readonly unitId: string
  readonly from: string
  readonly to: string | null
  readonly weekdays: number[]
}

/** An account as sign-in needs it. */
export interface AccountRow {
  readonly id: string
  readonly hallId: string
  readonly name: string
  readonly kind: 'staff' | 'student' | 'supervisor'
  readonly passwordHash: string
  readonly posts: PostHeld[]
  readonly turns: TurnRow[]
}

/** A live session with its person, device and posts. */
export interface SessionRow extends Omit<AccountRow, 'passwordHash'> {
  readonly deviceId: string | null
  readonly deviceKind: DeviceAuth['kind'] | null
  readonly windowIds: string[] | null
}

// 岗位 in force on a day: both its first and its last day count.
const postsOn = (day: string): SQL => sql`
  (select coalesce(json_agg(json_build_object('role', p.image->>'role', 'windowId', p.image->>'windowId',
      'unitId', p.image->>'unitId', 'to', p.image->>'to') order by p.id), '[]'::json)
    from hall.posts p where p.hall_id = a.hall_id and p.person_id = a.id
      and p.image->>'from' <= ${day} and coalesce(p.image->>'to', '9999') >= ${day})`

// A handful a window and year: whoever signs in gets the days of their unit's turn.
const turnsOfHall = sql`(select coalesce(json_agg(t.image order by t.id), '[]'::json)
  from hall.window_turns t where t.hall_id = a.hall_id)`

const rowsOf = async <T>(db: Db, statement: SQL): Promise<T[]> => (await db.execute(statement)) as unknown as T[]

/** The account of a login, with the person's posts of the day; null if there is none or it is disabled. */
export const findAccount = async (db: Db, login: string, day: string): Promise<AccountRow | null> => {
  const [row] = await rowsOf<AccountRow>(
    db,
    sql`select a.id, a.hall_id as "hallId", a.display_name as name, a.kind, a.password_hash as "passwordHash",
        ${postsOn(day)} as posts, ${turnsOfHall} as turns
      from hall.account a where a.login = ${login} and a.disabled_at is null`,
  )
  return row ?? null
}

/** How long a session lives without and with use, ms (T7). */
const sessionIdleMs = 30 * 60_000
/** The longest a session lives. */
export const sessionLifeMs = 12 * 3_600_000

/** The session of a token's hash, if it lives; marks it used, at most once a minute. */
export const findSession = async (
  db: Db,
  tokenHash: string,
  { now, day }: { now: number; day: string },
): Promise<SessionRow | null> => {
  const [row] = await rowsOf<SessionRow>(
    db,
    sql`with live as (
        select s.* from hall.session s where s.token_hash = ${tokenHash}
          and s.seen_at > ${at(now - sessionIdleMs)} and s.expires_at > ${at(now)}),
      touched as (
        update hall.session s set seen_at = ${at(now)} from live
          where s.token_hash = live.token_hash and s.seen_at < ${at(now - 60_000)})
      select a.id, a.hall_id as "hallId", a.display_name as name, a.kind, l.device_id as "deviceId",
        d.kind as "deviceKind", d.window_ids as "windowIds", ${postsOn(day)} as posts, ${turnsOfHall} as turns
      from live l join hall.account a on a.hall_id = l.hall_id and a.id = l.account_id and a.disabled_at is null
      left join hall.device d on d.hall_id = l.hall_id and d.id = l.device_id
      where d.revoked_at is null`,
  )
  return row ?? null
}

const clamped = (ms: number): number => Math.max(-2_000_000_000, Math.min(2_000_000_000, ms))

/** A release's number and nothing else: a rogue tablet would have its own words shown to supervisors. */
const buildOf = (app = ''): string | null => (releasePattern.test(app) ? app : null)

const reportSets = ({ pending, oldest, app, weak, lost, off, offErr }: TabletReport, now: number): SQL => sql`
  , reported_at = ${at(now)}, pending = ${pending ?? null}::integer, app = ${buildOf(app)}::text,
  oldest_at = ${oldest === undefined || !pending ? sql`null::timestamptz` : at(now - oldest)},
  is_weak = ${weak === undefined ? null : weak === '1'}::boolean, lost = coalesce(${lost ?? null}::integer, lost),
  clock_off_ms = ${off === undefined ? null : clamped(off)}::integer,
  clock_err_ms = ${offErr === undefined ? null : clamped(offErr)}::integer`

/**
 * The device of a token's hash; marks when it was last seen, at most once in ten seconds, and keeps what it tells of
 * itself (SUP-3), at most once in thirty.
 */
export const findDevice = async (
  db: Db,
  { tokenHash, report }: { tokenHash: string; report: TabletReport | null },
  now: number,
): Promise<DeviceAuth | null> => {
  // A loss is told until an answer comes, and then never again: it is not left out for being early.
  const isDue = sql`reported_at is null or reported_at < ${at(now - 30_000)}
    or coalesce(${report?.lost ?? null}::integer, lost) is distinct from lost`
  const [row] = await rowsOf<DeviceAuth>(
    db,
    sql`with touched as (
        update hall.device set last_seen_at = ${at(now)} ${report ? reportSets(report, now) : sql``}
          where token_hash = ${tokenHash}
          and (${report ? isDue : sql`last_seen_at is null or last_seen_at < ${at(now - 10_000)}`}))
      select id, hall_id as "hallId", kind, name, window_ids as "windowIds", ${ms(sql`revoked_at`)} as "revokedAt"
      from hall.device where token_hash = ${tokenHash}`,
  )
  return row ?? null
}

/** What a device is told of its hall. */
export interface HallCard {
  readonly name: string
  readonly epoch: string
  readonly serverKey: z.infer<typeof PublicKey>
  /** Null until the first is made, soon after the first start. */
  readonly rescueKey: RescueKey | null
}

/** Name (by the profile in force on a day), epoch and public key of a hall that is open. */
export const findHall = async (db: Db, hallId: string, on: string): Promise<HallCard | null> => {
  const [row] = await rowsOf<HallCard>(
    db,
    sql`select c.epoch, k.public_jwk as "serverKey", ${profileInForce(hallId, on)}->'hall'->>'name' as name,
        (select json_build_object('id', r.id, 'jwk', r.public_jwk) from hall.rescue_key r
          where r.hall_id = c.hall_id order by r.created_at desc, r.id desc limit 1) as "rescueKey"
      from hall.hall_clock c
      join lateral (select public_jwk from hall.server_key where hall_id = c.hall_id and retired_at is null
        order by created_at desc, id desc limit 1) k on true
      where c.hall_id = ${hallId} and exists(select from hall.profiles where hall_id = c.hall_id)`,
  )
  return row ?? null
}
