import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { maxPushBytes } from '../../shared/wire/push.ts'
import { act, pushOf, readEnv } from '../support/forge.ts'
import { testDatabase, type TestDatabase } from '../support/postgres.ts'
import { receiving, words } from './forged-hall.ts'
import { ask, logOf, pullFrom, pushRaw, pushTo, servedHall, signedInAt, signerAt, tabletAt } from './forged-server.ts'
import type { ServedHall, ServedTablet } from './forged-server.ts'

let pg: TestDatabase
let hall: ServedHall
let tablet: ServedTablet
let good: string
beforeAll(async () => {
  pg = await testDatabase()
  hall = await servedHall(pg)
  tablet = await tabletAt(hall, 'BA')
  good = JSON.stringify(pushOf(tablet, 1, [act(tablet, await signerAt(hall, tablet), receiving(tablet))]))
})
afterAll(async () => {
  await hall.wake.close()
  await pg.stop()
})

const bytes = (text: string) => new TextEncoder().encode(text)
const problemOf = async (answer: Response) => ((await answer.json()) as { type: string }).type

test.each([
  ['no token', {}, 401],
  ['an unknown token', { authorization: `Device ${'x'.repeat(43)}` }, 401],
  ['another scheme', { authorization: 'Bearer abc' }, 401],
])('[P13] %s', async (_name, headers, status) => {
  const answer = await hall.app.request('http://hall.test/sync/v1/push', {
    ...{ method: 'POST', body: good, headers: { 'content-type': 'application/json', ...headers } },
  })
  expect(answer.status).toBe(status)
})

test('[X1] a body past 512 KiB is refused, whatever its length claims to be', async () => {
  const big = `${good.slice(0, -1)},"x":"${'x'.repeat(maxPushBytes)}"}`
  for (const headers of [{}, { 'content-length': '10' }]) {
    const answer = await pushRaw(hall, tablet, big, headers)
    expect([answer.status, await problemOf(answer)]).toEqual([413, '/problems/too-large'])
  }
})

test('[X1] more than 200 commands are too large, and 200 are not', async () => {
  const body = (count: number) =>
    JSON.stringify({ ...pushOf(tablet, 5, []), commands: Array(count).fill({ env: '{}', sig: '' }) })
  expect((await pushRaw(hall, tablet, body(201))).status).toBe(413)
  expect(await (await pushRaw(hall, tablet, body(200))).json()).toMatchObject({
    stop: { code: 'gap', seq: 1 },
    results: [],
  })
})

test.each([
  ['no type', { 'content-type': '' }, () => bytes(good), 415],
  ['another type', { 'content-type': 'text/plain' }, () => bytes(good), 415],
  ['a compressed body', { 'content-encoding': 'gzip' }, () => bytes(good), 415],
  ['not JSON', {}, () => bytes(good.slice(1)), 400],
  ['nothing', {}, () => bytes(''), 400],
  ['a byte order mark', {}, () => bytes(`\ufeff${good}`), 400],
  ['UTF-16', {}, () => new Uint8Array(Buffer.from(good, 'utf16le')), 400],
  ['bad UTF-8', {}, () => new Uint8Array([...bytes(good.slice(0, -2)), 0xff, ...bytes(good.slice(-2))]), 400],
  ['the same key twice', {}, () => bytes(good.replace('{', '{"schema":1,')), 400],
  ['forty levels', {}, () => bytes('['.repeat(40) + ']'.repeat(40)), 400],
  ['a number past what is exact', {}, () => bytes(good.replace('"fromSeq":1', '"fromSeq":1e400')), 400],
  ['an unknown field', {}, () => bytes(good.replace('{', '{"vip":true,')), 422],
  ['a seq no integer column holds', {}, () => bytes(good.replace('"fromSeq":1', '"fromSeq":9000000000')), 422],
  ['a stream that is no id', {}, () => bytes(good.replace(tablet.streamId, `';drop table x`)), 422],
  ['NUL beside the envelope', {}, () => bytes(good.replace('13800001234', '138\\u0000')), 422],
  ['half a character', {}, () => bytes(good.replace('13800001234', '138\\ud800')), 422],
  [
    'a key that reaches a prototype',
    {},
    () => bytes(good.replace('"pii":{', '"pii":{"__proto__":{"salt":"1","value":"2"},')),
    422,
  ],
])('[X2][X3][X5][X6] %s is a problem, and nothing is written', async (_name, headers, body, status) => {
  const answer = await pushRaw(hall, tablet, body(), headers)
  expect(answer.status).toBe(status)
  expect(answer.headers.get('content-type')).toContain('application/problem+json')
  expect(await logOf(hall, tablet)).toEqual([])
  expect(({} as Record<string, unknown>).salt).toBeUndefined()
})

