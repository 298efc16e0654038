import { afterEach, expect, test } from 'vitest'
import { NetFault } from '../../client/local/engine.ts'
import { TimedServer, timedTablet } from './timed-hall.ts'

const second = 1_000
const minute = 60_000
const stops: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0)) void stop()
})

const hallOf = (count: number, waiting: number) => {
  const server = new TimedServer()
  const tablets = Array.from({ length: count }, (_, index) => timedTablet(server, index, waiting))
  for (const { stop } of tablets) stops.push(stop)
  return { server, tablets, time: server.time }
}

/** The time from `from` to a tablet's first request of a kind. */
const firstAfter = (server: TimedServer, from: number, what: 'push' | 'pull' | 'live') => (index: number) =>
  (server.since(from, what).find(({ tablet }) => tablet === index)?.at ?? Infinity) - from

test('[F11] a server that comes back untold: whoever its stream greets asks within 10 s, however long the back-off', async () => {
  const { server, tablets, time } = hallOf(20, 0)
  await time.pass(minute)
  server.mood = 'down'
  server.dropStreams()
  await time.pass(30 * minute)
  server.mood = 'up'
  const back = time.mono()
  await time.pass(2 * minute)
  const [greeted, asked] = [firstAfter(server, back, 'live'), firstAfter(server, back, 'pull')]
  const waited = tablets.map((_, index) => asked(index) - greeted(index))
  expect(Math.max(...waited)).toBeLessThanOrEqual(10 * second + 100)
})

test('[F11] after a long outage the next act is tried within 12 s', async () => {
  const { server, tablets, time } = hallOf(20, 1)
  server.mood = 'down'
  await time.pass(30 * minute)
  server.mood = 'up'
  const back = time.mono()
  for (const { keeper } of tablets) keeper.wake('act')
  await time.pass(13 * second)
  const sent = tablets.map((_, index) => firstAfter(server, back, 'push')(index))
  expect(Math.max(...sent)).toBeLessThanOrEqual(12 * second)
  expect(tablets.map(({ pending }) => pending())).toEqual(tablets.map(() => 0))
})

test('[F8] a busy window before a dead server asks no more than every 8 s for its acts', async () => {
  const { server, tablets, time } = hallOf(20, 1)
  server.mood = 'down'
  await time.pass(30 * minute)
  const from = time.mono()
  for (let n = 0; n < 10 * 60; n += 1) {
    for (const { keeper } of tablets) keeper.wake('act')
    await time.pass(second)
  }
  for (const index of tablets.keys()) {
    const tries = server.since(from, 'push').filter(({ tablet }) => tablet === index)
    // Some more come of the back-off itself, which may be short by chance.
    expect(tries.length).toBeLessThanOrEqual((10 * 60) / 8 + 10)
  }
})

test('[F11] 现在发送 pressed while a try is under way that fails: it is tried again at once, not after the back-off', async () => {
  const { server, tablets, time } = hallOf(1, 1)
  server.mood = 'down'
  await time.pass(30 * minute)
  const tries = () => server.since(0, 'push').length
  for (const before = tries(); tries() === before;) await time.pass(10)
  tablets[0]?.keeper.wake('person')
  await time.pass(60)
  server.mood = 'up'
  await time.pass(1_300)
  expect(tablets[0]?.pending()).toBe(0)
})

/** One tablet, 30 minutes without its server, which then answers one try with a request for 2 s; when that was. */
async function toldToPause() {
  const { server, tablets, time } = hallOf(1, 1)
  server.mood = 'down'
  await time.pass(30 * minute)
  server.mood = new NetFault('busy', { status: 503, retryAfterMs: 2 * second })
  const tries = () => server.since(0, 'push').map(({ at }) => at)
  for (const before = tries().length; tries().length === before;) await time.pass(10)
  const told = tries().at(-1) ?? 0
  await time.pass(60)
  server.mood = 'up'
  return { tablet: tablets[0]!, time, waited: () => (tries().at(-1) ?? 0) - told }
}

test('[F8] a server that comes back and asks for 2 s is asked again when they are over, not after the back-off of the outage', async () => {
  for (const pressedAfter of [-1, 0, 1_000]) {
    const { tablet, time, waited } = await toldToPause()
    await time.pass(Math.max(0, pressedAfter))
    if (pressedAfter >= 0) tablet.keeper.wake('person')
    await time.pass(4_200)
    expect(tablet.pending()).toBe(0)
    expect(waited()).toBeGreaterThanOrEqual(2 * second)
  }
})
