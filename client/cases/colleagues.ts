import type { Post } from '../../shared/halls/index.ts'
import { rowsOn } from '../local/rows.ts'
import { useLive, type Live } from '../local/live.ts'

/** A person a case of the window can be given to. */
export interface Colleague {
  actorId: string
  actorName: string
  role: 'roleA' | 'roleB'
}

/** Who holds a post at the window on a day, but for one person; the A-role first. */
export function useColleagues(at: () => { windowId: string; on: string; but: string }): Live<Colleague[]> {
  const read = async () => {
    const { windowId, on, but } = at()
    const posts = (await rowsOn<Post>('post', windowId)).map((row) => row.image)
    const there = posts.filter(
      (post) => post.personId !== but && post.from <= on && (post.to === null || on <= post.to),
    )
    return there
      .flatMap(({ personId, personName, role }): Colleague[] =>
        role === 'roleA' || role === 'roleB' ? [{ actorId: personId, actorName: personName, role }] : [],
      )
      .sort((a, b) => (a.role < b.role ? -1 : Number(a.role > b.role)) || (a.actorName < b.actorName ? -1 : 1))
  }
  return useLive<Colleague[]>(read, [], () => JSON.stringify(at()))
}
