import type { Page } from 'playwright-core'
import { quietWindow } from './bench-hall.ts'
import { figure, median, type Figure } from './figures.ts'
import type { Bench, Workload } from './workload.ts'

const rawLabel = 'one strict IndexedDB put of the same bytes + one WebCrypto signature'

async function timeOn(page: Page, { quick }: Bench, where: { id: string; label: string }): Promise<Figure> {
  const times = await page.evaluate((how) => window.bench.timeEdits(how), { count: quick ? 60 : 300, warmUp: 30 })
  const { kept, seen, rawPut, rawSign, parts, bytes } = times
  return figure({
    ...{ ...where, ours: seen, rawLabel, reach: 1.5 },
    raw: rawPut.map((ms, index) => ms + (rawSign[index] ?? 0)),
    facts: {
      keptMs: median(kept),
      readMs: median(parts.map(({ readMs }) => readMs)),
      writeMs: median(parts.map(({ writeMs }) => writeMs)),
      rawPutMs: median(rawPut),
      rawSignMs: median(rawSign),
      bytes,
    },
  })
}

/** One edit on a tablet with nothing but the 50 cases on its list: kept (strict) and seen in a live list. */
export const editEmpty: Workload = {
  id: 'edit-empty',
  size: 0,
  async run(bench) {
    const { page, close } = await bench.tablets.open(quietWindow)
    await page.evaluate(async () => {
      await window.bench.pullAll()
      await window.bench.receiveSome(50)
      await window.bench.pushAll()
    })
    const done = await timeOn(page, bench, { id: 'edit-empty', label: 'local edit kept and seen, 50 cases stored' })
    await close()
    return [done]
  },
}

/** The same edit over 20,000 stored cases: it must not be slower. */
export const editFull: Workload = {
  id: 'edit-20000',
  size: 20_000,
  async run(bench) {
    const { page } = await bench.hall.tabletWith(20_000)
    const done = await timeOn(page, bench, { id: 'edit-20000', label: 'local edit kept and seen, 20,000 cases stored' })
    await page.evaluate(() => window.bench.pushAll())
    return [done]
  },
}
