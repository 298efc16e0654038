import type { Post } from '../../shared/halls/index.ts'
import { isHeldOn } from '../../shared/staff/index.ts'

/** What the window display shows of whoever serves now (挂牌上岗, NBU 三.3(5)). */
export interface Serving {
  /** Name or badge number, as the hall has it. */
  shown: string
  role: 'roleA' | 'roleB'
}

interface Asked {
  posts: readonly Post[]
  windowId: string
  today: string
  /** Who is at this tablet; null for nobody. */
  personId: string | null
  by: 'name' | 'number'
}

const shownAs = ({ personName, badgeNo }: Post, by: Asked['by']): string =>
  by === 'number' && badgeNo ? badgeNo : personName

/** Who serves at a window: the person at its tablet by their post of today; nobody else is ever named as serving. */
export function servingAt({ posts, windowId, today, personId, by }: Asked): Serving | null {
  const own = posts.filter((post) => post.windowId === windowId && post.personId === personId && isHeldOn(post, today))
  const post = own.find(({ role }) => role === 'roleA') ?? own.find(({ role }) => role === 'roleB')
  if (!post || (post.role !== 'roleA' && post.role !== 'roleB')) return null
  return { shown: shownAs(post, by), role: post.role }
}
