import type { BenchServer } from './bench-server.ts'
import type { Tablet, Tablets } from './browser.ts'
import { nodeTablet, type NodeTablet } from './node-tablet.ts'

/** Where the cases are. */
export const busyWindow = 'student-affairs'
/** A window of the same hall where nobody has come yet. */
export const quietWindow = 'careers'

/** Every 200th of the first 10,000 cases is open: 50 on the list, whatever is stored beneath. */
const firstCases = 10_000
const openEvery = 200
const casesEvery = 30_000
const daysBack = 25 * 86_400_000

/** The hall as it grows: cases are only ever added, so workloads ask for sizes in rising order. */
export interface BenchHall {
  /** Ids of the cases stored at the busy window; seeds up to `size` first. */
  grow(size: number): Promise<readonly string[]>
  /** The one tablet at the busy window that lasts for the run, holding exactly `size` cases. */
  tabletWith(size: number): Promise<Tablet>
  /** Somebody else's tablet at the busy window. */
  other(): Promise<NodeTablet>
  close(): Promise<void>
}

/** An empty hall. */
export function benchHall(server: BenchServer, tablets: Tablets): BenchHall {
  const from = Date.now() - daysBack
  const ids: string[] = []
  let seeder: Promise<NodeTablet> | null = null
  let lasting: Promise<Tablet> | null = null
  const other = (): Promise<NodeTablet> => (seeder ??= nodeTablet(server, busyWindow))

  async function grow(size: number): Promise<readonly string[]> {
    if (ids.length > size) throw new Error(`the hall has ${ids.length} cases already, more than ${size}`)
    const start = ids.length
    const at = (index: number) => from + (start + index) * casesEvery
    const isOpen = (index: number) => start + index < firstCases && (start + index) % openEvery === 0
    ids.push(...(await (await other()).receive(size - start, { at, isOpen })))
    return ids
  }

  async function tabletWith(size: number): Promise<Tablet> {
    await grow(size)
    lasting ??= tablets.open(busyWindow)
    const tablet = await lasting
    await tablet.page.evaluate(() => window.bench.pullAll())
    return tablet
  }

  return { grow, tabletWith, other, close: async () => (await lasting)?.close() }
}
