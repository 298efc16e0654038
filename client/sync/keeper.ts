import type { Engine } from '../local/engine.ts'
import { SyncLoop, type Surroundings, type Wake } from './loop.ts'
import { Flights, watch } from './watchdog.ts'

/** A loop that broke is begun anew after this. */
const mendMs = 1_000

/** The page around the engine, as its keeper needs it. */
export interface KeptSurroundings extends Surroundings {
  /** Whether the server answered last, by our own verdicts (F12). */
  isReachable(): boolean
  /** The engine was restarted: shown to people (R9). */
  restarted(): void
}

/**
 * Runs the loop and begins it anew when it stalls or breaks (R9): a stalled loop is left behind as it is, for all it
 * knows is in the store and a late answer of its does no harm (I20).
 */
export class Keeper {
  readonly #engine: Engine
  readonly #around: KeptSurroundings
  #loop: SyncLoop | null = null

  constructor(engine: Engine, around: KeptSurroundings) {
    this.#engine = engine
    this.#around = around
  }

  /** Lead until `signal` ends; returns at once then, whatever is still under way. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) await this.#oneLife(signal)
    this.#loop = null
  }

  /** Something happened. */
  wake(why: Wake): void {
    this.#loop?.wake(why)
  }

  async #oneLife(signal: AbortSignal): Promise<void> {
    const life = new AbortController()
    const both = AbortSignal.any([signal, life.signal])
    const ended = new Promise<void>((resolve) => both.addEventListener('abort', () => resolve()))
    const { clock } = this.#engine
    const flights = new Flights(() => clock.mono())
    const loop = new SyncLoop(counted(this.#engine, flights), this.#around)
    this.#loop = loop
    const timers = { mono: () => clock.mono(), after: this.#around.after }
    const watched = {
      ...{ engine: this.#engine, flights, timers, isReachable: this.#around.isReachable },
      notBefore: () => loop.notBefore,
    }
    watch(
      watched,
      (waitedMs) => {
        this.#engine.report('watchdog-restart', { waitedMs: Math.round(waitedMs) })
        this.#around.restarted()
        life.abort()
      },
      both,
    )
    const running = loop.run(both).catch(async (error: unknown) => {
      this.#engine.report('loop-broke', { why: error instanceof Error ? error.name : 'unknown' })
      await new Promise<void>((resolve) => {
        const cancel = this.#around.after(mendMs, resolve)
        both.addEventListener('abort', cancel)
      })
    })
    await Promise.race([running, ended])
    life.abort()
  }
}

/** The same engine in all but its requests, which are counted. */
function counted(engine: Engine, flights: Flights): Engine {
  return Object.assign(Object.create(engine) as Engine, { net: flights.over(engine.net) })
}
