import { quietWindow } from './bench-hall.ts'
import { figure, median, statsOf } from './figures.ts'
import type { Tablet } from './browser.ts'
import type { Workload } from './workload.ts'

interface Round {
  readonly seenMs: number
  readonly pushMs: number
}

async function oneRound(from: Tablet, to: Tablet, { id, text }: { id: string; text: string }): Promise<Round> {
  const shown = to.page.evaluate((one) => window.bench.whenShown(one), id)
  // The watcher stands before the tap: a page answers its calls in order.
  await to.page.evaluate(() => undefined)
  const { tap, pushMs } = await from.page.evaluate((how) => window.bench.editAndSend(how.id, how.text), { id, text })
  return { seenMs: (await shown) - tap, pushMs }
}

/** A tap on one tablet until another tablet's list shows it, both following the hall live. */
export const propagation: Workload = {
  id: 'propagation',
  size: 0,
  async run({ tablets, quick }) {
    const [from, to] = [await tablets.open(quietWindow), await tablets.open(quietWindow)]
    await from.page.evaluate(async () => {
      await window.bench.pullAll()
      await window.bench.receiveSome(50)
      await window.bench.pushAll()
    })
    await to.page.evaluate(() => window.bench.pullAll())
    for (const { page } of [from, to]) await page.evaluate(() => window.bench.lead())
    const ids = await from.page.evaluate(() => window.bench.openIds())
    const rounds: Round[] = []
    const count = quick ? 30 : 150
    for (let index = 0; index < count + 10; index += 1) {
      const one = await oneRound(from, to, { id: ids[index % ids.length] ?? '', text: `示例备注 ${index}` })
      if (index >= 10) rounds.push(one)
    }
    await Promise.all([from.close(), to.close()])
    const [seen, push] = [rounds.map(({ seenMs }) => seenMs), rounds.map(({ pushMs }) => pushMs)]
    return [
      figure({
        id: 'propagation',
        label: 'a tap on one tablet → on another tablet’s list, live',
        ours: seen,
        raw: push,
        rawLabel: 'the one push request of the same edit',
        reach: 2,
        facts: { p95Ratio: p95(seen) / median(push), p95Ms: p95(seen), rawP99Ms: statsOf(push).p99 },
      }),
    ]
  },
}

function p95(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.ceil(sorted.length * 0.95) - 1] ?? Number.NaN
}
