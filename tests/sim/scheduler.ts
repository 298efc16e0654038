import type { Rng } from './random.ts'

/** Something that can be killed: a tab, or one life of the server. Its code never runs again after `kill`. */
export class Proc {
  readonly name: string
  isAlive = true
  /** How many more awaits it lives; none set, for ever. */
  fuse: number | null = null
  readonly #atDeath: (() => void)[] = []

  constructor(name: string) {
    this.name = name
  }

  /** What the machine around it does when it dies: abort its transactions, cut its connections. */
  atDeath(act: () => void): void {
    this.#atDeath.push(act)
  }

  /** One more await: at the end of its fuse it dies right here. */
  burn(): void {
    if (this.fuse === null || !this.isAlive) return
    this.fuse -= 1
    if (this.fuse <= 0) this.kill()
  }

  kill(): void {
    this.isAlive = false
    for (const act of this.#atDeath.splice(0)) act()
  }
}

interface Task {
  proc: Proc
  go: () => void
}
interface Timer extends Task {
  at: number
  order: number
}

/** What the dead wait for: each a promise of its own, or all they held would hang on the one for as long as the process runs. */
export const never = (): Promise<never> => new Promise(() => undefined)

/**
 * One thread of virtual time. Every await of the code under test ends in `pause` or `sleep`; who goes on next is
 * drawn by the seed, and whoever is dead never does.
 */
export class Scheduler {
  now: number
  rng: Rng
  /** Share of pauses that go straight on: an await need not be a turn, but any may be. */
  directShare = 0.5
  /** Looked at after every turn. */
  readonly afterTurn: (() => void)[] = []
  turns = 0
  #ready: Task[] = []
  #timers: Timer[] = []
  #order = 0
  #failure: Error | null = null

  constructor(now: number, rng: Rng) {
    this.now = now
    this.rng = rng
  }

  /** Keep the first failure seen; the next pump throws it. */
  fail(error: unknown): void {
    this.#failure ??= error instanceof Error ? error : new Error(String(error))
  }

  throwFailure(): void {
    if (this.#failure) throw this.#failure
  }

  /** A place where others may run, or the process may be killed. */
  pause(proc: Proc): Promise<void> {
    proc.burn()
    if (!proc.isAlive) return never()
    if (this.rng.chance(this.directShare)) return Promise.resolve()
    return this.turn(proc)
  }

  /** As `pause`, and never straight on. */
  turn(proc: Proc): Promise<void> {
    if (!proc.isAlive) return never()
    return new Promise((go) => this.#ready.push({ proc, go }))
  }

  sleep(proc: Proc, ms: number): Promise<void> {
    if (!proc.isAlive) return never()
    return new Promise((go) => this.after(proc, ms, go))
  }

  /** Run `go` in `ms` of virtual time; the returned function calls it off. */
  after(proc: Proc, ms: number, go: () => void): () => void {
    const timer: Timer = { proc, go, at: this.now + ms, order: (this.#order += 1) }
    this.#timers.push(timer)
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer)
    }
  }

  /** Give up to `turns` turns; when nobody is ready, the clock goes to the next timer within `patience` ms. */
  async pump(turns: number, patience = 60_000): Promise<void> {
    const until = this.now + patience
    await quiet()
    for (let i = 0; i < turns; i += 1) {
      const task = this.#nextTask(until)
      if (!task) break
      this.turns += 1
      if (task.proc.isAlive) {
        task.go()
        await quiet()
        for (const look of this.afterTurn) look()
      }
      this.throwFailure()
    }
    await quiet()
    this.throwFailure()
  }

  /** Let time pass: everything due by then runs. */
  async pass(ms: number): Promise<void> {
    const until = this.now + ms
    await this.pump(5_000, ms)
    this.now = Math.max(this.now, until)
  }

  #nextTask(until: number): Task | undefined {
    const timer = this.#firstTimer()
    const isDue = timer !== undefined && timer.at <= this.now
    if (this.#ready.length > 0 && !(isDue && this.rng.chance(0.5))) {
      const at = this.rng.below(this.#ready.length)
      const task = this.#ready[at]
      const last = this.#ready.pop()
      if (last && last !== task) this.#ready[at] = last
      return task
    }
    if (!timer || timer.at > until) return undefined
    this.#timers.splice(this.#timers.indexOf(timer), 1)
    this.now = Math.max(this.now, timer.at)
    return timer
  }

  #firstTimer(): Timer | undefined {
    let first: Timer | undefined
    for (const timer of this.#timers) {
      if (!first || timer.at < first.at || (timer.at === first.at && timer.order < first.order)) first = timer
    }
    return first
  }
}

/** Until no promise is left to run: the micro-tasks of one turn. */
function quiet(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
