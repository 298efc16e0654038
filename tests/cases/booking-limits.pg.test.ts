import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { appUnderTest, origin, ours, type Under } from '../http/app-under-test.ts'
import { problemOf, type Asked } from '../http/asked.ts'

let under: Under
beforeAll(async () => {
  under = await appUnderTest(['nbu'])
})
// Ten quiet minutes forget the tries of the test before.
beforeEach(() => {
  under.deps.clock.now += 11 * 60_000
})
afterAll(async () => {
  await under.stop()
})

/** Looks for a booking that is not there, from an address. */
async function find(remoteAddress: string): Promise<Asked> {
  const env = { incoming: { socket: { remoteAddress } } }
  const wrong = ours({ hallId: 'nbu', number: 'A-1', code: 'ABCDEFGH' })
  const response = await under.app.request(`${origin}/api/v1/public/bookings/find`, wrong, env)
  const text = await response.text()
  return { status: response.status, headers: response.headers, text, body: JSON.parse(text) }
}

test('[NBU-8] an address has so many tries a minute, then waits as it is told; others go on', async () => {
  const tries = []
  for (let n = 0; n < 31; n += 1) tries.push(await find('198.51.100.1'))
  const last = tries.at(-1)!
  expect([tries.at(-2)?.status, problemOf(last)]).toEqual([404, '429 too-many'])
  expect(Number(last.headers.get('retry-after'))).toBeGreaterThan(0)
  expect((await find('198.51.100.2')).status).toBe(404)
  under.deps.clock.now += Number(last.headers.get('retry-after')) * 1000
  expect((await find('198.51.100.1')).status).toBe(404)
})

test('[NBU-8] a few addresses that never stop leave the hall’s tries to everybody else', async () => {
  const hammer = async (address: string) => {
    const ends = []
    for (let n = 0; n < 32; n += 1) ends.push((await find(address)).status)
    return ends.at(-1)
  }
  for (const n of [1, 2, 3, 4]) expect(await hammer(`198.51.100.${String(n)}`)).toBe(429)
  for (let n = 0; n < 20; n += 1) expect((await find(`198.51.101.${String(n)}`)).status).toBe(404)
})

test('[NBU-8] all strangers of a hall together are slow too', async () => {
  const ends = []
  for (let n = 0; n < 601; n += 1) ends.push(await find(`203.0.${String(n >> 8)}.${String(n & 255)}`))
  expect([ends.at(-2)?.status, ends.at(-1)?.status]).toEqual([404, 429])
  expect(Number(ends.at(-1)?.headers.get('retry-after'))).toBeGreaterThan(0)
})
