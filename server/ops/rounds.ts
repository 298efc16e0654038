/** Work that is done now and then while the server runs. */
export interface Rounds {
  /** No further round begins; resolves when the one under way is over. */
  stop(): Promise<void>
}

const hour = 3_600_000

/**
 * Do `work` some minutes after the start and then about every hour; never twice at once. The times are drawn, so that
 * instances of one database do not all come at the same moment. `work` must not throw.
 */
export function startRounds(work: () => Promise<void>, random: () => number = Math.random): Rounds {
  let isStopped = false
  let running: Promise<void> = Promise.resolve()
  let timer: NodeJS.Timeout
  const later = (ms: number): void => {
    timer = setTimeout(() => {
      running = work().finally(() => {
        if (!isStopped) later(hour * (0.8 + 0.4 * random()))
      })
    }, ms)
    timer.unref()
  }
  later((1 + 9 * random()) * 60_000)
  return {
    stop: async () => {
      isStopped = true
      clearTimeout(timer)
      await running
    },
  }
}
