import { StoreUnavailable } from '../sync/store-verbs.ts'

/** How many statements may run at once, how long one may wait for its turn, and how long for its answer. */
export interface GateLimits {
  readonly slots: number
  readonly waitMs: number
  readonly answerMs: number
}

/** Runs a statement when there is room. */
export type Gate = <T>(run: () => Promise<T>) => Promise<T>

const within = <T>(work: Promise<T>, limitMs: number, what: string): Promise<T> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new StoreUnavailable(what)), limitMs)
    void work.then(resolve, reject).finally(() => clearTimeout(timer))
  })

/**
 * Keeps requests from piling up before a Postgres that hangs (F16) or is full (F20): whoever waits too long for a turn
 * or an answer gets `StoreUnavailable`. A statement without an answer keeps its slot until it really ends.
 */
export const openGate = (limits: GateLimits): Gate => {
  let free = limits.slots
  const waiting = new Set<() => void>()

  const leave = (): void => {
    const [next] = waiting
    if (next === undefined) free += 1
    else next()
  }
  const enter = (): Promise<void> => {
    if (free > 0) {
      free -= 1
      return Promise.resolve()
    }
    let turn: () => void = () => undefined
    const mine = new Promise<void>((resolve) => {
      turn = () => {
        waiting.delete(turn)
        resolve()
      }
    })
    waiting.add(turn)
    return within(mine, limits.waitMs, 'no free connection').catch((error: unknown) => {
      waiting.delete(turn)
      throw error
    })
  }
  return async (run) => {
    await enter()
    const work = run()
    void work.then(leave, leave)
    return within(work, limits.answerMs, 'no answer in time')
  }
}
