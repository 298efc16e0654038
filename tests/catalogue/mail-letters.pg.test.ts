import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { halls } from '../../shared/profiles/halls.ts'
import { openMailer } from '../../server/http/mailer.ts'
import { after, first, mailHall, minute, nobody, other, second } from './mail-hall.ts'

const { hall } = halls.ssc.profile
const m = mailHall()
const { ask, confirm, followed, linkOf, stored } = m

test('[NBU-5] an address is kept once its reader has confirmed it, then told what changed, old and new, once', async () => {
  const email = nobody()
  expect((await ask(email.toUpperCase(), [first.code, 'XX-999'])).status).toBe(204)
  expect(m.sink.letters.map(({ to }) => to)).toEqual([email])
  expect(m.sink.letters[0]?.text).toContain(first.name)
  expect(await stored()).toEqual([])
  const answer = await confirm()
  expect([answer.status, await answer.json()]).toEqual([200, { items: [first.name] }])
  expect(await stored()).toEqual([{ email, codes: [first.code] }])
  expect(await m.tell()).toBe(0)
  m.under.deps.clock.now = after
  expect(await m.tell()).toBe(1)
  const letter = m.sink.letters.at(-1)
  expect([letter?.to, letter?.subject]).toEqual([email, `${hall.name}：${first.name}，改动`])
  expect(letter?.text).toContain(`服务对象：原来“${first.audience}”，现在“${second.audience}”`)
  expect(letter?.text).toContain(`https://hall.example.edu.cn/public/items/${encodeURIComponent(second.id)}`)
  expect(letter?.headers).toMatchObject({
    'auto-submitted': 'auto-generated',
    from: expect.stringContaining('hall@') as string,
  })
  expect(letter?.headers['list-unsubscribe']).toContain('/public/ssc/mail#end.')
  expect(await m.tell()).toBe(0)
})

test('[NBU-5] who follows something else, or confirmed after the change, gets no letter', async () => {
  await followed(nobody(), [other.code])
  m.under.deps.clock.now = after
  expect(await m.tell()).toBe(0)
  await followed(nobody(), [first.code])
  m.under.deps.clock.now = after + 86_400_000
  await followed(nobody(), [first.code])
  expect(await m.tell()).toBe(2)
  expect(m.sink.letters.map(({ subject }) => subject.includes(other.name)).toSorted()).toEqual([false, true])
})

test('[NBU-5] each change is told once, whatever was told before it', async () => {
  await followed(nobody(), [first.code, other.code])
  const told: string[][] = []
  for (const days of [0, 0, 1, 1]) {
    m.under.deps.clock.now = after + days * 86_400_000
    m.sink.letters.length = 0
    await m.tell()
    told.push(m.sink.letters.map(({ subject }) => subject))
  }
  expect(told.map((one) => one.length)).toEqual([1, 0, 1, 0])
  expect(told[2]?.[0]).toContain(other.name)
})

test('[NBU-5] a link that is pressed again two days later loses no news of the time between', async () => {
  await followed()
  await ask('student-twice@example.edu.cn')
  const link = linkOf()
  await confirm(link)
  m.under.deps.clock.now = after + 86_400_000
  expect((await confirm(link)).status).toBe(200)
  expect(await m.tell()).toBe(2)
})

test('two instances at once write one letter', async () => {
  await followed()
  m.under.deps.clock.now = after
  const counts = await Promise.all([m.tell(), m.tell()])
  expect(counts.toSorted()).toEqual([0, 1])
  expect(m.sink.letters).toHaveLength(1)
})

test('while the mail server is away nothing is told as sent; it goes out when it is back', async () => {
  await followed()
  m.under.deps.clock.now = after
  await m.sink.stop()
  expect(await m.tell()).toBe(0)
  const email = nobody()
  for (let n = 0; n < 4; n += 1) expect((await ask(email)).status).toBe(503)
  await m.sink.start()
  expect((await ask(email)).status).toBe(204)
  expect(await m.tell()).toBe(0)
  m.under.deps.clock.now = after + 11 * minute
  expect(await m.tell()).toBe(1)
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

test('an address there is not is told so, and forgotten later', async () => {
  const email = await followed()
  m.sink.answer = (address) => (address === email ? '550 5.1.1 no such user' : '250 ok')
  m.under.deps.clock.now = after
  expect(await m.tell()).toBe(0)
  expect(await stored()).toEqual([])
  const answer = await ask(email)
  expect([answer.status, await answer.json()]).toMatchObject([422, { errors: [{ pointer: '/email' }] }])
})

test.each(['452 4.5.3 too many', '550 5.7.1 relaying denied', '554 no', '550 no such user here'])(
  'told “%s”, it tries again ever more seldom, and the others get their letters',
  async (answer) => {
    const slow = [await followed(), await followed(), await followed(), await followed()]
    const good = await followed()
    m.sink.answer = (address) => (slow.includes(address) ? answer : '250 ok')
    m.under.deps.clock.now = after
    expect(await m.tell()).toBe(1)
    expect([m.sink.letters.map(({ to }) => to), (await stored()).length]).toEqual([[good], 5])
    m.sink.answer = () => '250 ok'
    m.under.deps.clock.now += 9 * minute
    expect(await m.tell()).toBe(0)
    m.sink.answer = (address) => (slow.includes(address) ? answer : '250 ok')
    m.under.deps.clock.now += 2 * minute
    await m.tell()
    m.sink.answer = () => '250 ok'
    m.under.deps.clock.now += 19 * minute
    expect(await m.tell()).toBe(0)
    m.under.deps.clock.now += 2 * minute
    expect(await m.tell()).toBe(4)
  },
)

test('[T13] letters that failed stand in the log, and no address does', () => {
  const log = m.under.logged.join('\n')
  expect(log).toContain('letter not sent')
  expect(log).not.toMatch(/@example|student\d/)
})
