import type { Post } from '../../shared/halls/index.ts'
import type { Person, PostAsked, RecordSeen, SeatSeen, StandIn } from '../../shared/staff/index.ts'

/** A post as a neighbour of another. */
function seatOf({ personId, windowId, unitId, personKind, role, isHead, from, to }: Post): SeatSeen {
  return { personId, windowId, unitId: unitId ?? null, personKind, role, isHead: isHead === true, from, to }
}

/** The other seats a post is decided on: those of its window, and every head and back office of its unit. */
export function seatsNear(ask: Pick<PostAsked, 'windowId' | 'unitId'>, posts: readonly Post[]): SeatSeen[] {
  const isNear = (post: Post): boolean =>
    post.windowId === ask.windowId || (post.isHead === true && (post.unitId ?? null) === (ask.unitId ?? null))
  return posts.filter(isNear).map(seatOf).slice(-80)
}

/** What of a record a post is decided on. */
export function recordSeen(person: Person | undefined): RecordSeen | null {
  if (!person) return null
  const { rank, conditions, conditionNote, trainings, busy } = person
  return { rank, conditions, conditionNote, trainings: trainings.slice(-40), busy }
}

/** The B-roles of a window who might stand in, with what keeps them and when they already serve (ZJJ-6). */
export function standIns(
  ask: Pick<PostAsked, 'windowId' | 'personId' | 'from'>,
  posts: readonly Post[],
  people: readonly Person[],
): StandIn[] {
  const isB = (post: Post): boolean =>
    post.windowId === ask.windowId && post.role === 'roleB' && post.personId !== ask.personId
  const isNow = ({ to }: Post): boolean => to === null || to >= ask.from
  return posts
    .filter((post) => isB(post) && isNow(post))
    .map(({ personId, personName, hours }) => ({
      ...{ personId, personName, serves: hours ?? [] },
      busy: people.find((person) => person.id === personId)?.busy ?? [],
    }))
}
