import { sql } from 'drizzle-orm'
import type { AccountRow } from '../../shared/wire/accounts.ts'
import type { Db } from './pg.ts'
import { at } from './people-queries.ts'

// Every write here is one statement (reliability.md D1).

/** An account of a hall, by its person. */
export interface AccountId {
  readonly hallId: string
  readonly personId: string
}

/** An account as it is stored: of a one-time password, the moment it was made. */
export type StoredAccount = Omit<AccountRow, 'onceUntil'> & { readonly onceFrom: number | null }

/** Whether somebody is, or is yet to be, an admin of the hall: holds such a post that has not ended by a day. */
export const isAdmin = async (db: Db, { hallId, personId }: AccountId, day: string): Promise<boolean> => {
  const [row] = await db.execute(sql`
    select 1 from hall.posts where hall_id = ${hallId} and person_id = ${personId}
      and image->>'role' = 'admin' and coalesce(image->>'to', '9999') >= ${day} limit 1`)
  return row !== undefined
}

/** The accounts of a hall by login; `once` marks the hash of a password that must be changed. */
export const readAccounts = async (db: Db, hallId: string, once: string): Promise<StoredAccount[]> => {
  const rows = await db.execute(sql`
    select id as "personId", login, starts_with(password_hash, ${once}) as "isOnce",
      substring(password_hash from '^once:([0-9]+):')::float8 as "onceFrom",
      disabled_at is not null as "isDisabled"
    from hall.account where hall_id = ${hallId} order by login`)
  return rows as unknown as StoredAccount[]
}

/** How making an account ended: made, no such record, the person has one already, or the login is taken. */
export type MadeAccount = 'made' | 'noRecord' | 'hasOne' | 'taken'

/** Makes an account for a person on record, named and of the kind the record says. */
export const addAccount = async (
  db: Db,
  { hallId, personId }: AccountId,
  { login, hash }: { login: string; hash: string },
): Promise<MadeAccount> => {
  const [row] = await db.execute<{ made: boolean; recorded: boolean; has: boolean }>(sql`
    with made as (
      insert into hall.account (hall_id, id, login, display_name, kind, password_hash)
        select p.hall_id, p.id, ${login}, p.image->>'name', p.image->>'personKind', ${hash}
          from hall.people p
          where p.hall_id = ${hallId} and p.id = ${personId} and p.image->>'state' = 'active'
        on conflict do nothing returning 1)
    select exists(select from made) as made,
      exists(select from hall.people where hall_id = ${hallId} and id = ${personId}
        and image->>'state' = 'active') as recorded,
      exists(select from hall.account where hall_id = ${hallId} and id = ${personId}) as has`)
  if (row?.made) return 'made'
  if (!row?.recorded) return 'noRecord'
  return row.has ? 'hasOne' : 'taken'
}

/** Another password in place of the old one, and nobody stays signed in by that; gives the login, null for no account. */
export const resetAccount = async (db: Db, { hallId, personId }: AccountId, hash: string): Promise<string | null> => {
  const [row] = await db.execute<{ login: string }>(sql`
    with changed as (
      update hall.account set password_hash = ${hash}
        where hall_id = ${hallId} and id = ${personId} and disabled_at is null returning hall_id, id, login),
    sessions as (
      delete from hall.session s using changed c where s.hall_id = c.hall_id and s.account_id = c.id)
    select login from changed`)
  return row?.login ?? null
}

/** Stops an account with its sessions and grants, or lets it work again; false where the hall has none. */
export const stopAccount = async (
  db: Db,
  { hallId, personId }: AccountId,
  { isStopped, now }: { isStopped: boolean; now: number },
): Promise<boolean> => {
  const [row] = await db.execute(sql`
    with changed as (
      update hall.account
        set disabled_at = case when ${isStopped}::boolean then coalesce(disabled_at, ${at(now)}) end
        where hall_id = ${hallId} and id = ${personId} returning hall_id, id),
    sessions as (
      delete from hall.session s using changed c
        where ${isStopped}::boolean and s.hall_id = c.hall_id and s.account_id = c.id),
    grants as (
      update hall.offline_grant g set revoked_at = ${at(now)} from changed c
        where ${isStopped}::boolean and g.hall_id = c.hall_id and g.actor_id = c.id and g.revoked_at is null)
    select 1 from changed`)
  return row !== undefined
}

/** The person's own password in place of the one they have just proved; false if it was changed meanwhile. */
export const ownPassword = async (
  db: Db,
  { hallId, personId }: AccountId,
  { before, hash }: { before: string; hash: string },
): Promise<boolean> => {
  const [row] = await db.execute(sql`
    update hall.account set password_hash = ${hash}
      where hall_id = ${hallId} and id = ${personId} and password_hash = ${before} returning 1`)
  return row !== undefined
}
