import { sql } from 'drizzle-orm'
import type { Person, SeatSeen } from '../../shared/staff/index.ts'
import type { Db } from '../db/pg.ts'

/** A post as it stands. */
export interface PostRow extends SeatSeen {
  readonly id: string
  readonly image: Record<string, unknown>
}

const seatsOf = async (db: Db, hallId: string): Promise<PostRow[]> => {
  const rows = await db.execute(sql`
    select p.id, p.image, p.image->>'personId' as "personId", p.image->>'windowId' as "windowId",
      p.image->>'unitId' as "unitId", p.image->>'personKind' as "personKind", p.image->>'role' as role,
      coalesce((p.image->>'isHead')::boolean, false) as "isHead", p.image->>'from' as "from", p.image->>'to' as "to"
    from hall.posts p where p.hall_id = ${hallId} order by p.id`)
  return rows as unknown as PostRow[]
}

/** A post that was just given, every other of the hall, and the record of its person, as the server has them. */
export interface PostStanding {
  readonly post: PostRow
  readonly others: readonly PostRow[]
  readonly person: Person | null
}

/** Everything that must be known to look at posts again. */
export const readStandings = async (db: Db, hallId: string, ids: readonly string[]): Promise<PostStanding[]> => {
  const all = await seatsOf(db, hallId)
  const posts = all.filter(({ id }) => ids.includes(id))
  const people = await readPeople(
    db,
    hallId,
    posts.map(({ personId }) => personId),
  )
  const byId = new Map(people.map((person) => [person.id, person]))
  return posts.map((post) => ({
    ...{ post, person: byId.get(post.personId) ?? null },
    others: all.filter(({ id }) => id !== post.id),
  }))
}

/** Records of a hall by name; all of them, or those of some ids. */
export const readPeople = async (db: Db, hallId: string, ids: readonly string[] | null): Promise<Person[]> => {
  const rows = await db.execute<{ image: Person }>(sql`
    select image from hall.people where hall_id = ${hallId}
      and (${ids === null}::boolean
        or id in (select jsonb_array_elements_text(${JSON.stringify(ids ?? [])}::text::jsonb)))
    order by image->>'name', id`)
  return rows.map(({ image }) => image)
}

/** Open cases whose handler at a window somebody is: number and item, no student (SSC 十二). */
export const readOpenCases = async (
  db: Db,
  hallId: string,
  { personId, windowId }: { personId: string; windowId: string },
): Promise<{ caseId: string; number: string; itemName: string }[]> => {
  const rows = await db.execute(sql`
    select id as "caseId", number, image->>'itemName' as "itemName" from hall.cases
    where hall_id = ${hallId} and window_id = ${windowId} and image#>>'{handler,actorId}' = ${personId}
      and state not in ('concluded', 'refused', 'declined', 'withdrawn', 'voided', 'returned')
    order by number limit 500`)
  return rows as unknown as { caseId: string; number: string; itemName: string }[]
}
