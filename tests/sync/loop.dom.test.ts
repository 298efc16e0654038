// First: it gives Dexie, which looks for it once, an IndexedDB.
import { givenTablet, receiveCase } from '../local/given-tablet.ts'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { closeTabletStore, tabletStore } from '../../client/local/db.ts'
import { NetFault, type Engine } from '../../client/local/engine.ts'
import { eventParser, followLive } from '../../client/sync/live.ts'
import { SyncLoop, type Surroundings, type Turn } from '../../client/sync/loop.ts'
import type { Frame } from '../../shared/wire/frame.ts'
import type { PushBody } from '../../shared/wire/push.ts'
import { sha256Hex } from '../../client/local/keys.ts'
import { uuidOf } from '../support/play.ts'

interface Calls {
  pushes: number[]
  pulls: number
}

/** A server that applies everything, unless `fail` says what happens instead. */
function answering(base: Engine, fail: () => NetFault | null) {
  const calls: Calls = { pushes: [], pulls: 0 }
  const frame = (results: Frame['results'], lastSeq: number): Frame => ({
    ...{ epoch: uuidOf(32), lastSeq, results, rows: [], leaves: [], pos: 1, cursor: 1, isLast: true },
    ...{ clock: { t1: Date.now(), t2: Date.now() }, minSchema: 1 },
  })
  const engine: Engine = {
    ...base,
    store: tabletStore(),
    entropy: { ...base.entropy, random: () => 0.5 },
    net: {
      async push(body: PushBody) {
        const fault = fail()
        if (fault) throw fault
        calls.pushes.push(body.commands.length)
        const results = body.commands.map(async ({ env }, i) => {
          const { cmdId } = JSON.parse(env) as { cmdId: string }
          const hash = await sha256Hex(env)
          return { seq: body.fromSeq + i, cmdId, hash, outcome: 'held' as const, code: 'grant', detail: null, ver: 0 }
        })
        return frame(await Promise.all(results), body.fromSeq + body.commands.length - 1)
      },
      async pull() {
        const fault = fail()
        if (fault) throw fault
        calls.pulls += 1
        return frame(
          [],
          calls.pushes.reduce((sum, count) => sum + count, 0),
        )
      },
    },
  }
  return { engine, calls }
}

const realTimeout = globalThis.setTimeout
const ends: AbortController[] = []
function lead(engine: Engine, more: Partial<Surroundings> = {}) {
  const end = new AbortController()
  ends.push(end)
  const turns: Turn[] = []
  const loop = new SyncLoop(engine, {
    isHidden: () => false,
    onSight: () => () => undefined,
    after: (ms, run) => {
      const timer = setTimeout(run, ms)
      return () => clearTimeout(timer)
    },
    live: (_listener, signal) => new Promise((resolve) => signal.addEventListener('abort', () => resolve())),
    turned: (turn) => turns.push(turn),
    ...more,
  })
  const running = loop.run(end.signal)
  return { loop, turns, stop: () => (end.abort(), running) }
}

let given: Awaited<ReturnType<typeof givenTablet>>
beforeEach(async () => {
  given = await givenTablet()
  // Caught up: an empty first page would be an empty hall, and take the sheets away.
  await tabletStore().transact('write', ['scope'], async (tx) => {
    await tx.put(
      'scope',
      (await tx.all('scope')).map((row) => ({ ...row, cursor: 1 })),
    )
  })
})
afterEach(() => {
  for (const end of ends.splice(0)) end.abort()
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
  closeTabletStore()
})
const turned = (turns: Turn[], count: number) => vi.waitFor(() => expect(turns.length).toBeGreaterThanOrEqual(count))

test('[OFF-3] a leader sends what waits and fetches, and an act kept later wakes it at once', async () => {
  await receiveCase(given, uuidOf(1))
  const { engine, calls } = answering(given.engine, () => null)
  const { loop, turns, stop } = lead(engine)
  await turned(turns, 1)
  expect(calls.pushes).toEqual([1])
  expect(calls.pulls).toBeGreaterThan(0)
  await receiveCase(given, uuidOf(2))
  loop.wake('act')
  await vi.waitFor(() => expect(calls.pushes).toEqual([1, 1]))
  await stop()
})

test('[F8] Retry-After holds against every wake', async () => {
  let fault: NetFault | null = new NetFault('busy', { status: 503, retryAfterMs: 60_000 })
  const { engine, calls } = answering(given.engine, () => fault)
  const { loop, turns, stop } = lead(engine)
  await turned(turns, 1)
  fault = null
  for (const why of ['act', 'network', 'visible', 'person', 'hint'] as const) loop.wake(why)
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect([turns.length, calls.pulls]).toEqual([1, 0])
  await stop()
})

