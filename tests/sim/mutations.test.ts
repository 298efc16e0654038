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

for (const { name, invariants, parts } of plantedBugs) {
  const ids = invariants.map((id) => `[${id}]`).join(' ')
  test(`[OFF-3] ${ids} within 500 seeds the simulator catches: ${name}`, async () => {
    const caught = await firstCaught(parts)
    expect(invariants).toContain(caught?.failure?.invariant)
  })
}
