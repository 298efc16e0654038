import { NetFault, type Engine } from '../../client/local/engine.ts'
import { Keeper } from '../../client/sync/keeper.ts'
import type { LiveListener } from '../../client/sync/live.ts'
import { sha256Hex } from '../../server/sync/crypto.ts'
import type { Frame } from '../../shared/wire/frame.ts'
import type { PushBody } from '../../shared/wire/push.ts'
import { PlainStore } from '../support/plain-store.ts'
import { uuidOf } from '../support/play.ts'
import { VirtualTime } from '../support/virtual-time.ts'

/** What the server, or what stands before it, does with a request. */
export type Mood = 'up' | 'down' | 'hung' | 'buffers' | NetFault

interface Arrival {
  at: number
  tablet: number
  what: 'push' | 'pull' | 'live'
}

/** A server on virtual time that only notes who came when, and whom tablets meet in its mood of the moment. */
export class TimedServer {
  readonly time = new VirtualTime()
  readonly arrivals: Arrival[] = []
  mood: Mood = 'up'
  epoch = uuidOf(9)
  pos = 1
  inFlight = 0
  mostInFlight = 0
  mostStreams = 0
  /** The last seq decided of each tablet. */
  readonly decided = new Map<number, number>()
  readonly #streams = new Map<symbol, { listener: LiveListener; end(error: unknown): void }>()

