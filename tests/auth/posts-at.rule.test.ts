import { expect, test } from 'vitest'
import { postsAt } from '../../server/auth/who.ts'

const post = (role: 'roleA' | 'supervisor' | 'admin', windowId: string | null) => ({
  ...{ role, windowId, unitId: null, to: null },
})

test.each(['supervisor', 'admin'] as const)(
  '[P19] a post of %s at a window gives no such right on its tablet',
  (role) => {
    const posts = [post('roleA', 'w'), post(role, 'w'), post(role, null)]
    expect(postsAt({ kind: 'tablet', windowIds: ['w'] }, posts)).toEqual([post('roleA', 'w')])
    expect(postsAt({ kind: 'browser', windowIds: [] }, posts)).toEqual([post(role, null)])
  },
)
