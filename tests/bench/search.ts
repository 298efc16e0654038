import { busyWindow } from './bench-hall.ts'
import { figure, type Figure } from './figures.ts'
import { timeLights, timeSearch, type ListSamples } from './list-samples.ts'
import type { Bench, Workload } from './workload.ts'

/** As product.md asks: a tablet four times slower than this machine. */
const slowed = 4

/** The same in a real Chromium whose processor is slowed. */
async function inSlowPage({ tablets }: Bench, act: 'timeSearch' | 'timeLights', rounds: number): Promise<ListSamples> {
  const tablet = await tablets.open(busyWindow)
  try {
    const session = await tablet.page.context().newCDPSession(tablet.page)
    await session.send('Emulation.setCPUThrottlingRate', { rate: slowed })
    return await tablet.page.evaluate(([name, n]) => window.bench[name](n), [act, rounds] as const)
  } finally {
    await tablet.close()
  }
}

async function both(bench: Bench, row: Pick<Figure, 'id' | 'label' | 'rawLabel'>, act: 'timeSearch' | 'timeLights') {
  const rounds = bench.quick ? 3 : 20
  const here = (act === 'timeSearch' ? timeSearch : timeLights)(rounds)
  const slow = await inSlowPage(bench, act, rounds)
  const slowRow = {
    ...row,
    id: `${row.id}-slow`,
    label: `${row.label}, in Chromium with the CPU slowed ${String(slowed)}×`,
  }
  return [figure({ ...row, ...here }), figure({ ...slowRow, ...slow })]
}

/** What one key in the search box costs over a full tablet, 500 sheets and 20,000 cases (product.md: ≤ 50 ms slowed 4×). */
export const search: Workload = {
  id: 'search-20500',
  size: 0,
  run: (bench) =>
    both(
      bench,
      {
        ...{ id: 'search-20500', label: 'search as typed, 20,500 entries' },
        rawLabel: 'one scan of the same texts for the query, nothing ranked',
      },
      'timeSearch',
    ),
}

/** Recomputing every light of a hall's 5,000 open cases, pauses and waits reckoned in (SUP-1). */
export const lights: Workload = {
  id: 'lights-5000',
  size: 0,
  run: (bench) =>
    both(
      bench,
      {
        ...{ id: 'lights-5000', label: 'all lights of 5,000 open cases' },
        rawLabel: 'one comparison of the promised date with today a case, no calendar, no pauses',
      },
      'timeLights',
    ),
}
