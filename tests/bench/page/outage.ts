import { canonicalJson } from '../../../shared/core/canonical.ts'
import { tabletStore } from '../../../client/local/db.ts'
import { sha256Hex } from '../../../client/local/keys.ts'
import { oldestOpen } from '../../../client/local/meta.ts'
import { startSync } from '../../../client/sync/start-sync.ts'
import { receiveSome } from './tablet.ts'
import { skipTo } from './timed-engine.ts'

const dayMs = 86_400_000

/** Work through days without a network: so many cases a day, each received and concluded. */
export async function workDays({ days, casesADay }: { days: number; casesADay: number }): Promise<void> {
  for (let day = 0; day < days; day += 1) {
    skipTo(day * dayMs)
    await receiveSome(casesADay, true)
  }
}

/** The network is back: send and pull as the app does until nothing is open any more; ms it took. */
export async function comeBack(): Promise<number> {
  const device = await tabletStore().transact('read', ['meta'], (tx) => tx.get('meta', 'device'))
  if (device?.key !== 'device') throw new Error('not enrolled')
  const from = performance.now()
  startSync(device.hallId)
  await untilTrue(async () => !(await tabletStore().transact('read', ['outcome'], oldestOpen)))
  return performance.now() - from
}

/** Wait until every scope stands at a position of the hall. */
export async function reachPosition(pos: number): Promise<void> {
  await untilTrue(async () => {
    const scopes = await tabletStore().transact('read', ['scope'], (tx) => tx.all('scope'))
    return scopes.every(({ cursor, stamp }) => cursor >= pos && stamp === null)
  })
}

/** What the tablet holds: a hash over every case in it, how the acts ended, and how much of it there is. */
export async function standing() {
  const [cases, acts] = await tabletStore().transact('read', ['view', 'outcome'], async (tx) => [
    (await tx.all('view')).filter(({ kind }) => kind === 'case'),
    await tx.all('outcome'),
  ])
  const rows = cases.map(({ id, ver, image }) => canonicalJson([id, ver, image])).sort()
  const memory = Reflect.get(performance, 'memory') as { usedJSHeapSize: number } | undefined
  return {
    hash: await sha256Hex(rows.join('\n')),
    cases: rows.length,
    held: acts.filter(({ outcome }) => outcome === 'held').length,
    applied: acts.filter(({ outcome }) => outcome === 'applied').length,
    heapBytes: memory?.usedJSHeapSize ?? 0,
  }
}

async function untilTrue(isTrue: () => Promise<boolean>): Promise<void> {
  while (!(await isTrue())) await new Promise((resolve) => setTimeout(resolve, 100))
}
