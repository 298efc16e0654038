import { busyWindow } from './bench-hall.ts'
import { figure, median } from './figures.ts'
import type { Bench, Workload } from './workload.ts'

async function oneRound(tablets: Bench['tablets'], server: Bench['server']) {
  const { page, close } = await tablets.open(busyWindow)
  server.takeHandled('')
  const ours = await page.evaluate(() => window.bench.pullAll())
  const serverMs = server.takeHandled('/sync/v1/pull').reduce((sum, { ms }) => sum + ms, 0)
  const shared = await page.evaluate(() => window.bench.shareView('first-pull'))
  const raw = await page.evaluate(() => window.bench.rawPull('first-pull'))
  await close()
  if (shared < 10_000) throw new Error(`only ${shared} rows came`)
  return { ours, raw, serverMs }
}

/** 10,000 cases into an empty browser, until every scope has caught up. */
export const firstPull: Workload = {
  id: 'first-pull',
  size: 10_000,
  async run({ hall, tablets, server, quick }) {
    await hall.grow(10_000)
    const rounds: Awaited<ReturnType<typeof oneRound>>[] = []
    for (let round = 0; round < (quick ? 1 : 5); round += 1) rounds.push(await oneRound(tablets, server))
    const of = (pick: (round: (typeof rounds)[number]) => number): number[] => rounds.map(pick)
    return [
      figure({
        id: 'first-pull',
        label: 'first pull of 10,000 cases into an empty browser',
        ours: of(({ ours }) => ours.ms),
        raw: of(({ raw }) => raw.ms),
        rawLabel: 'one gzip transfer + one bulk put of the same rows, same indexes',
        reach: 1.5,
        facts: {
          requests: median(of(({ ours }) => ours.requests)),
          rows: median(of(({ ours }) => ours.rows)),
          firstCasesMs: median(of(({ ours }) => ours.firstCasesMs ?? Number.NaN)),
          netMs: median(of(({ ours }) => ours.netMs)),
          serverMs: median(of(({ serverMs }) => serverMs)),
          writeMs: median(of(({ ours }) => ours.writeMs)),
          rawTransferMs: median(of(({ raw }) => raw.transferMs)),
          wireBytes: median(of(({ ours }) => ours.wireBytes)),
          plainBytes: median(of(({ ours }) => ours.plainBytes)),
        },
      }),
    ]
  },
}
