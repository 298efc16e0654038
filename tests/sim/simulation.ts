import { expect, test } from 'vitest'
import { reportOf } from './report.ts'
import { playSeeds, seedsFrom, type Tally } from './seeds.ts'

const ids =
  '[I1] [I2] [I3] [I4] [I5] [I6] [I7] [I8] [I9] [I10] [I11] [I12] [I13] [I14] [I15] [I17] [I18] [I19] [I20] [I21] [I24] [I25]'

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
  test(`[OFF-3] [OFF-5] [F3] [F5] [F6] ${ids} ${count} histories from seed ${share * count} hold every invariant`, async () => {
    const tally = await playSeeds(seedsFrom(share * count, count))
    await expectSound(tally)
    for (const mark of mustMeet) expect(tally.marks, `no history met: ${mark}`).toHaveProperty([mark])
  })

  test(`[OFF-3] ${ids} ${fresh / shares} fresh histories hold every invariant`, async () => {
    const from = 1_000_000 + Math.floor(Math.random() * 4_000_000_000)
    console.log(`fresh seeds ${from}…${from + fresh / shares - 1}`)
    await expectSound(await playSeeds(seedsFrom(from, fresh / shares)))
  })
}

/** What a share must have gone through, or it proves nothing. */
const mustMeet = [
  ...['outcome applied', 'outcome merged', 'outcome conflict', 'outcome rejected'],
  ...['outcome held grant', 'outcome held quarantine', 'outcome held crash', 'outcome held depends'],
  ...['case.receive', 'case.accept', 'case.conclude', 'case.refuse', 'case.supplementNotice', 'case.materialGiven'].map(
    actMark,
  ),
  ...['case.note', 'case.correct', 'case.take', 'case.withdraw', 'case.undo', 'case.resolve'].map(actMark),
  ...['handover.open', 'handover.confirm'].map(actMark),
  ...[
    'tab killed',
    'server killed',
    'died in a request',
    'answer lost',
    'answer cut short',
    'portal',
    'request doubled',
  ],
  ...[
    'hours late',
    'hands changed',
    'clock jumped',
    'tablet revoked',
    'grant revoked',
    'disk full',
    'done offline',
    'left a scope',
  ],
]

function actMark(type: string): string {
  return `act ${type}`
}
