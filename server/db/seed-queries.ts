import { sql } from 'drizzle-orm'
import type { Db } from './pg.ts'

/** A demo account to be; its password is set when it is printed. */
export interface SeedAccount {
  readonly hallId: string
  readonly id: string
  readonly login: string
  readonly displayName: string
  readonly kind: 'staff' | 'student' | 'supervisor'
}

/** Ids of all profiles, calendars, items, people and posts a hall has: what an earlier, broken start got done. */
export const idsThere = async (db: Db, hallId: string): Promise<Set<string>> => {
  const rows = await db.execute<{ id: string }>(sql`
    select id from hall.profiles where hall_id = ${hallId} union all
    select id from hall.calendars where hall_id = ${hallId} union all
    select id from hall.items where hall_id = ${hallId} union all
    select id from hall.people where hall_id = ${hallId} union all
    select id from hall.posts where hall_id = ${hallId}`)
  return new Set(rows.map((row) => row.id))
}

/** What stands in the way of a first admin: an admin who may sign in or will, a login in use; whether anybody is there. */
export interface BeforeAdmin {
  readonly hasAdmin: boolean
  readonly isLoginTaken: boolean
  readonly hasPeople: boolean
}

/** Reads it of a hall; a post that is over by the day counts no more. */
export const readBeforeAdmin = async (
  db: Db,
  { hallId, login }: { hallId: string; login: string },
  day: string,
): Promise<BeforeAdmin> => {
  const [row] = await db.execute(sql`
    select exists(select from hall.posts p join hall.account a on a.hall_id = p.hall_id and a.id = p.person_id
        where p.hall_id = ${hallId} and p.image->>'role' = 'admin'
          and coalesce(p.image->>'to', '9999') >= ${day}) as "hasAdmin",
      exists(select from hall.account where login = ${login}) as "isLoginTaken",
      exists(select from hall.people where hall_id = ${hallId}) as "hasPeople"`)
  return row as unknown as BeforeAdmin
}

/** True once any account has a password: the first start is over, for good. */
export const hasSignIns = async (db: Db, noPassword: string): Promise<boolean> => {
  const rows = await db.execute(sql`select from hall.account where password_hash <> ${noPassword} limit 1`)
  return rows.length > 0
}

/** Adds the accounts that are missing, without a password. */
export const addAccounts = async (db: Db, accounts: readonly SeedAccount[], noPassword: string): Promise<void> => {
  await db.execute(sql`
    insert into hall.account (hall_id, id, login, display_name, kind, password_hash)
      select a."hallId", a.id, a.login, a."displayName", a.kind, ${noPassword}
        from jsonb_to_recordset(${JSON.stringify(accounts)}::jsonb)
          as a("hallId" text, id text, login text, "displayName" text, kind text)
      on conflict do nothing`)
}

/** Which of these accounts have no password yet. */
export const withoutPassword = async (db: Db, ids: readonly string[], noPassword: string): Promise<string[]> => {
  const rows = await db.execute<{ id: string }>(sql`
    select id from hall.account where password_hash = ${noPassword}
      and id = any(array(select jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb)))`)
  return rows.map((row) => row.id)
}

/** Sets passwords that have just been printed; one that somebody set meanwhile stays. */
export const setPasswords = async (
  db: Db,
  hashes: readonly { id: string; hash: string }[],
  noPassword: string,
): Promise<void> => {
  await db.execute(sql`
    update hall.account a set password_hash = h.hash
      from jsonb_to_recordset(${JSON.stringify(hashes)}::jsonb) as h(id text, hash text)
      where a.id = h.id and a.password_hash = ${noPassword}`)
}
