import { figure, median } from './figures.ts'
import type { Bench, Workload } from './workload.ts'

const changes = 100

async function rounds({ hall, server, quick }: Bench, size: number) {
  const { page } = await hall.tabletWith(size)
  const stored = await hall.grow(size)
  // Each round changes cases that nobody has changed before, so that every round is alike at every size.
  const newest = stored.slice(-50 * changes)
  const done = []
  for (let round = 0; round < (quick ? 5 : 30); round += 1) {
    const changed = newest.filter((_, index) => index % 50 === round)
    await (await hall.other()).note(changed, `示例备注 ${round}`)
    server.takeHandled('')
    const ours = await page.evaluate(() => window.bench.catchUp())
    const serverMs = server.takeHandled('/sync/v1/pull').reduce((sum, { ms }) => sum + ms, 0)
    if (ours.rows !== changes) throw new Error(`${ours.rows} rows came instead of ${changes}`)
    await page.evaluate((ids) => window.bench.shareView('catch-up', ids), changed)
    const raw = await page.evaluate(() => window.bench.rawCatchUp('catch-up'))
    if (round > 0) done.push({ ours, raw, serverMs }) // the first one also warms both sides up
  }
  return done
}

/** 100 changes since the last pull, with so many cases stored on both sides. */
const catchUpAt = (size: number): Workload => ({
  id: `catch-up-${size}`,
  size,
  async run(bench) {
    const done = await rounds(bench, size)
    return [
      figure({
        id: `catch-up-${size}`,
        label: `catch-up of 100 changes, ${size.toLocaleString('en')} cases stored`,
        ours: done.map(({ ours }) => ours.ms),
        raw: done.map(({ raw }) => raw),
        rawLabel: 'one request that returns the same rows + one bulk put of them',
        reach: 2,
        facts: {
          requests: median(done.map(({ ours }) => ours.requests)),
          wireBytes: median(done.map(({ ours }) => ours.wireBytes)),
          plainBytes: median(done.map(({ ours }) => ours.plainBytes)),
          netMs: median(done.map(({ ours }) => ours.netMs)),
          writeMs: median(done.map(({ ours }) => ours.writeMs)),
          serverMs: median(done.map(({ serverMs }) => serverMs)),
        },
      }),
    ]
  },
})

export const catchUpSmall = catchUpAt(10_000)
export const catchUpLarge = catchUpAt(50_000)
