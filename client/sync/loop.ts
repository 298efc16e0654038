import { NetFault, type Engine } from '../local/engine.ts'
import { followLive, type LiveListener } from './live.ts'
import { pullOnce } from './pull.ts'
import { pushOnce } from './push.ts'

const firstWait = 1_000
const longestWait = 60_000
const withLive = 60_000
const withoutLive = 5_000
/** Pushes in a row that decide nothing, before the turn ends. */
const idlePushes = 3

/** What may end a wait. `act` does not cut a back-off short: a busy window would hammer a dead server. */
export type Wake = 'act' | 'hint' | 'network' | 'visible' | 'person'

/** The page around the loop: whether anyone looks at it, how to follow live hints, who hears of a turn's end. */
export interface Surroundings {
  isHidden(): boolean
  live(listener: LiveListener, signal: AbortSignal): Promise<void>
  turned(turn: Turn): void
}

/** How a turn ended: whether rows or outcomes moved, and what went wrong, if anything. */
export interface Turn {
  hasMoved: boolean
  fault: unknown
}

/** The page's own surroundings. */
export const pageSurroundings = (turned: Surroundings['turned']): Surroundings => ({
  isHidden: () => document.hidden,
  live: followLive,
  turned,
})

/** One leader's loop: push while acts wait, pull, wait, again; everything it knows is in the store (sync.md 2.3, §5). */
export class SyncLoop {
  readonly #engine: Engine
  readonly #around: Surroundings
  #failures = 0
  #notBefore = 0
  #isLive = false
  #isAsked = false
  #hasStarted = false
  #wakeUp: (() => void) | null = null

  constructor(engine: Engine, around: Surroundings) {
    this.#engine = engine
    this.#around = around
  }

  /** Lead until `signal` ends. */
  async run(signal: AbortSignal): Promise<void> {
    signal.addEventListener('abort', () => this.#wakeUp?.())
    const live = this.#keepLive(signal)
    while (!signal.aborted) {
      this.#isAsked = false
      const waitMs = await this.#turn()
      if (this.#mayRest(signal)) await this.#wait(waitMs)
    }
    await live
  }

  /** Something happened: go on at once, unless the server asked for a pause or we back off. */
  wake(why: Wake): void {
    const now = this.#engine.clock.mono()
    if (now < this.#notBefore) return
    if (why === 'act' && this.#failures > 0) return
    this.#isAsked = true
    this.#wakeUp?.()
  }

  #mayRest({ aborted }: AbortSignal): boolean {
    return !aborted && !this.#isAsked
  }

  async #turn(): Promise<number> {
    try {
      if (!this.#hasStarted) await clearOldHalt(this.#engine)
      this.#hasStarted = true
      const hasMoved = await this.#exchange()
      this.#failures = 0
      this.#notBefore = 0
      this.#around.turned({ hasMoved, fault: null })
      return this.#nextIn()
    } catch (error) {
      this.#around.turned({ hasMoved: false, fault: error })
      return this.#backOff(error)
    }
  }

  /** A refused push (a revoked tablet's) does not keep the pull from being tried, nor the other way round. */
  async #exchange(): Promise<boolean> {
    let refused: unknown = null
    let moved = 0
    try {
      moved += await pushAll(this.#engine)
    } catch (error) {
      if (!(error instanceof NetFault) || error.kind !== 'refused') throw error
      refused = error
    }
    moved += await pullAll(this.#engine)
    if (refused) throw refused as NetFault
    return moved > 0
  }

  #nextIn(): number {
    const spread = 0.8 + 0.4 * this.#engine.entropy.random()
    if (this.#isLive || this.#around.isHidden()) return withLive * spread
    return withoutLive * spread
  }

  /** Full jitter, 1 s → 60 s, and never before the server's `Retry-After`. */
  #backOff(error: unknown): number {
    const top = Math.min(longestWait, firstWait * 2 ** this.#failures)
    this.#isAsked = false
    this.#failures = Math.min(this.#failures + 1, 10)
    const asked = error instanceof NetFault ? error.retryAfterMs : null
    if (asked !== null) this.#notBefore = this.#engine.clock.mono() + asked
    this.#engine.report('turn-failed', { failures: this.#failures, why: nameOf(error) })
    return Math.max(asked ?? 0, 100 + this.#engine.entropy.random() * top)
  }

  async #wait(ms: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms)
      this.#wakeUp = () => {
        clearTimeout(timer)
        resolve()
      }
    })
    this.#wakeUp = null
  }

  /** One live stream for the browser; without it the loop polls. */
  async #keepLive(signal: AbortSignal): Promise<void> {
    let failures = 0
    while (!signal.aborted) {
      const listener = {
        hello: () => {
          failures = 0
          this.#isLive = true
          this.wake('hint')
        },
        hint: () => this.wake('hint'),
      }
      try {
        await this.#around.live(listener, signal)
      } catch (error) {
        this.#engine.report('live-ended', { why: nameOf(error) })
      }
      this.#isLive = false
      const top = Math.min(longestWait, firstWait * 2 ** Math.min(failures, 6))
      failures += 1
      await pause(500 + this.#engine.entropy.random() * top, signal)
    }
  }
}

function nameOf(error: unknown): string {
  if (error instanceof NetFault) return error.problem ?? error.kind
  return error instanceof Error ? error.name : 'unknown'
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve()
    const timer = setTimeout(resolve, ms)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      resolve()
    })
  })
}

/** Send until nothing waits, the server stops the stream, or it decides nothing any more; how many acts were settled. */
async function pushAll(engine: Engine): Promise<number> {
  let total = 0
  for (let idle = 0; idle < idlePushes;) {
    const { sent, settled, stop } = await pushOnce(engine)
    total += settled
    if (sent === 0 || (stop && stop.code !== 'gap')) return total
    idle = settled > 0 ? 0 : idle + 1
  }
  return total
}

/** Pull until every scope followed has caught up; a new one is pulled alone, so that takes as many runs. */
async function pullAll(engine: Engine): Promise<number> {
  const scopes = await engine.store.transact('read', ['scope'], (tx) => tx.all('scope'))
  let runs = 1 + scopes.filter((row) => row.cursor === 0 || row.stamp !== null).length
  let moved = 0
  while (runs > 0) {
    const page = await pullOnce(engine)
    if (!page) return moved
    moved += page.rows + page.settled
    runs += page.restarted ?? 0
    if (page.isLast) runs -= 1
  }
  return moved
}

/** A halt because the server was older than this app is tried again by every new leader. */
async function clearOldHalt(engine: Engine): Promise<void> {
  await engine.store.transact('write', ['meta'], async (tx) => {
    const server = await tx.get('meta', 'server')
    if (server?.key === 'server' && server.halted === 'server-too-old')
      await tx.put('meta', [{ ...server, halted: null }])
  })
}
