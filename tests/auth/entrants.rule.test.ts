import { expect, test } from 'vitest'
import { entrantsOf } from '../../client/auth/sign-in-people.ts'
import type { KnownPerson } from '../../client/local/grants.ts'
import type { Post } from '../../shared/halls/index.ts'

const post = (personId: string, role: Post['role'], more: Partial<Post> = {}): Post => ({
  ...{ id: `${personId}-${role}`, hallId: 'szit', kind: 'post', windowId: 'student-affairs', personId },
  ...{ personName: `示例·${personId}`, personKind: 'student', role, from: '2026-09-01', to: null },
  ...more,
})
const known = (actorId: string): KnownPerson => ({
  ...{ actorId, name: `示例·${actorId}`, kind: 'student', roles: [{ role: 'roleB', windowId: 'student-affairs' }] },
  ...{ grant: {} as KnownPerson['grant'], grantState: 'valid', hasPin: true, waitMs: 0 },
})
const at = { windowIds: ['student-affairs'], today: '2026-11-20' }

test('[OFF-5] the sign-in page lists the A and B of this window first, then others who used the tablet, nobody twice', () => {
  const posts = [post('li', 'roleB'), post('zhang', 'roleA'), post('wu', 'roleA', { windowId: 'teaching' })]
  const lists = entrantsOf({ ...at, posts, people: [known('li'), known('zhou')] })
  expect(lists.here.map(({ id, role, known: has }) => [id, role, has !== undefined])).toEqual([
    ['zhang', 'roleA', false],
    ['li', 'roleB', true],
  ])
  expect(lists.others.map(({ id }) => id)).toEqual(['zhou'])
})

test('[OFF-5] a post that has ended or not begun gives nobody a place on the page', () => {
  const posts = [post('gone', 'roleA', { to: '2026-11-19' }), post('later', 'roleB', { from: '2026-11-21' })]
  expect(entrantsOf({ ...at, posts, people: [] }).here).toEqual([])
})
