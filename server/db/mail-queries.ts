import { sql } from 'drizzle-orm'
import { at } from './people-queries.ts'
import type { Db } from './pg.ts'

// Every write here is one statement (reliability.md D1).

/** Whom to write to of which items, since which day; `told` are the ids of what was sent. */
export interface MailFollow {
  readonly id: string
  readonly email: string
  readonly codes: readonly string[]
  readonly told: readonly string[]
  readonly since: string
}

const columns = sql.raw('m.id, m.email, m.codes, m.told, m.since')

/**
 * Keeps a confirmed address; asked for again it follows what was asked for last, and its older letters still end it.
 * False: it has asked for something else since.
 */
export const keepMailFollow = async (
  db: Db,
  hallId: string,
  { id, email, codes, since, askedAt }: Omit<MailFollow, 'told'> & { askedAt: number },
): Promise<boolean> => {
  const rows = await db.execute(sql`
    insert into hall.mail_follow as m (hall_id, id, email, codes, told, since, asked_at)
      values (${hallId}, ${id}, ${email}, ${JSON.stringify(codes)}::jsonb, '[]'::jsonb, ${since}, ${at(askedAt)})
    on conflict (hall_id, email) do update set codes = excluded.codes, asked_at = excluded.asked_at
      where m.asked_at <= excluded.asked_at
    returning 1`)
  return rows.length > 0
}

/** Forgets an address. */
export const endMailFollow = async (db: Db, hallId: string, id: string): Promise<void> => {
  await db.execute(sql`delete from hall.mail_follow where hall_id = ${hallId} and id = ${id}`)
}

/** Who follows one of these items; those that were tried in vain come last. */
export const mailFollowsOf = async (db: Db, hallId: string, codes: readonly string[]): Promise<MailFollow[]> => {
  const rows = await db.execute(sql`
    select ${columns} from hall.mail_follow m where m.hall_id = ${hallId}
      and m.codes ?| array(select jsonb_array_elements_text(${JSON.stringify(codes)}::jsonb)) order by m.trying_until nulls first, m.id`)
  return rows as unknown as MailFollow[]
}

/**
 * Keeps a follow to oneself for `ms`, twice as long with each try before it in vain, and gives it as it is now; null
 * when another is at it, it is not time yet, or it has ended.
 */
export const takeMailFollow = async (
  db: Db,
  hallId: string,
  { id, now, ms }: { id: string; now: number; ms: number },
): Promise<MailFollow | null> => {
  const [row] = await db.execute(sql`
    update hall.mail_follow as m set tries = m.tries + 1,
        trying_until = ${at(now)} + make_interval(secs => ${ms / 1000}::float8 * power(2, least(m.tries, 12)))
      where m.hall_id = ${hallId} and m.id = ${id} and coalesce(m.trying_until <= ${at(now)}, true)
      returning ${columns}`)
  return (row as unknown as MailFollow | undefined) ?? null
}

const mostTold = 1000

/** Adds what was sent, none perhaps; the follow is anybody's again. */
export const keepTold = async (
  db: Db,
  hallId: string,
  { id, told }: Pick<MailFollow, 'id' | 'told'>,
): Promise<void> => {
  await db.execute(sql`
    update hall.mail_follow as m set tries = 0, trying_until = null,
        told = (select coalesce(jsonb_agg(t.one order by t.n), '[]') from (
          select a.one, a.n from jsonb_array_elements(m.told || ${JSON.stringify(told)}::jsonb)
            with ordinality as a(one, n) order by a.n desc limit ${mostTold}) as t)
      where m.hall_id = ${hallId} and m.id = ${id}`)
}
