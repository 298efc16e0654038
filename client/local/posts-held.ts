import { localDay } from '../../shared/calendar/day.ts'
import type { Grant } from '../../shared/core/envelope.ts'
import type { RoleAt } from '../../shared/core/roles.ts'
import { tabletStore } from './db.ts'
import { postsHere } from './grants.ts'

/** What of a post says whether a right still stands; the whole of it belongs to its room. */
interface PostRow {
  personId: string
  windowId: string | null
  role: string
  from: string
  to: string | null
}

/**
 * The posts of a grant that are still held on a day, as far as this tablet knows: a post that was ended since the grant
 * was given opens nothing any more, without the network too (SSC-12, ZJJ-30). A tablet that has no posts yet knows nothing.
 */
export async function postsHeld(grant: Grant, at: number): Promise<RoleAt[]> {
  const rows = await tabletStore().transact('read', ['view'], (tx) =>
    tx.byIndex('view', 'kind+shelf+at', { prefix: ['post'] }),
  )
  const posts = rows.map(({ image }) => image as unknown as PostRow)
  if (posts.length === 0) return postsHere(grant, at)
  const today = localDay(at)
  const isHeld = ({ role, windowId }: RoleAt): boolean =>
    posts.some(
      (post) =>
        post.personId === grant.actorId &&
        post.role === role &&
        post.windowId === windowId &&
        post.from <= today &&
        (post.to === null || today <= post.to),
    )
  return postsHere(grant, at).filter(isHeld)
}
