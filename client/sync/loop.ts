import type { LiveHint } from '../../shared/wire/push.ts'
import { NetFault, type Engine } from '../local/engine.ts'
import { about, askedMs, backOffMs, spreadOver } from './back-off.ts'
import { clearOldHalt, exchange, type Exchanged } from './exchange.ts'
import { followLive } from './live.ts'
import { keepLive, type LiveHost, type LivePage } from './live-life.ts'
import { isOver, Nap } from './nap.ts'

const withLive = 60_000
const withoutLive = 5_000
/** While nothing works, acts ask no sooner than this after the last try: a busy window must not hammer a dead server. */
const betweenTries = 10_000
/** What a person, or the network, asks for during a try that then fails is tried once more after this. */
const onceMore = 1_000

/** What may end a wait; `act` cuts a back-off only so far, the others at once. */
export type Wake = 'act' | 'hint' | 'network' | 'visible' | 'person'

/** The page around the loop: its timers, whether anyone looks at it, its live stream, who hears of a turn's end. */
export interface Surroundings extends Omit<LivePage, 'random' | 'mono'> {
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
  onSight: (hear) => {
    document.addEventListener('visibilitychange', hear)
    return () => document.removeEventListener('visibilitychange', hear)
  },
  after: (ms, run) => {
    const timer = setTimeout(run, ms)
    return () => clearTimeout(timer)
  },
  live: followLive,
  turned,
})

/** One leader's loop: push while acts wait, pull, wait, again; everything it knows is in the store (sync.md 2.3, §5). */
export class SyncLoop {
  readonly #engine: Engine
  readonly #page: LivePage
  readonly #turned: Surroundings['turned']
  readonly #nap: Nap
  /** Failures in a row, and since when nothing has worked. */
  #failures = 0
  #lostAt: number | null = null
  #notBefore = 0
  #triedAt = 0
  /** Whether the last failure was an answer that named its own pause. */
  #wasAsked = false
  /** Somebody looks, presses 现在发送, or the network is said to be back: heard during this turn. */
  #isWanted = false
  #isLive = false
  #hasStarted = false
  #isWaiting = true
  /** How far this browser has pulled, and how far the hall is said to be. */
  #seen = -1
  #hinted: LiveHint | null = null

  constructor(engine: Engine, { turned, ...around }: Surroundings) {
    this.#engine = engine
    this.#turned = turned
    this.#page = { ...around, mono: () => engine.clock.mono(), random: () => engine.entropy.random() }
    this.#nap = new Nap(this.#page)
  }

  /** Until when the server has asked to be left alone, by the monotonic clock. */
  get notBefore(): number {
    return this.#notBefore
  }

  /** Lead until `signal` ends. */
  async run(signal: AbortSignal): Promise<void> {
    signal.addEventListener('abort', () => this.#nap.within(0))
    const live = keepLive(this.#page, this.#host(), signal)
    while (!signal.aborted) {
      this.#nap.clear()
      const waitMs = await this.#turn(signal)
      if (!isOver(signal)) await this.#nap.sleep(waitMs)
    }
    await live
  }

  /** Something happened: go on at once, or once the pause is over that the server asked for. */
  wake(why: Wake): void {
    if (why === 'act') this.#isWaiting = true
    else this.#isWanted = true
    if (why === 'act' && this.#failures > 0) return this.#ask(this.#untilNextTry())
    this.#ask(why === 'network' ? this.#spread() : 0)
  }

  #untilNextTry(): number {
    return Math.max(0, this.#triedAt + about(betweenTries, this.#page.random) - this.#page.mono())
  }

  /** A network that returns does so for the whole hall at once. */
  #spread(): number {
    const away = this.#lostAt === null ? 0 : this.#page.mono() - this.#lostAt
    return spreadOver(this.#page.random, away)
  }

  async #turn(signal: AbortSignal): Promise<number> {
    try {
      this.#isWanted = false
      if (!this.#hasStarted) await clearOldHalt(this.#engine)
      this.#hasStarted = true
      const told = this.#hinted
      const done = await exchange(this.#engine, signal)
      this.#failures = 0
      this.#lostAt = null
      this.#notBefore = 0
      // A hint heard before is answered by this pull, wherever it got to: no hint is worth a second one.
      this.#seen = Math.max(done.seen, told?.pos ?? -1)
      this.#turned({ hasMoved: done.hasMoved, fault: null })
      return this.#nextIn(done)
    } catch (error) {
      this.#turned({ hasMoved: false, fault: error })
      return this.#backOff(error)
    }
  }

  /** With a stream once a minute; without one every 5 s while somebody looks; unseen and with nothing to send, never. */
  #nextIn({ isWaiting }: Exchanged): number {
    this.#isWaiting = isWaiting
    if (this.#isBehind()) return 0
    if (this.#isIdle()) return Infinity
    return about(this.#isLive || this.#page.isHidden() ? withLive : withoutLive, this.#page.random)
  }

  #isBehind(): boolean {
    return this.#hinted !== null && this.#hinted.pos > this.#seen
  }

  /** Full jitter, 1 s → 60 s, and never before the server's `Retry-After`. */
  #backOff(error: unknown): number {
    const { random, mono } = this.#page
    this.#lostAt ??= mono()
    const asked = error instanceof NetFault ? error.retryAfterMs : null
    // Whoever names a pause is there: what failed before, with nobody there, makes it no longer.
    if (asked !== null && !this.#wasAsked) this.#failures = 0
    this.#wasAsked = asked !== null
    const pauseMs = asked === null ? 0 : askedMs(asked, random)
    const waitMs = Math.max(pauseMs, backOffMs(this.#failures, random))
    this.#failures += 1
    this.#triedAt = mono()
    this.#nap.clear()
    // Only what the server asked for holds against every wake; the rest of the wait is our own.
    this.#notBefore = mono() + pauseMs
    this.#engine.report('turn-failed', { failures: this.#failures, why: nameOf(error) })
    if (this.#isIdle()) return Infinity
    return this.#isWanted ? Math.min(waitMs, Math.max(pauseMs, about(onceMore, random))) : waitMs
  }

  /** Nobody looks and nothing waits: whoever comes back, or the next act, ends that. */
  #isIdle(): boolean {
    return this.#page.isHidden() && !this.#isWaiting && !this.#isLive
  }

  #host(): LiveHost {
    return {
      hello: (hint, isReturn) => {
        this.#isLive = true
        if (this.#hinted && this.#hinted.epoch !== hint.epoch) this.#seen = -1
        const delayMs = isReturn ? spreadOver(this.#page.random) : 0
        this.#hear(hint, delayMs)
        // Greeted while the requests fail: the server is there again, so no back-off need run out.
        if (this.#failures > 0) this.#ask(delayMs)
      },
      hint: (hint) => this.#hear(hint, 0),
      ended: (wasGreeted) => {
        this.#isLive = false
        // The server may have gone for everybody; each finds out in its own time.
        if (wasGreeted && this.#failures === 0 && !this.#isIdle()) this.#ask(spreadOver(this.#page.random))
      },
      fault: (error) => this.#engine.report('live-ended', { why: nameOf(error) }),
    }
  }

  #hear(hint: LiveHint, delayMs: number): void {
    this.#hinted = hint
    if (this.#isBehind()) this.#ask(delayMs)
  }

  #ask(delayMs: number): void {
    this.#nap.within(Math.max(delayMs, this.#notBefore - this.#page.mono()))
  }
}

function nameOf(error: unknown): string {
  if (error instanceof NetFault) return error.problem ?? error.kind
  return error instanceof Error ? error.name : 'unknown'
}
