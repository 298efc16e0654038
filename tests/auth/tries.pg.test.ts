import { afterAll, beforeAll, expect, test } from 'vitest'
import { appUnderTest, origin, ours, password, type Under } from '../http/app-under-test.ts'

let under: Under
beforeAll(async () => {
  under = await appUnderTest()
})
afterAll(async () => {
  await under.stop()
})
const minutes = (n: number): void => {
  under.deps.clock.now += n * 60_000
}

const signInFrom = (remoteAddress: string, given: string) =>
  under.app.request(`${origin}/api/v1/session`, ours({ login: 'nbu-yj-b', password: given }), {
    incoming: { socket: { remoteAddress } },
  })

test('[X21] whoever guesses from elsewhere keeps nobody out; another address of the same network is no fresh start', async () => {
  for (let n = 0; n < 20; n += 1) await signInFrom('203.0.113.7', 'no')
  expect((await signInFrom('203.0.113.7', password)).status).toBe(429)
  expect((await signInFrom('198.51.100.9', password)).status).toBe(201)
  const own = Array.from({ length: 9 }, (_, n) => `2001:db8:0:1::${String(n + 1)}`)
  const guesses: number[] = []
  for (const address of own) guesses.push((await signInFrom(address, 'no')).status)
  expect(guesses.filter((status) => status === 401)).toHaveLength(5)
  expect((await signInFrom('2001:db8:0:2::1', password)).status).toBe(201)
  minutes(11)
})

test('[X21] all addresses together guess at one login sixty times a minute and no more; the minute after is free', async () => {
  const guesses: number[] = []
  for (let n = 0; n < 70; n += 1) guesses.push((await signInFrom(`192.0.2.${String(n)}`, 'no')).status)
  expect(guesses).toEqual([...Array<number>(60).fill(401), ...Array<number>(10).fill(429)])
  const refused = await signInFrom('192.0.2.200', password)
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '60'])
  minutes(1)
  expect((await signInFrom('192.0.2.201', password)).status).toBe(201)
})
