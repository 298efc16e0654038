/** What has been started, to be stopped in the opposite order. */
export class Steps {
  isStopping = false
  private readonly stops: { name: string; stop: () => Promise<void> }[] = []

  onStop(name: string, stop: () => Promise<void>): void {
    this.stops.push({ name, stop })
  }

  /** Stops all that was started; one that fails does not keep the others from stopping. */
  async stop(): Promise<void> {
    this.isStopping = true
    for (let last = this.stops.pop(); last; last = this.stops.pop()) {
      const { name, stop } = last
      await stop().catch(() => say([`停止 ${name} 时出错 ${name} did not stop cleanly.`]))
    }
  }
}

/** Prints lines and waits until they are out of this process. */
export const say = (lines: readonly string[]): Promise<void> =>
  new Promise((resolve) => {
    process.stdout.write(`${lines.join('\n')}\n`, () => {
      resolve()
    })
  })

const signals = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const

/** Resolves at the first signal to stop; a second one ends the process at once, which is safe (reliability.md P4). */
export const untilToldToStop = (steps: Steps): Promise<void> =>
  new Promise((resolve) => {
    for (const signal of signals) {
      process.on(signal, () => {
        if (steps.isStopping) process.exit(1)
        steps.isStopping = true
        resolve()
      })
    }
  })
