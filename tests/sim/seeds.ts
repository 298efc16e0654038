import { playHistory, type Ended } from './history.ts'
import { addMarks, type Marks } from './marks.ts'

/** What a run of many seeds came to. */
export interface Tally {
  played: number
  logged: number
  turns: number
  failed: Ended[]
  marks: Marks
}

/** Play the histories of some seeds one after another. */
export async function playSeeds(seeds: Iterable<number>): Promise<Tally> {
  const tally: Tally = { played: 0, logged: 0, turns: 0, failed: [], marks: {} }
  for (const seed of seeds) {
    const ended = await playHistory({ seed })
    tally.played += 1
    tally.logged += ended.logged
    tally.turns += ended.turns
    addMarks(tally.marks, ended.marks)
    if (ended.failure) tally.failed.push(ended)
  }
  return tally
}

/** Whole numbers from `from`, `count` of them. */
export function seedsFrom(from: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) => from + i)
}

/**
 * Seeds outside the fixed range that once failed, kept for ever. A seed names a history only as long as the drawing of
 * histories stays as it is: what it found is also told as a small test of its own (`crossed-frames.test.ts`).
 */
export const keptSeeds: readonly number[] = [1102]
