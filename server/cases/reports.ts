import { sql } from 'drizzle-orm'
import type { Case, Slot } from '../../shared/cases/index.ts'
import type { Item } from '../../shared/catalogue/index.ts'
import { itemsInForce } from '../../shared/profiles/in-force.ts'
import type { Profile } from '../../shared/profiles/profile.ts'
import type { Db } from '../db/pg.ts'
import { readProfileInForce } from '../db/profile-in-force.ts'

/** A case and another one of the same student and item, received within a day of it. */
export interface TwinRow {
  readonly own: Case
  readonly other: Case
}

const dayMs = 86_400_000

/**
 * For each of the named cases the first three other receipts of the same student and item near it; what was voided is none
 * (sync.md §6). One index probe a case, however often a student comes.
 */
export const readTwins = async (db: Db, hallId: string, ids: readonly string[]): Promise<TwinRow[]> => {
  const rows = await db.execute(sql`
    select c.image as own, t.image as other
    from hall.cases c cross join lateral (
      select o.image from hall.cases o
      where o.hall_id = c.hall_id and o.id <> c.id and o.state <> 'voided'
        and (o.image #>> '{pii,studentNo}') = (c.image #>> '{pii,studentNo}')
        and (o.image ->> 'itemCode') = (c.image ->> 'itemCode')
        and (o.image ->> 'receivedAt')::bigint
          between (c.image ->> 'receivedAt')::bigint - ${dayMs}::bigint and (c.image ->> 'receivedAt')::bigint + ${dayMs}::bigint
      order by (o.image ->> 'receivedAt')::bigint limit 3) t
    where c.hall_id = ${hallId} and c.id in (select jsonb_array_elements_text(${JSON.stringify(ids)}::text::jsonb))
      and c.state <> 'voided'`)
  return rows as unknown as TwinRow[]
}

/** Cases that were joined to another one, with that one as it stands. */
export const readJoined = async (db: Db, hallId: string, ids: readonly string[]): Promise<TwinRow[]> => {
  const rows = await db.execute(sql`
    select c.image as own, o.image as other
    from hall.cases c
    join hall.cases o on o.hall_id = c.hall_id and o.id = (c.image #>> '{joinedTo,caseId}')
    where c.hall_id = ${hallId} and c.id in (select jsonb_array_elements_text(${JSON.stringify(ids)}::text::jsonb))`)
  return rows as unknown as TwinRow[]
}

/** Cases received or joined since a moment, by hall: what is looked at again at a start, since a crash may have come between. */
export const readRecent = async (db: Db, since: number): Promise<{ hallId: string; id: string }[]> => {
  const rows = await db.execute(sql`
    select hall_id as "hallId", agg_id as id from hall.command_log
    where type in ('case.receive', 'case.link') and received_at >= to_timestamp(${since}::float8 / 1000) limit 5000`)
  return rows as unknown as { hallId: string; id: string }[]
}

/** One case by the number people say; null when the hall has none. */
export const readByNumber = async (db: Db, hallId: string, number: string): Promise<Case | null> => {
  const [row] = await db.execute<{ image: Case }>(
    sql`select image from hall.cases where hall_id = ${hallId} and number = ${number}`,
  )
  return row?.image ?? null
}

const imagesOf = async <T>(db: Db, statement: ReturnType<typeof sql>): Promise<T[]> => {
  const rows = (await db.execute(statement)) as unknown as { image: T }[]
  return rows.map(({ image }) => image)
}

/** A hall's slots from a day on that are not put away, by time: of a window, or holding a booking of a number. */
export const readSlots = (
  db: Db,
  hallId: string,
  { fromDay, of }: { fromDay: string; of: { windowId: string } | { number: string } },
): Promise<Slot[]> => {
  const isOf =
    'number' in of
      ? sql`jsonb_exists(image->'bookings', ${of.number}::text)`
      : sql`image->>'windowId' = ${of.windowId}::text`
  return imagesOf<Slot>(
    db,
    sql`select image from hall.slots where hall_id = ${hallId} and image->>'day' >= ${fromDay}
      and image->'archived' is null and ${isOf} order by image->>'day', image->>'from', id limit 2000`,
  )
}

/** One slot of a hall by its id. */
export const readSlot = async (db: Db, { hallId, id }: Pick<Slot, 'hallId' | 'id'>): Promise<Slot | null> => {
  const [slot] = await imagesOf<Slot>(db, sql`select image from hall.slots where hall_id = ${hallId} and id = ${id}`)
  return slot ?? null
}

