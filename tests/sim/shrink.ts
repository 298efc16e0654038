import { playHistory, type Ended, type Plan } from './history.ts'

/** A failing history made shorter: which steps can be left out, and how it still ends. */
export interface Shrunk {
  ended: Ended
  skip: Set<number>
  kept: number
}

const budget = 160

/** Leave out ever smaller runs of steps while the same invariant still fails. */
export async function shrink(plan: Plan, first: Ended): Promise<Shrunk> {
  const until = first.steps + 1
  let best: Shrunk = { ended: first, skip: new Set(), kept: until }
  let tries = 0
  for (const { from, to } of runsOf(until)) {
    const skip = new Set([...best.skip, ...Array.from({ length: to - from }, (_, i) => from + i)])
    if (skip.size === best.skip.size) continue
    if ((tries += 1) > budget) break
    const ended = await playHistory({ ...plan, skip, until })
    if (ended.failure?.invariant === first.failure?.invariant) best = { ended, skip, kept: until - skip.size }
  }
  return best
}

/** Runs of steps to try without: halves, then quarters, and so on down to single steps. */
function* runsOf(count: number): Generator<{ from: number; to: number }> {
  for (let size = Math.ceil(count / 2); ; size = Math.ceil(size / 2)) {
    for (let from = 0; from < count; from += size) yield { from, to: Math.min(from + size, count) }
    if (size <= 1) return
  }
}