test('[F11] while the network is gone acts do not make it hammer, but its return ends the wait', async () => {
  let fault: NetFault | null = new NetFault('unreachable')
  const { engine, calls } = answering(given.engine, () => fault)
  const { loop, turns, stop } = lead(engine)
  await turned(turns, 1)
  for (let n = 0; n < 20; n += 1) loop.wake('act')
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect(turns).toHaveLength(1)
  fault = null
  loop.wake('network') // spread over as long as it was away: some milliseconds here
  await turned(turns, 2)
  expect(turns[1]!.fault).toBeNull()
  expect(calls.pulls).toBeGreaterThan(0)
  await stop()
})

test('[P12] a push that is refused does not keep the pull from being made', async () => {
  await receiveCase(given, uuidOf(1))
  const { engine, calls } = answering(given.engine, () => null)
  const refusing: Engine = {
    ...engine,
    net: { ...engine.net, push: () => Promise.reject(new NetFault('refused', { status: 401 })) },
  }
  const { turns, stop } = lead(refusing)
  await turned(turns, 1)
  expect(turns[0]!.fault).toMatchObject({ kind: 'refused' })
  expect(calls.pulls).toBeGreaterThan(0)
  await stop()
})

test('[F35] two leaders at once send each act, and nothing is lost or stuck', async () => {
  for (const n of [1, 2, 3]) await receiveCase(given, uuidOf(n))
  const one = answering(given.engine, () => null)
  const two = answering(given.engine, () => null)
  const [a, b] = [lead(one.engine), lead(two.engine)]
  await Promise.all([turned(a.turns, 1), turned(b.turns, 1)])
  const open = await tabletStore().transact('read', ['outcome'], (tx) =>
    tx.byIndex('outcome', 'open+seq', { prefix: [1] }),
  )
  expect(open).toEqual([])
  await Promise.all([a.stop(), b.stop()])
})

test('[OFF-3] a live hint makes the leader fetch', async () => {
  const { engine, calls } = answering(given.engine, () => null)
  let hint = (): void => undefined
  const { turns, stop } = lead(engine, {
    live: (listener, signal) => {
      listener.hello({ epoch: 'e', pos: 1 })
      hint = () => listener.hint({ epoch: 'e', pos: 2 })
      return new Promise((resolve) => signal.addEventListener('abort', () => resolve()))
    },
  })
  await turned(turns, 1)
  const before = calls.pulls
  hint()
  await vi.waitFor(() => expect(calls.pulls).toBeGreaterThan(before))
  await stop()
})

test('[OFF-3] events are read however the stream is cut, and beats are not events', () => {
  const events: [string, string][] = []
  const parse = eventParser((event, data) => events.push([event, data]))
  const stream = 'event: hello\r\ndata: {"pos":1}\r\n\r\n: hb\n\ndata: {"pos":2}\n\n'
  for (const piece of stream) parse(piece)
  expect(events).toEqual([
    ['hello', '{"pos":1}'],
    ['message', '{"pos":2}'],
  ])
})

/** A live stream that says `first` and then nothing more. */
function quietStream(first: string): void {
  vi.stubGlobal('fetch', async (_path: string, { signal }: { signal: AbortSignal }) => {
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        if (first) controller.enqueue(new TextEncoder().encode(first))
        signal.addEventListener('abort', () => controller.error(new DOMException('aborted', 'AbortError')))
      },
    })
    return new Response(body, { headers: { 'Content-Type': 'text/event-stream' } })
  })
}

test('[F9] a live stream that never greets is given up after 5 s, one that falls silent after 45 s', async () => {
  const asked: number[] = []
  vi.spyOn(globalThis, 'setTimeout').mockImplementation((run: () => void, ms = 0) => {
    asked.push(ms)
    return realTimeout(run, ms >= 5_000 ? 20 : ms)
  })
  const hellos: number[] = []
  const listener = { hello: ({ pos }: { pos: number }) => hellos.push(pos), hint: () => undefined }
  const follow = () => followLive(listener, new AbortController().signal).catch((error: unknown) => error)
  quietStream('')
  expect(await follow()).toMatchObject({ kind: 'unreachable' })
  expect(asked.filter((ms) => ms >= 5_000)).toEqual([5_000])
  quietStream('event: hello\ndata: {"epoch":"e","pos":7}\n\n')
  expect(await follow()).toMatchObject({ kind: 'unreachable' })
  expect(hellos).toEqual([7])
  expect(asked.filter((ms) => ms >= 5_000)).toEqual([5_000, 5_000, 45_000])
})
