import type { Engine, Net } from '../local/engine.ts'
import type { Timers } from './nap.ts'

const lookMs = 15_000
/** The oldest act has waited so long that something must be wrong (sync.md §5). */
const stalledMs = 60_000
/** A request gives up after 30 s by itself; one that has not is lost, and no longer counts as under way. */
const lostMs = 45_000
/** Without any request for so long nobody can know whether the server is there: the loop itself is gone. */
const silentMs = 150_000

/** The requests under way, and when the last one was begun. */
export class Flights {
  readonly #mono: () => number
  readonly #begun = new Set<{ at: number }>()
  lastAt: number

  constructor(mono: () => number) {
    this.#mono = mono
    this.lastAt = mono()
  }

  /** The same two requests, counted. */
  over(net: Net): Net {
    return {
      push: (body) => this.#count(() => net.push(body)),
      pull: (query) => this.#count(() => net.pull(query)),
    }
  }

  get isAny(): boolean {
    const now = this.#mono()
    return [...this.#begun].some(({ at }) => now - at < lostMs)
  }

  async #count<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
    const flight = { at: this.#mono() }
    this.lastAt = flight.at
    this.#begun.add(flight)
    try {
      return await ask()
    } finally {
      this.#begun.delete(flight)
    }
  }
}

/** What the watchdog looks at. */
export interface Watched {
  engine: Engine
  flights: Flights
  timers: Timers
  /** By our own verdicts, never by `navigator.onLine` (F12). */
  isReachable(): boolean
  /** Until when the server asked to be left alone. */
  notBefore(): number
}

/**
 * R9: the oldest act has not moved for 60 s, the server can be reached, nothing is under way: `bark`, once for each 60 s.
 * It reads the store itself and trusts nothing the loop believes.
 */
export function watch(watched: Watched, bark: (waitedMs: number) => void, signal: AbortSignal): void {
  const { timers } = watched
  let mark: { cmdId: string; at: number } | null = null
  const look = async (): Promise<void> => {
    const cmdId = await oldestPending(watched.engine)
    const now = timers.mono()
    if (cmdId === null || mark?.cmdId !== cmdId) mark = cmdId === null ? null : { cmdId, at: now }
    else if (now - mark.at >= stalledMs && isStalled(watched, now)) {
      const waitedMs = now - mark.at
      mark = { cmdId, at: now }
      bark(waitedMs)
    }
  }
  let cancel = (): void => undefined
  const again = (): void => {
    if (signal.aborted) return
    // A store that does not answer is another ladder's affair; the next look comes all the same.
    cancel = timers.after(lookMs, () => {
      look().catch(() => undefined)
      again()
    })
  }
  signal.addEventListener('abort', () => cancel())
  again()
}

function isStalled({ flights, isReachable, notBefore }: Watched, now: number): boolean {
  if (flights.isAny || now < notBefore()) return false
  return isReachable() || now - flights.lastAt >= silentMs
}

/** The oldest act the server has not decided; null when none waits or the stream is halted for a person to see to. */
async function oldestPending({ store }: Engine): Promise<string | null> {
  return store.transact('read', ['meta', 'outcome'], async (tx) => {
    const server = await tx.get('meta', 'server')
    if (server?.key === 'server' && server.halted) return null
    return (await tx.byIndex('outcome', 'state+seq', { prefix: ['pending'], limit: 1 }))[0]?.cmdId ?? null
  })
}
