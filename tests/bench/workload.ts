import type { BenchHall } from './bench-hall.ts'
import type { BenchServer } from './bench-server.ts'
import type { Tablets } from './browser.ts'
import type { Figure } from './figures.ts'

/** What a workload works with. */
export interface Bench {
  readonly server: BenchServer
  readonly tablets: Tablets
  readonly hall: BenchHall
  /** Fewer rounds: for trying a change, not for a report. */
  readonly quick: boolean
}

/** One row of the bench; `size` is the number of stored cases it asks the hall for, and orders the rows. */
export interface Workload {
  readonly id: string
  readonly size: number
  run(bench: Bench): Promise<Figure[]>
}
