import { expect, test } from 'vitest'
import { tellNews } from '../../server/catalogue/tell-news.ts'
import { appUnderTest, origin, ours } from '../http/app-under-test.ts'
import { after, first, mailHall, mailPath, minute, nobody, other } from './mail-hall.ts'

const m = mailHall()
const { ask, confirm, followed, linkOf, post, stored } = m

test('[NBU-5] the link at the end of a letter ends it and forgets the address; a made-up one does nothing', async () => {
  await followed()
  m.under.deps.clock.now = after
  await m.tell()
  const [, id = '', key = ''] = linkOf().split('.')
  for (const wrong of [`${key.slice(1)}A`, '', '示'.repeat(key.length)])
    expect((await post('/ended', { id, key: wrong })).status).toBe(404)
  expect(await stored()).toHaveLength(1)
  expect((await post('/ended', { id, key })).status).toBe(204)
  expect(await stored()).toEqual([])
})

test('asked for again with other items, an address follows those; the older letter then confirms nothing', async () => {
  const email = await followed()
  m.under.deps.clock.now += minute
  await ask(email)
  const older = linkOf()
  m.under.deps.clock.now += minute
  await followed(email, [other.code])
  expect((await confirm(older)).status).toBe(404)
  expect(await stored()).toEqual([{ email, codes: [other.code] }])
})

test.each([
  ['altered', (token: string) => `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`, 0],
  [
    'of another address',
    (token: string) => `${Buffer.from('{"email":"a@b.cn"}').toString('base64url')}.${token.split('.')[1] ?? ''}`,
    0,
  ],
  ['four days old', (token: string) => token, 4 * 86_400_000],
])('a link that is %s confirms nothing', async (_, change, later) => {
  await ask(nobody())
  m.under.deps.clock.now += later
  const answer = await confirm(change(linkOf().replace('confirm.', '')))
  expect(answer.status).toBe(404)
  expect(await stored()).toEqual([])
})

test('[X21] few letters go to one mailbox in a day, and who asks for more keeps nobody else from theirs', async () => {
  const email = nobody()
  const statuses: number[] = []
  for (let n = 0; n < 70; n += 1) statuses.push((await ask(email)).status)
  expect([statuses.slice(0, 4), statuses.filter((status) => status === 204).length]).toEqual([[204, 204, 204, 429], 3])
  expect((await ask(email.replace('@', '+more@'))).status).toBe(429)
  expect((await ask(nobody())).status).toBe(204)
  m.under.deps.clock.now += 23 * 60 * minute
  expect((await ask(email)).status).toBe(429)
  m.under.deps.clock.now += 61 * minute
  expect((await ask(email)).status).toBe(204)
})

test('[X21] not too many letters are asked for from one place in an hour', async () => {
  const statuses: number[] = []
  for (let n = 0; n < 61; n += 1) statuses.push((await ask(nobody())).status)
  expect([statuses.filter((status) => status === 204).length, statuses.at(-1)]).toEqual([60, 429])
})

test.each([
  ['a second address', { email: 'a@example.edu.cn,b@example.edu.cn', codes: [first.code] }],
  ['a header', { email: 'a@example.edu.cn\r\nBcc: b@example.edu.cn', codes: [first.code] }],
  ['no item', { email: 'a@example.edu.cn', codes: [] }],
  ['an item there is not', { email: 'a@example.edu.cn', codes: ['XX-999'] }],
  ['too many items', { email: 'a@example.edu.cn', codes: Array.from({ length: 61 }, (_, n) => `XX-${String(n)}`) }],
])('%s in the request: nothing is sent', async (_, body) => {
  expect((await post('', body)).status).toBe(422)
  expect(m.sink.letters).toEqual([])
})

test('without a mail server the page is told so, and a request is refused', async () => {
  const bare = await appUnderTest(['ssc'])
  const page = await bare.app.request(`${origin}/api/v1/public/halls/ssc/items`)
  expect(await page.json()).toMatchObject({ hasMail: false })
  expect((await bare.app.request(mailPath, ours({ email: 'a@example.edu.cn', codes: [first.code] }))).status).toBe(404)
  expect(await tellNews(bare.deps, 'ssc')).toBe(0)
  await bare.stop()
})
