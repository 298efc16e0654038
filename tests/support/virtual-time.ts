import type { Timers } from '../../client/sync/nap.ts'

/** Time that passes only when told to; whatever runs at one moment has run before the next. */
export class VirtualTime implements Timers {
  #now = 0
  #order = 0
  readonly #timers = new Set<{ at: number; order: number; run: () => void }>()

  mono(): number {
    return this.#now
  }

  after(ms: number, run: () => void): () => void {
    const timer = { at: this.#now + ms, order: (this.#order += 1), run }
    this.#timers.add(timer)
    return () => this.#timers.delete(timer)
  }

  async sleep(ms: number): Promise<void> {
    await new Promise<void>((resolve) => this.after(ms, resolve))
  }

  /** Let `ms` pass. */
  async pass(ms: number): Promise<void> {
    const until = this.#now + ms
    await settled()
    for (let next = this.#next(); next && next.at <= until; next = this.#next()) {
      this.#now = Math.max(this.#now, next.at)
      this.#timers.delete(next)
      next.run()
      await settled()
    }
    this.#now = until
  }

  #next() {
    let first: { at: number; order: number; run: () => void } | undefined
    for (const timer of this.#timers) {
      if (!first || timer.at < first.at || (timer.at === first.at && timer.order < first.order)) first = timer
    }
    return first
  }
}

/** Everything that awaits something already there has gone on. */
const settled = async (): Promise<void> => {
  for (let turn = 0; turn < 3; turn += 1) await new Promise((resolve) => setImmediate(resolve))
}
