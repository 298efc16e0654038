import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Item } from '../../shared/catalogue/index.ts'
import { halls } from '../../shared/profiles/halls.ts'
import { PublicNews } from '../../shared/wire/news.ts'
import { seedHall } from '../../server/seed/halls.ts'
import { appUnderTest, origin, type Under } from '../http/app-under-test.ts'

const first = halls.ssc.items.find(({ name }) => name === '学生证补办')
if (!first) throw new Error('no sheet')
const second: Item = {
  ...{ ...first, id: `ssc:${first.code}@2`, version: 2, effectiveOn: '2026-11-16' },
  audience: '示例：<全日制> & "在籍" 学生',
}

let under: Under
beforeAll(async () => {
  under = await appUnderTest([])
  await seedHall(under.deps, { ...halls.ssc, items: [...halls.ssc.items, second] })
})
afterAll(async () => {
  await under.stop()
})

const get = (path: string, headers: Record<string, string> = {}) =>
  under.app.request(`${origin}/api/v1/public/halls/${path}`, { headers })

test('[NBU-5] without signing in anybody reads what changed lately, old and new', async () => {
  const { hall, entries } = PublicNews.parse(await (await get('ssc/changes')).json())
  expect(hall.hallId).toBe('ssc')
  expect(entries.map(({ what, on, code }) => [what, on, code])).toEqual([['changed', '2026-11-16', first.code]])
  expect(entries[0]?.changes).toEqual([
    { key: 'audience', label: '服务对象', before: first.audience, after: second.audience },
  ])
})

test('[NBU-5] a feed reader follows the same as Atom, what people wrote escaped', async () => {
  const answer = await get('ssc/changes.atom')
  expect(answer.headers.get('content-type')).toBe('application/atom+xml; charset=utf-8')
  const text = await answer.text()
  expect(text).toContain('<title>改动：学生证补办</title>')
  expect(text).toContain('示例：&lt;全日制&gt; &amp; &quot;在籍&quot; 学生')
  expect(text).not.toContain('<全日制>')
  expect(text).toContain('<updated>2026-11-15T16:00:00.000Z</updated>')
  expect(text.match(/<entry>/g)).toHaveLength(1)
  expect(text.match(/<(\w+)[ >]/g)?.length).toBeGreaterThan(10)
})

test.each(['ssc/changes', 'ssc/changes.atom'])(
  '[NBU-5] %s is kept by caches and asked for by its mark',
  async (path) => {
    const answer = await get(path)
    const etag = answer.headers.get('etag') ?? ''
    expect(answer.headers.get('cache-control')).toBe('public, max-age=300')
    const again = await get(path, { 'if-none-match': `"other", W/${etag}` })
    expect([again.status, await again.text()]).toEqual([304, ''])
    expect((await get(path, { 'if-none-match': '"other"' })).status).toBe(200)
  },
)

test('a hall that is not there has no news', async () => {
  expect((await get('nowhere/changes')).status).toBe(404)
  expect((await get('nowhere/changes.atom')).status).toBe(404)
})

test('one address cannot wear the feed out', async () => {
  const statuses = new Set<number>()
  for (let n = 0; n < 1300 && !statuses.has(429); n += 1) statuses.add((await get('nowhere/changes')).status)
  expect(statuses).toContain(429)
})