test('[X4] what is missing is told by pointers and never echoed', async () => {
  const answer = await pushRaw(hall, tablet, JSON.stringify({ streamId: 'secret-value', commands: [{ env: 1 }] }))
  const text = await answer.text()
  expect(answer.status).toBe(422)
  expect(JSON.parse(text)).toMatchObject({
    errors: expect.arrayContaining([expect.objectContaining({ pointer: '/fromSeq' })]),
  })
  expect(text).not.toContain('secret-value')
})

test('[X7][X8] hostile but storable words are kept as typed', async () => {
  const other = await tabletAt(hall, 'BB')
  const a = await signerAt(hall, other)
  const plan = receiving(other)
  const name = `𠮷㛃·O'Brien"; drop table hall.cases; --<script>`
  const sent = act(other, a, { ...plan, args: { ...plan.args, student: { name, studentNo: '20240117', phone: '' } } })
  const frame = await pushTo(hall, other, 1, [sent])
  expect(words(frame.results)).toEqual(['applied'])
  expect(frame.rows[0]?.image.pii).toMatchObject({ name })
})

test('[X10] a pull of scopes that are not the tablet’s, or of another’s stream, is refused', async () => {
  const other = await tabletAt(hall, 'BC')
  for (const scopes of ['supervisor', 'window:careers', `hall,window:careers`, 'person:a', '', 'window:']) {
    expect((await pullFrom(hall, tablet, { scopes })).status).toBe(403)
  }
  expect((await pullFrom(hall, tablet, { stream: other.streamId })).status).toBe(403)
  // A stream that nobody has opened has no results for anybody: a tablet's new life asks before it has pushed.
  expect((await pullFrom(hall, tablet, { stream: randomUUID() })).status).toBe(200)
  expect((await pullFrom(hall, tablet, { since: -1 })).status).toBe(400)
  expect((await pullFrom(hall, tablet, { limit: 10_000 })).status).toBe(400)
  const browser = await tabletAt(hall, 'BG', { kind: 'browser', windowIds: [] })
  await signerAt(hall, browser, { id: 's', role: 'supervisor', windowId: null })
  await signedInAt(hall, browser, 's')
  expect((await pullFrom(hall, browser, { scopes: 'window:\u0000' })).status).toBe(400)
  expect((await pullFrom(hall, tablet)).status).toBe(200)
})

test('[SUP-2] a supervisor’s own browser follows what is contended in every window; a tablet never does', async () => {
  const browser = await tabletAt(hall, 'BD', { kind: 'browser', windowIds: [] })
  expect((await pullFrom(hall, browser, { scopes: 'supervisor' })).status).toBe(403)
  await signerAt(hall, browser, { id: 's', role: 'supervisor', windowId: null })
  await signedInAt(hall, browser, 's')
  expect((await pullFrom(hall, browser, { scopes: 'hall,supervisor,window:careers' })).status).toBe(200)
  const shared = await tabletAt(hall, 'BE')
  await signerAt(hall, shared, { id: 's', role: 'supervisor', windowId: null })
  await signedInAt(hall, shared, 's')
  expect((await pullFrom(hall, shared, { scopes: 'supervisor' })).status).toBe(403)
})

test('[P12] a revoked tablet may neither pull nor listen', async () => {
  const revoked = await tabletAt(hall, 'BF')
  await pg.appSql`update hall.device set revoked_at = now() where id = ${revoked.deviceId}`
  expect((await pullFrom(hall, revoked)).status).toBe(403)
  expect((await ask(hall, revoked, '/sync/v1/live')).status).toBe(403)
})

test('[R10] one act that cannot be read parks itself alone in the log', async () => {
  const other = await tabletAt(hall, 'BG')
  const a = await signerAt(hall, other)
  const bad = act(other, a, receiving(other, { forge: { type: 'case.invent' } }))
  const { results } = await pushTo(hall, other, 1, [bad, act(other, a, receiving(other))])
  expect(words(results)).toEqual(['held:quarantine:type', 'applied'])
  expect(results[0]?.cmdId).toBe(readEnv(bad).cmdId)
})
