import { expect, test } from 'vitest'
import { playHistory } from './history.ts'
import { keptSeeds } from './seeds.ts'

test.each(keptSeeds)('[OFF-3] seed %i, which once failed, holds', async (seed) => {
  expect((await playHistory({ seed })).failure).toBeNull()
})

test('[OFF-3] the same seed gives the same history, word for word', async () => {
  const [first, second] = [
    await playHistory({ seed: 7, keepsTrace: true }),
    await playHistory({ seed: 7, keepsTrace: true }),
  ]
  expect(second.trace).toEqual(first.trace)
  expect(first.logged).toBeGreaterThan(6)
})
