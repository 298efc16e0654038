import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Item } from '../../shared/catalogue/index.ts'
import { seedHall } from '../../server/seed/halls.ts'
import { halls } from '../../shared/profiles/halls.ts'
import type { PublicItem, PublicItems } from '../../shared/wire/public.ts'
import { appUnderTest, origin, type Under } from '../http/app-under-test.ts'

const first = halls.ssc.items.find(({ name }) => name === '学生证补办')
if (!first) throw new Error('no sheet')
const second: Item = {
  ...first,
  ...{ id: `ssc:${first.code}@2`, version: 2, effectiveOn: '2026-12-01', name: '学生证补发' },
}

let under: Under

beforeAll(async () => {
  under = await appUnderTest([])
  await seedHall(under.deps, { ...halls.ssc, items: [...halls.ssc.items, second] })
})

afterAll(async () => {
  await under.stop()
})

const get = async <Answer>(path: string): Promise<Answer> =>
  (await (await under.app.request(`${origin}/api/v1/public/${path}`)).json()) as Answer

test.each([
  ['2026-11-30T08:00:00Z', '学生证补办'],
  ['2026-12-01T01:00:00Z', '学生证补发'],
])('[SSC-17] without signing in, on %s the sheet in force is %s', async (at, name) => {
  under.deps.clock.now = Date.parse(at)
  const { items } = await get<PublicItems>('halls/ssc/items')
  const mine = items.filter(({ code }) => code === first.code)
  expect(mine.map((item) => item.name)).toEqual([name])
  const { item } = await get<PublicItem>(`items/${mine[0]?.id ?? ''}`)
  const { basis, audience, process, materials, promise } = item
  expect([item.name, basis, audience].every((text) => text.length > 1)).toBe(true)
  expect([process.length, materials.length].every((count) => count > 0)).toBe(true)
  expect(promise.workingDays === null || promise.workingDays > 0).toBe(true)
})

test('[SSC-20.2] [ZJJ-26] the public sheet tells the grounds the regulation gives for every item, each with its article', async () => {
  const { hallGrounds } = await get<PublicItem>(`items/${first.id}`)
  const basis = '《师生服务中心管理办法》第二十条（二）'
  expect(hallGrounds).toEqual([
    { text: '不符合国家法律法规政策', basis },
    { text: '不符合学校规章制度', basis },
  ])
})