  /** All live streams end, as when the server is told to stop. */
  dropStreams(): void {
    for (const { end } of [...this.#streams.values()]) end(new NetFault('unreachable'))
  }

  get streams(): number {
    return this.#streams.size
  }

  /** The hall moves, and every listener is told. */
  move(): void {
    this.pos += 1
    for (const { listener } of this.#streams.values()) listener.hint({ epoch: this.epoch, pos: this.pos })
  }

  async answer<T>(tablet: number, what: 'push' | 'pull', make: () => T): Promise<T> {
    this.arrivals.push({ at: this.time.mono(), tablet, what })
    if (what === 'push') this.mostInFlight = Math.max(this.mostInFlight, (this.inFlight += 1))
    await this.time.sleep(50)
    if (this.mood === 'hung') await new Promise(() => undefined)
    if (what === 'push') this.inFlight -= 1
    if (this.mood === 'down') throw new NetFault('unreachable')
    if (this.mood instanceof NetFault) throw this.mood
    return make()
  }

  async live(tablet: number, listener: LiveListener, signal: AbortSignal): Promise<void> {
    this.arrivals.push({ at: this.time.mono(), tablet, what: 'live' })
    await this.time.sleep(50)
    if (this.mood instanceof NetFault) throw this.mood
    if (this.mood === 'down' || this.mood === 'hung') throw new NetFault('unreachable')
    if (this.mood === 'buffers') {
      await this.time.sleep(5_000)
      throw new NetFault('unreachable')
    }
    const id = Symbol()
    try {
      await new Promise<void>((resolve, reject) => {
        this.#streams.set(id, { listener, end: reject })
        this.mostStreams = Math.max(this.mostStreams, this.#streams.size)
        signal.addEventListener('abort', () => resolve())
        listener.hello({ epoch: this.epoch, pos: this.pos })
      })
    } finally {
      this.#streams.delete(id)
    }
  }

  frame(more: Partial<Frame>): Frame {
    const { epoch, pos } = this
    return {
      ...{ epoch, lastSeq: 0, results: [], rows: [], leaves: [], pos, cursor: pos, isLast: true },
      ...{ clock: { t1: 0, t2: 0 }, minSchema: 1, ...more },
    }
  }

  /** Requests since `from`, in the fullest second. */
  peak(from: number, what?: Arrival['what']): number {
    const times = this.since(from, what).map(({ at }) => at)
    return Math.max(0, ...times.map((start) => times.filter((at) => at >= start && at < start + 1_000).length))
  }

  since(from: number, what?: Arrival['what']): Arrival[] {
    return this.arrivals.filter((one) => one.at >= from && (what === undefined || one.what === what))
  }
}

/** Random values that are the same in every run. */
function dice(seed: number): () => number {
  let state = (seed + 1) * 2_654_435_761
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** One tablet: the real keeper and loop over a store in memory, with `waiting` acts. */
export function timedTablet(server: TimedServer, index: number, waiting = 0) {
  const store = new PlainStore()
  const [time, random] = [server.time, dice(index)]
  const sight = new Set<() => void>()
  const page = { isHidden: false, isReachable: true, restarts: 0, faults: [] as unknown[] }
  // As client/sync/online.ts: an answer, or none, tells; a request without an end tells nothing.
  const verdict = async <T>(answer: Promise<T>): Promise<T> => {
    const isReached = await answer.then(
      () => true,
      () => false,
    )
    page.isReachable = isReached
    return answer
  }
  store.put('meta', [
    {
      ...{
        key: 'device',
        deviceId: uuidOf(4),
        token: 'token',
        kind: 'tablet',
        hallId: uuidOf(3),
        hallName: '示例大厅',
      },
      ...{ windowIds: [], lanes: ['K7'], serverKey: {} },
    },
    { key: 'stream', streamId: uuidOf(5), lane: 'K7', nextSeq: waiting + 1, chainHead: '', n: 0 },
    { key: 'server', epoch: server.epoch, samples: [], halted: null },
  ])
  store.put('scope', [{ scope: 'hall', cursor: 1, stamp: null }])
  for (let seq = 1; seq <= waiting; seq += 1) keepAct(store, seq)
  const reports: string[] = []
  const engine = {
    ...{ store, entropy: { random, uuid: () => uuidOf(7), salt: () => '', sha256: async () => '' } },
    clock: { wall: () => time.mono(), mono: () => time.mono(), boot: 'boot' },
    net: {
      push: (body: PushBody) => verdict(server.answer(index, 'push', () => decide(server, index, body))),
      pull: () =>
        verdict(server.answer(index, 'pull', () => server.frame({ lastSeq: server.decided.get(index) ?? 0 }))),
    },
    ...{ register: new Map(), app: 'test', isOnline: () => page.isReachable },
    report: (event: string) => void reports.push(event),
  } as unknown as Engine
  const keeper = new Keeper(engine, {
    isHidden: () => page.isHidden,
    onSight: (hear) => {
      sight.add(hear)
      return () => sight.delete(hear)
    },
    after: (ms, run) => time.after(ms, run),
    live: (listener, signal) => server.live(index, listener, signal),
    turned: ({ fault }) => void page.faults.push(fault),
    isReachable: () => page.isReachable,
    restarted: () => void (page.restarts += 1),
  })
  const end = new AbortController()
  const running = keeper.run(end.signal)
  const show = (isHidden: boolean) => {
    page.isHidden = isHidden
    for (const hear of [...sight]) hear()
    if (!isHidden) keeper.wake('visible')
  }
  const pending = () => store.rows('outcome').filter((act) => act.state === 'pending').length
  return { keeper, page, reports, show, pending, stop: () => (end.abort(), running) }
}

function keepAct(store: PlainStore, seq: number): void {
  const cmdId = uuidOf(1_000 + seq)
  const env = JSON.stringify({ cmdId })
  const at = { streamId: uuidOf(5), seq, cmdId, kind: 'case', aggId: uuidOf(2_000 + seq) }
  store.put('outbox', [{ ...at, env, sig: '', pii: {}, actor: { name: '', roles: [] } }])
  const by = { type: 'case.addNote', actorId: 'a', actorName: '示例', at: 0, hash: sha256Hex(env) }
  const waits = { state: 'pending', open: 1, outcome: null, code: null, detail: null, ver: 0, acknowledged: 0 } as const
  store.put('outcome', [{ ...at, ...by, ...waits, branch: 0 }])
}

/** Every act is taken in and held: what becomes of it is another test's affair. */
function decide(server: TimedServer, tablet: number, { fromSeq, commands }: PushBody): Frame {
  const results = commands.map(({ env }, i) => {
    const { cmdId } = JSON.parse(env) as { cmdId: string }
    const held = { outcome: 'held' as const, code: 'grant', detail: null, ver: 0 }
    return { seq: fromSeq + i, cmdId, hash: sha256Hex(env), ...held }
  })
  const lastSeq = Math.max(server.decided.get(tablet) ?? 0, fromSeq + commands.length - 1)
  server.decided.set(tablet, lastSeq)
  return server.frame({ results, lastSeq })
}
