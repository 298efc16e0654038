import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { readStatusCode, statusCode } from '../../shared/cases/index.ts'
import { nbuItems } from '../../shared/profiles/items/nbu.ts'
import { PublicCase } from '../../shared/wire/public-case.ts'
import { appUnderTest, type Under } from '../http/app-under-test.ts'
import { ask, problemOf } from '../http/asked.ts'
import { pushed, signerOf, tabletOf } from '../http/served-person.ts'
import { act, nextNumber } from '../support/forge.ts'

const found = nbuItems.find(({ kind, windowId }) => kind === 'committed' && windowId === 'student-affairs')
if (!found) throw new Error('the window has no committed item')
const item = found
const ctxv = { profile: 'nbu@1', item: item.id, calendars: ['nbu:2026@1'] }
const student = { name: '示例·王同学', studentNo: '20240117', phone: '13800001234' }
const caseId = randomUUID()
let under: Under
let number = ''

beforeAll(async () => {
  under = await appUnderTest(['nbu'])
  const tablet = await tabletOf(under, 'nbu', 'student-affairs')
  const clerk = await signerOf(under, tablet, 'nbu-xg-a')
  number = nextNumber(tablet).replace('XS', 'XG')
  const materials = item.materials.map(({ id }) => ({ id, state: 'present' }))
  const args = { number, itemId: item.id, ticket: null, student, materials }
  const at = under.deps.clock.now
  const promise = { workingDays: 3, on: '2026-11-25', level: 'ordinary', reason: '示例：须核实', beyondReason: null }
  const commands = [
    act(tablet, clerk, { type: 'case.receive', aggId: caseId, args, at, ctxv }),
    act(tablet, clerk, {
      type: 'case.accept',
      aggId: caseId,
      args: promise,
      at: at + 1000,
      ctxv,
      saw: { state: 'open' },
    }),
  ]
  expect(await pushed(under, tablet, { from: 1, commands })).toEqual(['applied', 'applied'])
})

// Ten quiet minutes forget the tries of the test before.
beforeEach(() => {
  under.deps.clock.now += 11 * 60_000
})

afterAll(async () => {
  await under.stop()
})

const where = (code: string, of = number) =>
  ask(under, `/api/v1/public/cases/nbu/${of}?${new URLSearchParams({ code }).toString()}`)

test('[SZIT-10] number and code show where the case stands, and nothing personal', async () => {
  const { status, body } = await where(statusCode(caseId))
  expect(status).toBe(200)
  const told = PublicCase.parse(body)
  expect(told).toMatchObject({ number, itemName: item.name, word: '办理中', dueOn: '2026-11-25', endedAt: null })
  for (const value of Object.values(student)) expect(JSON.stringify(body)).not.toContain(value)
  expect(JSON.stringify(body)).not.toContain('示例·')
})

test('[SZIT-10] a wrong code and a number there is not are answered alike, and show nothing', async () => {
  const wrong = await where('000000')
  const none = await where(statusCode(caseId), number.replace(/\d+$/, '99'))
  expect([problemOf(wrong), problemOf(none)]).toEqual(['404 not-found', '404 not-found'])
  expect(wrong.body.detail).toBe(none.body.detail)
})

test('[SZIT-10] after some wrong codes the right one has to wait too', async () => {
  const guesses = []
  for (const code of ['111111', '222222', '333333', '444444', '555555', '666666', '777777'])
    guesses.push((await where(code)).status)
  expect(guesses).toContain(429)
  expect((await where(statusCode(caseId))).status).toBe(429)
  under.deps.clock.now += 60_000
  expect((await where(statusCode(caseId).toLowerCase())).status).toBe(200)
})

const whereFrom = async (remoteAddress: string, code: string) => {
  const path = `/api/v1/public/cases/nbu/${number}?${new URLSearchParams({ code }).toString()}`
  const { status } = await under.app.request(path, {}, { incoming: { socket: { remoteAddress } } })
  return status
}

test('[SZIT-10] a stranger who guesses elsewhere keeps nobody from their own case, and all strangers together are slow', async () => {
  const guesses = []
  for (let n = 0; n < 8; n += 1) guesses.push(await whereFrom('192.0.2.1', '111111'))
  expect(guesses).toContain(429)
  expect(await whereFrom('192.0.2.2', statusCode(caseId))).toBe(200)
  const all = []
  for (let n = 0; n < 62; n += 1) all.push(await whereFrom(`198.51.100.${String(n + 1)}`, '222222'))
  expect(all.at(-1)).toBe(429)
})

test('[SZIT-10] a code is read however it is typed', () => {
  expect(statusCode('0197a9c0-0000-7000-8000-0000ffffffff')).toBe('ZZZZZZ')
  expect(statusCode('0197a9c0-0000-7000-8000-000000000001')).toBe('000001')
  expect(readStatusCode(' ab-c o1 ｉ')).toBe('ABC011')
})

test('one address may not wear out the public pages, nor a network of many', async () => {
  const ask404 = async (remoteAddress: string) => {
    const { status } = await under.app.request('/api/v1/public/none', {}, { incoming: { socket: { remoteAddress } } })
    return status
  }
  const ends = new Set<number>()
  for (let n = 0; n < 1250 && !ends.has(429); n += 1) ends.add(await ask404(`2001:db8:0:1::${n.toString(16)}`))
  expect([...ends]).toEqual([404, 429])
  expect(await ask404('2001:db8:0:2::1')).toBe(404)
})
