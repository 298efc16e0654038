import { expect, test } from 'vitest'
import { servingAt } from '../../client/staff/who-serves.ts'
import type { Post } from '../../shared/halls/index.ts'

const post = (personId: string, role: Post['role'], more: Partial<Post> = {}): Post => ({
  ...{ id: `${personId}-${role}`, hallId: 'zjj', kind: 'post', windowId: 'finance', personId },
  ...{ personName: `示例·${personId}`, personKind: 'student', role, from: '2026-09-01', to: null, badgeNo: 'CW-07' },
  ...more,
})
const posts = [post('zhang', 'roleA'), post('li', 'roleB')]
const at = { posts, windowId: 'finance', today: '2026-11-20', by: 'name' } as const

test('[NBU-18] the window display names who is at the tablet, by name or number, as A or B', () => {
  expect(servingAt({ ...at, personId: 'li' })).toEqual({ shown: '示例·li', role: 'roleB' })
  expect(servingAt({ ...at, personId: 'zhang' })?.role).toBe('roleA')
  expect(servingAt({ ...at, personId: 'li', by: 'number' })?.shown).toBe('CW-07')
})

test('[NBU-18] nobody is named as serving without being there, or by a post elsewhere, over or to come', () => {
  expect(servingAt({ ...at, personId: null })).toBeNull()
  expect(servingAt({ ...at, personId: 'li', windowId: 'daily' })).toBeNull()
  expect(servingAt({ ...at, personId: 'li', today: '2026-08-31' })).toBeNull()
  const over = [post('li', 'roleB', { to: '2026-11-19' })]
  expect(servingAt({ ...at, posts: over, personId: 'li' })).toBeNull()
  expect(servingAt({ ...at, posts: [post('li', 'roleB', { to: '2026-11-20' })], personId: 'li' })?.role).toBe('roleB')
})
