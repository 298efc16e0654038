/** Timers as the page has them; a test may bring its own. Returns how to cancel. */
export interface Timers {
  mono(): number
  after(ms: number, run: () => void): () => void
}

/** Whether it has been told to end; asked anew each time, as a wait lies between. */
export const isOver = (signal: AbortSignal): boolean => signal.aborted

/** A sleep that can be cut short, also before it has begun. */
export class Nap {
  readonly #timers: Timers
  #until = Infinity
  #wakeUp: (() => void) | null = null
  #cancel: () => void = () => undefined

  constructor(timers: Timers) {
    this.#timers = timers
  }

  /** Sleep `ms` (for ever, if infinite), or as much less as `within` asks. */
  async sleep(ms: number): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#wakeUp = resolve
      this.within(ms)
      if (this.#until < Infinity) this.#arm()
    })
  }

  /** Be awake in `ms` at the latest; asked while awake, it holds for the next sleep. */
  within(ms: number): void {
    const at = this.#timers.mono() + ms
    if (at >= this.#until) return
    this.#until = at
    if (this.#wakeUp) this.#arm()
  }

  /** Forget what has been asked so far. */
  clear(): void {
    this.#until = Infinity
  }

  #arm(): void {
    this.#cancel()
    this.#cancel = this.#timers.after(Math.max(0, this.#until - this.#timers.mono()), () => {
      const wakeUp = this.#wakeUp
      this.#wakeUp = null
      this.clear()
      wakeUp?.()
    })
  }
}
