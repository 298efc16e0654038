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

/** Keeps a confirmed address; confirmed again it follows what was asked for last, and its older letters still end it. */
export const keepMailFollow = async (
  db: Db,
  hallId: string,
  { id, email, codes, since }: Omit<MailFollow, 'told'>,
): Promise<void> => {
  await db.execute(sql`
    insert into hall.mail_follow as m (hall_id, id, email, codes, told, since)
      values (${hallId}, ${id}, ${email}, ${JSON.stringify(codes)}::jsonb, '[]'::jsonb, ${since})
    on conflict (hall_id, email) do update set codes = excluded.codes, since = excluded.since`)
}

/** Forgets an address. */
export const endMailFollow = async (db: Db, hallId: string, id: string): Promise<void> => {
  await db.execute(sql`delete from hall.mail_follow where hall_id = ${hallId} and id = ${id}`)
}

/** Who follows one of these items. */
export const mailFollowsOf = async (db: Db, hallId: string, codes: readonly string[]): Promise<MailFollow[]> => {
  const rows = await db.execute(sql`
    select ${columns} from hall.mail_follow m where m.hall_id = ${hallId}
      and m.codes ?| array(select jsonb_array_elements_text(${JSON.stringify(codes)}::jsonb)) order by m.id`)
  return rows as unknown as MailFollow[]
}

/** Keeps a follow to oneself for some minutes and gives it as it is now; null when another is at it, or it has ended. */
export const takeMailFollow = async (
  db: Db,
  hallId: string,
  { id, now, until }: { id: string; now: number; until: number },
): Promise<MailFollow | null> => {
  const [row] = await db.execute(sql`
    update hall.mail_follow as m set trying_until = ${at(until)}
      where m.hall_id = ${hallId} and m.id = ${id} and coalesce(m.trying_until <= ${at(now)}, true)
      returning ${columns}`)
  return (row as unknown as MailFollow | undefined) ?? null
}

/** What was sent; the follow is anybody's again. */
export const keepTold = async (
  db: Db,
  hallId: string,
  { id, told }: Pick<MailFollow, 'id' | 'told'>,
): Promise<void> => {
  await db.execute(sql`
    update hall.mail_follow set told = ${JSON.stringify(told)}::jsonb, trying_until = null
      where hall_id = ${hallId} and id = ${id}`)
}
