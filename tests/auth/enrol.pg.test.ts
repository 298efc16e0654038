import { afterAll, beforeAll, expect, test } from 'vitest'
import { EnrolAnswer } from '../../shared/wire/auth.ts'
import {
  appUnderTest,
  asDevice,
  codeFor,
  enrolTablet,
  origin,
  ours,
  publicKey,
  signIn,
  type Under,
} from '../http/app-under-test.ts'

let under: Under
beforeAll(async () => {
  under = await appUnderTest(['nbu', 'szit'])
})
afterAll(async () => {
  await under.stop()
})
const enrol = (code: string) =>
  under.app.request(`${origin}/api/v1/enrol`, ours({ code, name: '一号平板', publicKey: publicKey() }))
const minutes = (n: number): void => {
  under.deps.clock.now += n * 60_000
}

test('[T8] a code enrols one tablet, with its hall, window, stream and two lanes, and is used up', async () => {
  const code = await codeFor(under.deps, 'nbu', 'student-affairs')
  const first = await enrol(code)
  const answer = EnrolAnswer.parse(await first.json())
  expect(first.status).toBe(201)
  expect(answer).toMatchObject({ hallId: 'nbu', hallName: '学生事务中心', windowIds: ['student-affairs'] })
  expect(answer.lanes).toHaveLength(2)
  for (const lane of answer.lanes) expect(lane).toMatch(/^[A-Z0-9]{2}$/)
  const again = await enrol(code)
  expect([again.status, ((await again.json()) as { type: string }).type]).toEqual([403, '/problems/forbidden'])
  const [stream] = await under.database
    .ownerSql`select lane, device_id, last_seq from hall.sync_stream where stream_id = ${answer.streamId}`
  expect(stream).toEqual({ lane: answer.lanes[0], device_id: answer.deviceId, last_seq: 0 })
  expect((await under.app.request(`${origin}/sync/v1/pull`, { headers: asDevice(answer.deviceToken) })).status).toBe(
    400,
  )
  expect((await under.app.request(`${origin}/sync/v1/pull`)).status).toBe(401)
})

test('[T8] of ten tablets with one code at once exactly one is enrolled', async () => {
  const code = await codeFor(under.deps, 'nbu', 'teaching')
  const before = (await under.database.ownerSql`select from hall.device where kind = 'tablet'`).length
  const statuses = await Promise.all(Array.from({ length: 5 }, async () => (await enrol(code)).status))
  expect(statuses.filter((status) => status === 201)).toHaveLength(1)
  expect((await under.database.ownerSql`select from hall.device where kind = 'tablet'`).length).toBe(before + 1)
  minutes(11)
})

test('[I17] tablets enrolled at the same moment never share a lane', async () => {
  const all = await Promise.all(Array.from({ length: 4 }, () => enrolTablet(under, 'nbu', 'careers')))
  const lanes = all.flatMap((one) => one.lanes)
  expect(new Set(lanes).size).toBe(8)
  minutes(11)
})

test('[T8] a lapsed code and a wrong one are refused alike, and after five wrong ones the next has to wait', async () => {
  const code = await codeFor(under.deps, 'nbu', 'teaching')
  minutes(10)
  const lapsed = await enrol(code)
  const wrong = await enrol('ZZZZ2222')
  const [a, b] = (await Promise.all([lapsed.json(), wrong.json()])) as { instance: string }[]
  expect([lapsed.status, wrong.status]).toEqual([403, 403])
  expect({ ...a, instance: '' }).toEqual({ ...b, instance: '' })
  const statuses: number[] = []
  for (let n = 0; n < 5; n += 1) statuses.push((await enrol('ZZZZ2222')).status)
  expect(statuses).toEqual([403, 403, 403, 429, 429])
  minutes(11)
  expect((await enrol(await codeFor(under.deps, 'nbu', 'teaching'))).status).toBe(201)
})

test("[X4] a malformed code, a key off the wire's form or an extra field is 422 and uses nothing up", async () => {
  const code = await codeFor(under.deps, 'nbu', 'teaching')
  const body = { code, name: '平板', publicKey: publicKey() }
  for (const bad of [
    { ...body, code: 'abc' },
    { ...body, publicKey: { kty: 'RSA' } },
    { ...body, hallId: 'szit' },
    { ...body, name: ' ' },
  ]) {
    const answer = await under.app.request(`${origin}/api/v1/enrol`, ours(bad))
    expect(answer.status).toBe(422)
    expect(((await answer.json()) as { errors: unknown[] }).errors.length).toBeGreaterThan(0)
  }
  expect((await enrol(code)).status).toBe(201)
})

test('[T8] a supervisor makes a ten-minute code for a window of the own hall; nobody else does', async () => {
  const { cookie } = await signIn(under.app, 'nbu-ducha')
  const ask = (windowId: string, headers: Record<string, string>) =>
    under.app.request(`${origin}/api/v1/enrol-codes`, ours({ windowId }, headers))
  const made = await ask('graduates', { cookie })
  const { code, expiresAt } = (await made.json()) as { code: string; expiresAt: number }
  expect([made.status, expiresAt - under.deps.clock.now]).toEqual([201, 600_000])
  expect(code).toMatch(/^[2-9A-HJ-NP-Z]{8}$/)
  expect((await ask('logistics-security', { cookie })).status).toBe(422)
  const tablet = await enrolTablet(under, 'nbu', 'graduates')
  const a = await signIn(under.app, 'nbu-yj-a', { headers: asDevice(tablet.deviceToken) })
  expect((await ask('graduates', { cookie: a.cookie })).status).toBe(403)
  expect((await ask('graduates', {})).status).toBe(401)
  const enrolled = await enrol(code)
  expect(EnrolAnswer.parse(await enrolled.json()).windowIds).toEqual(['graduates'])
})
