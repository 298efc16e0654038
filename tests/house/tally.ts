import type { Reporter, TestModule } from 'vitest/node'

/** Ends a run with one line of figures, `N passed, N failed`, that a build machine can read. A file that broke before its tests counts as one failure. */
export default class Tally implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly unknown[]): void {
    const count = { passed: 0, failed: unhandled.length, skipped: 0 }
    for (const module of modules) {
      const before = count.failed
      for (const test of module.children.allTests()) {
        const { state } = test.result()
        if (state === 'pending') count.failed += 1
        else count[state] += 1
      }
      if (!module.ok() && count.failed === before) count.failed += 1
    }
    const skipped = count.skipped > 0 ? `, ${count.skipped} skipped` : ''
    const line = `${count.passed} passed, ${count.failed} failed${skipped}\n`
    process.on('exit', () => process.stdout.write(line)) // after everything the other reporter still has to say
  }
}
