import { expect, test } from 'vitest'
import { demoStaff } from '../../server/seed/deciders.ts'
import { firstActs } from '../../server/seed/halls.ts'
import { demoPeople } from '../../server/seed/people.ts'
import { hallGaps, type DeciderPost } from '../../shared/cases/index.ts'
import { hallIds, halls } from '../../shared/profiles/halls.ts'

test.each(hallIds)('[NBU-8] %s begins with somebody 示例 for every check and approval its items ask for', (id) => {
  const { profile, items } = halls[id]
  const posts = firstActs(halls[id])
    .filter(({ type }) => type === 'post.assign')
    .map(({ args }) => args as unknown as DeciderPost)
  expect(hallGaps({ items, profile }, posts, profile.effectiveOn)).toEqual([])
})

test.each(hallIds)('%s: no two of its people share an id or a login, and few are added for other units', (id) => {
  const staff = demoStaff(halls[id])
  const { length } = demoPeople(halls[id].profile)
  expect(new Set(staff.map(({ account }) => account.id)).size).toBe(staff.length)
  expect(new Set(staff.map(({ account }) => account.login)).size).toBe(staff.length)
  expect(staff.every(({ account }) => account.displayName.startsWith('示例·'))).toBe(true)
  expect(staff.length - length).toBeLessThanOrEqual(6)
})
