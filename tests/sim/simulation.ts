import { expect, test } from 'vitest'
import { unchecked } from './ledger.ts'
import { unmet } from './must-meet.ts'
import { reportOf } from './report.ts'
import { playSeeds, seedsFrom, type Tally } from './seeds.ts'

const ids =
  '[I1] [I2] [I3] [I4] [I5] [I6] [I7] [I8] [I9] [I10] [I11] [I12] [I13] [I14] [I15] [I17] [I18] [I19] [I20] [I21] [I22] [I23] [I24] [I25] [I26]'

/** Shares of one run: each file of tests plays one, so that two cores have work. */
export const shares = 4
const fixed = 1_000
const fresh = 100

async function expectSound({ failed }: Tally): Promise<void> {
  const report = failed[0] ? await reportOf(failed[0]) : ''
  expect(report).toBe('')
}

/** Play one share of the fixed seeds, and as many fresh ones, whose numbers are printed. */
export function simulateShare(share: number): void {
  const count = fixed / shares
  test(`[OFF-3] [OFF-5] [F3] [F5] [F6] [F12] [F29] [F30] [R6] [R8] [R13] [R16] [OFF-6] ${ids} ${count} histories from seed ${share * count} hold every invariant`, async () => {
    const tally = await playSeeds(seedsFrom(share * count, count))
    await expectSound(tally)
    expect(unmet(tally.marks)).toEqual([])
    expect(unchecked(tally.checks)).toEqual([])
  })

  test(`[OFF-3] ${ids} ${fresh / shares} fresh histories hold every invariant`, async () => {
    const from = 1_000_000 + Math.floor(Math.random() * 4_000_000_000)
    console.log(`fresh seeds ${from}…${from + fresh / shares - 1}`)
    await expectSound(await playSeeds(seedsFrom(from, fresh / shares)))
  })
}
