import { afterEach, expect, test } from 'vitest'
import { NetFault } from '../../client/local/engine.ts'
import { TimedServer, timedTablet } from './timed-hall.ts'

const second = 1_000
const minute = 60_000
/** 200 tablets over minutes are a million steps: seconds of work, more on a busy machine. */
const wholeHall = { timeout: 30_000 }
const stops: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0)) void stop()
})

const hallOf = (count: number, waiting = 0) => {
  const server = new TimedServer()
  const tablets = Array.from({ length: count }, (_, index) => timedTablet(server, index, waiting))
  for (const { stop } of tablets) stops.push(stop)
  return { server, tablets, time: server.time }
}
const alone = (waiting = 0) => {
  const { server, tablets, time } = hallOf(1, waiting)
  return { server, tablet: tablets[0]!, time }
}

test(
  '[R9] [F8] the server restarts under 200 live streams: they come back spread over 10 s, each once',
  wholeHall,
  async () => {
    const { server, time } = hallOf(200)
    await time.pass(5 * minute)
    expect(server.streams).toBe(200)
    const dropped = time.mono()
    server.mood = 'down'
    server.dropStreams()
    await time.pass(2 * second)
    server.mood = 'up'
    await time.pass(40 * second)
    expect(server.streams).toBe(200)
    expect(server.mostStreams).toBe(200)
    expect(server.peak(dropped, 'live')).toBeLessThanOrEqual(45)
    expect(server.peak(dropped)).toBeLessThanOrEqual(90)
    // The same epoch and nothing new: a hello is no reason to pull.
    expect(server.since(dropped, 'pull').length).toBeLessThanOrEqual(3 * 200)
  },
)

test('[R9] what moved while all were away is fetched spread over 10 s, and is then everywhere', wholeHall, async () => {
  const { server, time } = hallOf(200)
  await time.pass(minute)
  server.mood = 'down'
  server.dropStreams()
  await time.pass(30 * second)
  const back = time.mono()
  server.mood = 'up'
  server.move()
  await time.pass(90 * second)
  expect(new Set(server.since(back, 'pull').map(({ tablet }) => tablet)).size).toBe(200)
  expect(server.peak(back)).toBeLessThanOrEqual(100)
})

test(
  '[F8] 200 tablets told Retry-After: 20 at one moment obey it, and do not all return at its end',
  wholeHall,
  async () => {
    const { server, time } = hallOf(200)
    await time.pass(5 * minute)
    server.mood = new NetFault('busy', { status: 503, retryAfterMs: 20 * second })
    server.dropStreams()
    await time.pass(5 * minute)
    for (const what of ['live', 'pull'] as const) {
      const last = new Map<number, number>()
      for (const { tablet, at } of server.since(5 * minute + 20 * second, what)) {
        expect(at - (last.get(tablet) ?? -Infinity)).toBeGreaterThanOrEqual(20 * second)
        last.set(tablet, at)
      }
    }
    server.mood = 'up'
    const up = time.mono()
    await time.pass(40 * second)
    expect(server.streams).toBe(200)
    expect(server.peak(up)).toBeLessThanOrEqual(60)
  },
)

test(
  '[F11] a network that returns for the whole hall at once is met over 10 s; one tablet’s hiccup costs it nothing',
  wholeHall,
  async () => {
    const { server, tablets, time } = hallOf(200)
    server.mood = 'down'
    await time.pass(4 * minute) // by then every back-off has reached its longest
    server.mood = 'up'
    const back = time.mono()
    for (const { keeper } of tablets) keeper.wake('network')
    await time.pass(11 * second)
    expect(new Set(server.since(back, 'pull').map(({ tablet }) => tablet)).size).toBe(200)
    expect(server.peak(back, 'pull')).toBeLessThanOrEqual(60)
    const one = alone()
    one.server.mood = 'down'
    await one.time.pass(second)
    one.server.mood = 'up'
    const from = one.time.mono()
    one.tablet.keeper.wake('network')
    await one.time.pass(second + 100)
    expect(one.server.since(from, 'pull').length).toBeGreaterThan(0)
  },
)

test('[F11] 3 s on, 3 s off for ten minutes: all is sent, each act once, never two pushes under way', async () => {
  const { server, tablet, time } = alone(450)
  for (let i = 0; i < 100; i += 1) {
    server.mood = i % 2 === 0 ? 'down' : 'up'
    if (i % 2 === 0) server.dropStreams()
    else tablet.keeper.wake('network')
    await time.pass(3 * second)
  }
  expect(tablet.pending()).toBe(0)
  expect(server.mostInFlight).toBe(1)
  expect(server.mostStreams).toBe(1)
})

