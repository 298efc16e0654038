import type { Post } from '../../shared/halls/index.ts'
import type { Role } from '../../shared/core/roles.ts'
import type { KnownPerson } from '../local/grants.ts'

/** Somebody the sign-in page offers; `known` when a PIN or a grant of theirs is on this tablet. */
export interface Entrant {
  id: string
  name: string
  kind: KnownPerson['kind']
  role: Role | undefined
  known: KnownPerson | undefined
}

/** Who may be at this tablet: today's A and B of its windows first, then everybody else who has used it. */
export interface Entrants {
  here: Entrant[]
  others: Entrant[]
}

interface Seen {
  posts: readonly Post[]
  people: readonly KnownPerson[]
  windowIds: readonly string[]
  today: string
}

/** Sort posts and known people into the two lists of the sign-in page; nobody stands in both. */
export function entrantsOf({ posts, people, windowIds, today }: Seen): Entrants {
  const known = new Map(people.map((person) => [person.actorId, person]))
  const isNow = (post: Post) => post.from <= today && (post.to === null || today <= post.to)
  const isHere = (post: Post) => post.windowId !== null && windowIds.includes(post.windowId)
  const here = new Map<string, Entrant>()
  for (const post of posts.filter((one) => isHere(one) && isNow(one)).toSorted((a, b) => order(a) - order(b))) {
    const { personId: id, personName: name, personKind: kind, role } = post
    if (!here.has(id)) here.set(id, { id, name, kind, role, known: known.get(id) })
  }
  const others = people
    .filter((person) => !here.has(person.actorId))
    .map((person): Entrant => ({
      ...{ id: person.actorId, name: person.name, kind: person.kind, role: person.roles[0]?.role, known: person },
    }))
  return { here: [...here.values()], others }
}

const order = ({ role }: Post): number => ['roleA', 'roleB'].indexOf(role) + (role.startsWith('role') ? 0 : 9)
