import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Item } from '../../shared/catalogue/index.ts'
import { halls } from '../../shared/profiles/halls.ts'
import { tellNews } from '../../server/catalogue/tell-news.ts'
import type { Mailer } from '../../server/http/env.ts'
import { openMailer } from '../../server/http/mailer.ts'
import { seedHall } from '../../server/seed/halls.ts'
import { appUnderTest, origin, ours, type Under } from '../http/app-under-test.ts'
import { smtpSink, type SmtpSink } from '../support/smtp-sink.ts'

const [first, other] = halls.ssc.items as [Item, Item]
const { hall } = halls.ssc.profile
const second: Item = {
  ...{ ...first, id: `ssc:${first.code}@2`, version: 2, effectiveOn: '2026-11-21' },
  audience: '示例：全日制在籍学生',
}
const before = Date.parse('2026-11-20T02:00:00Z')
const after = Date.parse('2026-11-21T02:00:00Z')
const minute = 60_000

let under: Under
let sink: SmtpSink
let mailer: Mailer
let places = 0
beforeAll(async () => {
  sink = await smtpSink()
  mailer = openMailer({ smtpUrl: sink.url, from: 'hall@example.edu.cn', publicUrl: 'https://hall.example.edu.cn' })
  under = await appUnderTest([], undefined, { mailer })
  await seedHall(under.deps, { ...halls.ssc, items: [...halls.ssc.items, second] })
})
afterAll(async () => {
  mailer.close()
  await sink.stop()
  await under.stop()
})
beforeEach(async () => {
  under.deps.clock.now = before
  sink.letters.length = 0
  sink.answer = () => 250
  await under.database.ownerSql`delete from hall.mail_follow`
  await under.database.ownerSql`delete from hall.attempt`
})

const path = `${origin}/api/v1/public/halls/ssc/mail-follows`
const post = (to: string, body: unknown) => under.app.request(`${path}${to}`, ours(body))
const ask = (email: string, codes = [first.code]) => post('', { email, codes })
const nobody = () => `student${String((places += 1))}@example.edu.cn`
const stored = async () => [...(await under.database.ownerSql`select email, codes from hall.mail_follow order by 1`)]
/** What stands behind the `#` of the last letter's link. */
const linkOf = (letter = sink.letters.at(-1)) => /\/public\/ssc\/mail#(\S+)/.exec(letter?.text ?? '')?.[1] ?? ''
const confirm = (link = linkOf()) => post('/confirmed', { token: link.replace(/^confirm\./, '') })

async function followed(email = nobody(), codes = [first.code]): Promise<string> {
  expect((await ask(email, codes)).status).toBe(204)
  expect((await confirm()).status).toBe(200)
  sink.letters.length = 0
  return email
}

test('[NBU-5] an address is kept once its reader has confirmed it, then told what changed, old and new, once', async () => {
  const email = nobody()
  expect((await ask(email.toUpperCase(), [first.code, 'XX-999'])).status).toBe(204)
  expect(sink.letters.map(({ to }) => to)).toEqual([email])
  expect(sink.letters[0]?.text).toContain(first.name)
  expect(await stored()).toEqual([])
  const answer = await confirm()
  expect([answer.status, await answer.json()]).toEqual([200, { items: [first.name] }])
  expect(await stored()).toEqual([{ email, codes: [first.code] }])
  expect(await tellNews(under.deps, 'ssc')).toBe(0)
  under.deps.clock.now = after
  expect(await tellNews(under.deps, 'ssc')).toBe(1)
  const letter = sink.letters.at(-1)
  expect([letter?.to, letter?.subject]).toEqual([email, `${hall.name}：${first.name}，改动`])
  expect(letter?.text).toContain(`服务对象：原来“${first.audience}”，现在“${second.audience}”`)
  expect(letter?.text).toContain(`https://hall.example.edu.cn/public/items/${encodeURIComponent(second.id)}`)
  expect(letter?.headers).toMatchObject({
    'auto-submitted': 'auto-generated',
    from: expect.stringContaining('hall@') as string,
  })
  expect(letter?.headers['list-unsubscribe']).toContain('/public/ssc/mail#end.')
  expect(await tellNews(under.deps, 'ssc')).toBe(0)
})

test('[NBU-5] the link at the end of a letter ends it and forgets the address; a made-up one does nothing', async () => {
  await followed()
  under.deps.clock.now = after
  await tellNews(under.deps, 'ssc')
  const [, id = '', key = ''] = linkOf().split('.')
  for (const wrong of [`${key.slice(1)}A`, '', '示'.repeat(key.length)])
    expect((await post('/ended', { id, key: wrong })).status).toBe(404)
  expect(await stored()).toHaveLength(1)
  expect((await post('/ended', { id, key })).status).toBe(204)
  expect(await stored()).toEqual([])
})