/** How many places a student holds in a hall from a day on. */
export const placesHeld = async (
  db: Db,
  hallId: string,
  asked: { studentNo: string; fromDay: string },
): Promise<number> => {
  const [held] = await db.execute<{ count: number }>(sql`
    select count(*)::integer as count from hall.slots s cross join lateral jsonb_each(s.image->'pii') as who(number, student)
      where s.hall_id = ${hallId} and s.image->>'day' >= ${asked.fromDay} and s.image->'archived' is null
        and who.student->>'studentNo' = ${asked.studentNo}::text
        and s.image->'bookings'->who.number->>'state' = 'booked'`)
  return held?.count ?? 0
}

/** An item as a link of whatever version finds it: as it is in force on a day, and the profile that is. */
export interface ItemInHall {
  readonly item: Item
  /** False where the matter has ended, or is not there yet. */
  readonly isInForce: boolean
  readonly profile: Profile
}

/** The item of the code that a version's id names; null when there is none. */
export const readItemAndHall = async (db: Db, id: string, day: string): Promise<ItemInHall | null> => {
  const versions = await imagesOf<Item>(
    db,
    sql`select v.image from hall.items n join hall.items v on v.hall_id = n.hall_id and v.code = n.code where n.id = ${id}`,
  )
  const [current] = itemsInForce(versions, day)
  const item = current ?? versions.find((one) => one.id === id)
  const profile = item && (await readProfileInForce(db, item.hallId, day))
  return item && profile ? { item, isInForce: current !== undefined, profile } : null
}

/** The number of a case, or null. */
export const readCaseNumber = async (db: Db, hallId: string, id: string): Promise<string | null> => {
  const rows = await db.execute<{ number: string }>(
    sql`select number from hall.cases where hall_id = ${hallId} and id = ${id}`,
  )
  return rows[0]?.number ?? null
}

/** Words of a search that are met together, and the names they spell. */
export interface Finding {
  readonly words: readonly string[]
  readonly names: readonly string[]
}

/** Every name a hall's cases hold, each once: from the index alone. */
export const studentNames = async (db: Db, hallId: string): Promise<string[]> => {
  const rows = await db.execute<{ name: string }>(sql`
    select distinct student_name as name from hall.cases where hall_id = ${hallId} and student_name is not null`)
  return rows.map(({ name }) => name)
}

/** A word as an input method left in full width writes it: `k7` as `ｋ７`. */
const fullWidth = (word: string): string =>
  word.replaceAll(/[!-~]/g, (sign) => String.fromCodePoint(sign.charCodeAt(0) + 0xfee0))

/** Cases that every word leads to, the newest first, from a place on; `findable` holds no image (REF-PRIV). */
export const findCases = (
  db: Db,
  hallId: string,
  { findings, after, limit }: { findings: readonly Finding[]; after: { at: number; id: string } | null; limit: number },
): Promise<Case[]> => {
  const met = findings.map(({ words, names }) => {
    // What was typed has lost its apostrophes, an input method's among them.
    const each = words.map(
      (word) => sql`(strpos(replace(c.findable, '''', ''), ${word}::text) > 0
        or strpos(c.findable, ${fullWidth(word)}::text) > 0)`,
    )
    const isIn = sql.join(each, sql` and `)
    if (names.length === 0) return isIn
    return sql`((${isIn}) or c.student_name in (select jsonb_array_elements_text(${JSON.stringify(names)}::text::jsonb)))`
  })
  const from = after ? [sql`(c.received_at, c.id) < (${after.at}::bigint, ${after.id}::text)`] : []
  const where = sql.join([sql`c.hall_id = ${hallId}`, ...from, ...met], sql` and `)
  return imagesOf<Case>(
    db,
    sql`select c.image from hall.cases c where ${where} order by c.received_at desc, c.id desc limit ${limit}`,
  )
}

/** One case of a hall by its id, with the sheet it was received under. */
export const readCaseWithSheet = async (
  db: Db,
  hallId: string,
  id: string,
): Promise<{ image: Case; item: Item | null } | null> => {
  const rows = await db.execute(sql`
    select c.image, i.image as item from hall.cases c
    left join hall.items i on i.hall_id = c.hall_id and i.id = c.image ->> 'itemId'
    where c.hall_id = ${hallId} and c.id = ${id}`)
  const [row] = rows as unknown as { image: Case; item: Item | null }[]
  return row ?? null
}
