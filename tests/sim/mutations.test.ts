import { expect, test } from 'vitest'
import { plantedBugs } from './bugs.ts'
import { playHistory, type Ended } from './history.ts'
import { seedsFrom } from './seeds.ts'

/** The first of 500 seeds that sees the bug. */
async function firstCaught(parts: (typeof plantedBugs)[number]['parts']): Promise<Ended | null> {
  for (const seed of seedsFrom(0, 500)) {
    const ended = await playHistory({ seed, parts })
    if (ended.failure) return ended
  }
  return null
}

test.each(plantedBugs)('[OFF-3] $invariants the simulator catches: $name', async ({ invariants, parts }) => {
  const caught = await firstCaught(parts)
  expect(invariants).toContain(caught?.failure?.invariant)
})