test('[NBU-5] who follows something else, or confirmed after the change, gets no letter', async () => {
  await followed(nobody(), [other.code])
  under.deps.clock.now = after + 86_400_000
  await followed()
  expect(await tellNews(under.deps, 'ssc')).toBe(0)
})

test('confirmed again with other items, an address follows those, by one subscription', async () => {
  const email = await followed()
  await followed(email, [other.code])
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
  under.deps.clock.now += later
  const answer = await confirm(change(linkOf().replace('confirm.', '')))
  expect(answer.status).toBe(404)
  expect(await stored()).toEqual([])
})

test('two instances at once write one letter', async () => {
  await followed()
  under.deps.clock.now = after
  const counts = await Promise.all([tellNews(under.deps, 'ssc'), tellNews(under.deps, 'ssc')])
  expect(counts.toSorted()).toEqual([0, 1])
  expect(sink.letters).toHaveLength(1)
})

test('while the mail server is away nothing is told as sent; it goes out when it is back', async () => {
  await followed()
  under.deps.clock.now = after
  await sink.stop()
  expect(await tellNews(under.deps, 'ssc')).toBe(0)
  expect((await ask(nobody())).status).toBe(503)
  await sink.start()
  expect(await tellNews(under.deps, 'ssc')).toBe(0)
  under.deps.clock.now = after + 11 * minute
  expect(await tellNews(under.deps, 'ssc')).toBe(1)
})

test('a letter to a mail server that says nothing is given up when the server stops', async () => {
  const silent = createServer(() => undefined)
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
  const smtpUrl = `smtp://127.0.0.1:${String((silent.address() as AddressInfo).port)}`
  const waiting = openMailer({ smtpUrl, from: 'hall@example.edu.cn', publicUrl: 'https://hall.example.edu.cn' })
  const letter = { id: 'one', to: nobody(), fromName: hall.name, subject: '示例', text: '示例' }
  const givenUp = expect(waiting.send(letter)).rejects.toMatchObject({ name: 'NotSent' })
  await once(silent, 'connection')
  waiting.close()
  await givenUp
  await expect(waiting.send(letter)).rejects.toMatchObject({ name: 'NotSent' })
  silent.close()
})

test('an address that takes no letters for good is told so, and forgotten later', async () => {
  const email = await followed()
  sink.answer = (address) => (address === email ? 550 : 250)
  under.deps.clock.now = after
  expect(await tellNews(under.deps, 'ssc')).toBe(0)
  expect(await stored()).toEqual([])
  const answer = await ask(email)
  expect([answer.status, await answer.json()]).toMatchObject([422, { errors: [{ pointer: '/email' }] }])
})

test('[T10] few letters go to one address in a day, and not too many from one place in an hour', async () => {
  const email = nobody()
  const statuses: number[] = []
  for (let n = 0; n < 4; n += 1) statuses.push((await ask(email)).status)
  expect(statuses).toEqual([204, 204, 204, 429])
  under.deps.clock.now += 23 * 60 * minute
  expect((await ask(email)).status).toBe(429)
  under.deps.clock.now += 61 * minute
  expect((await ask(email)).status).toBe(204)
  const more: number[] = []
  for (let n = 0; n < 61; n += 1) more.push((await ask(nobody())).status)
  expect([more[0], more.at(-1)]).toEqual([204, 429])
})

test.each([
  ['a second address', { email: 'a@example.edu.cn,b@example.edu.cn', codes: [first.code] }],
  ['a header', { email: 'a@example.edu.cn\r\nBcc: b@example.edu.cn', codes: [first.code] }],
  ['no item', { email: 'a@example.edu.cn', codes: [] }],
  ['an item there is not', { email: 'a@example.edu.cn', codes: ['XX-999'] }],
  ['too many items', { email: 'a@example.edu.cn', codes: Array.from({ length: 61 }, (_, n) => `XX-${String(n)}`) }],
])('%s in the request: nothing is sent', async (_, body) => {
  expect((await post('', body)).status).toBe(422)
  expect(sink.letters).toEqual([])
})

test('[T13] no address stands in the log', () => {
  expect(under.logged.join('\n')).not.toMatch(/@example/)
})

test('without a mail server the page is told so, and a request is refused', async () => {
  const bare = await appUnderTest(['ssc'])
  const page = await bare.app.request(`${origin}/api/v1/public/halls/ssc/items`)
  expect(await page.json()).toMatchObject({ hasMail: false })
  expect((await bare.app.request(path, ours({ email: 'a@example.edu.cn', codes: [first.code] }))).status).toBe(404)
  expect(await tellNews(bare.deps, 'ssc')).toBe(0)
  await bare.stop()
})