test('[F8] alone before a dead gateway it tries ever less often, up to once a minute, and never gives up', async () => {
  const { server, tablet, time } = alone(1)
  server.mood = new NetFault('busy', { status: 502 })
  await time.pass(2 * minute)
  expect(server.since(0, 'push').length).toBeGreaterThan(3)
  const from = time.mono()
  await time.pass(60 * minute)
  const tries = server.since(from, 'push').length
  expect(tries).toBeGreaterThan(60)
  expect(tries).toBeLessThan(300)
  server.mood = 'up'
  await time.pass(minute + second)
  expect(tablet.pending()).toBe(0)
})

test('[OFF-3] behind a proxy that buffers it pulls every 5 s ± 20 % while seen, tries the stream again, then pulls once a minute', async () => {
  const { server, tablet, time } = alone()
  server.mood = 'buffers'
  await time.pass(minute)
  const pulls = server.since(0, 'pull').map(({ at }) => at)
  const gaps = pulls.slice(1).map((at, i) => at - (pulls[i] ?? 0))
  for (const gap of gaps) expect(gap).toBeGreaterThan(3_900)
  for (const gap of gaps) expect(gap).toBeLessThan(6_200)
  expect(server.since(0, 'live').length).toBeGreaterThan(1)
  await time.pass(10 * minute)
  expect(server.since(10 * minute, 'live').length).toBeLessThan(8)
  server.mood = 'up'
  await time.pass(70 * second)
  expect(server.streams).toBe(1)
  const from = time.mono()
  await time.pass(10 * minute)
  expect(server.since(from, 'pull').length).toBeGreaterThanOrEqual(8)
  expect(server.since(from, 'pull').length).toBeLessThanOrEqual(13)
  expect(tablet.page.faults.every((fault) => fault === null)).toBe(true)
})

test('[OFF-3] hidden for a minute it lets its stream go and asks nothing more; seen again it pulls at once', async () => {
  const { server, tablet, time } = alone()
  await time.pass(minute)
  tablet.show(true)
  await time.pass(59 * second)
  expect(server.streams).toBe(1)
  await time.pass(2 * second)
  expect(server.streams).toBe(0)
  await time.pass(2 * minute)
  const from = time.mono()
  await time.pass(8 * 60 * minute)
  expect(server.since(from)).toEqual([])
  tablet.show(false)
  await time.pass(200)
  expect(
    server
      .since(from)
      .map(({ what }) => what)
      .sort(),
  ).toEqual(['live', 'pull'])
  expect(server.streams).toBe(1)
})

test('[OFF-3] hidden with acts that cannot be sent yet it goes on trying, and an act kept while hidden is sent', async () => {
  const { server, tablet, time } = alone(1)
  server.mood = 'down'
  await time.pass(second)
  tablet.show(true)
  await time.pass(10 * minute)
  server.mood = 'up'
  await time.pass(61 * second)
  expect(tablet.pending()).toBe(0)
})

test('[OFF-3] a hint pulls at once, a hint of what is held already does not', async () => {
  const { server, time } = alone()
  await time.pass(10 * second)
  const from = time.mono()
  server.move()
  await time.pass(100)
  expect(server.since(from, 'pull')).toHaveLength(1)
  server.pos -= 1
  server.move()
  await time.pass(20 * second)
  expect(server.since(from, 'pull')).toHaveLength(1)
})

test('[R9] an act waits, the server answers, nothing is under way: the engine is restarted within two minutes, told, and sends', async () => {
  const { server, tablet, time } = alone(1)
  server.mood = 'hung'
  await time.pass(second)
  server.mood = 'up'
  await time.pass(30 * second)
  expect([tablet.pending(), tablet.page.restarts]).toEqual([1, 0])
  await time.pass(90 * second)
  expect([tablet.pending(), tablet.page.restarts]).toEqual([0, 1])
  expect(tablet.reports).toContain('watchdog-restart')
  await time.pass(60 * minute)
  expect(tablet.page.restarts).toBe(1)
})

test('[R9] no restart while the server is away, or has asked for a pause: that is no stall', async () => {
  const { server, tablet, time } = alone(1)
  server.mood = 'down'
  await time.pass(30 * minute)
  expect(tablet.page.restarts).toBe(0)
  server.mood = new NetFault('busy', { status: 503, retryAfterMs: 10 * minute })
  await time.pass(2 * minute)
  tablet.page.isReachable = true // by a request of another kind
  await time.pass(7 * minute)
  expect(tablet.page.restarts).toBe(0)
})

test('[R9] a loop that is gone without a trace is noticed even when nobody knows whether the server is there', async () => {
  const { server, tablet, time } = alone(1)
  server.mood = 'hung'
  tablet.page.isReachable = false
  await time.pass(second)
  server.mood = 'up'
  await time.pass(4 * minute)
  expect([tablet.pending(), tablet.page.restarts]).toEqual([0, 1])
})
