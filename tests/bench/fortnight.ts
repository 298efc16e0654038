import { canonicalJson } from '../../shared/core/canonical.ts'
import { sha256Hex } from '../../server/sync/crypto.ts'
import type { Tablet } from './browser.ts'
import { hallId } from './bench-server.ts'
import { figure, median } from './figures.ts'
import type { Bench, Workload } from './workload.ts'

const place = 'teaching'
const dayMs = 86_400_000

/** What the server holds of the window, hashed as a tablet hashes it; and where the hall stands. */
async function record({ server }: Bench): Promise<{ hash: string; cases: number; pos: number; log: number }> {
  const sql = server.pg.ownerSql
  const rows = await sql<{ id: string; ver: number; image: unknown }[]>`
    select c.id, c.ver, c.image from hall.cases c join hall.scope_index s
      on s.hall_id = c.hall_id and s.agg_id = c.id and s.kind = 'case' and s.op = 'set'
      where c.hall_id = ${hallId} and s.scope = ${`window:${place}`}`
  // What the tablets do; the system's own acts (twins found, reminders) stand in the log beside them.
  const [clock] = await sql<{ pos: number; log: number }[]>`
    select pos::integer as pos, (select count(*)::integer from hall.command_log where type in ('case.receive', 'case.conclude')) as log
      from hall.hall_clock where hall_id = ${hallId}`
  const lines = rows.map(({ id, ver, image }) => canonicalJson([id, ver, image])).sort()
  return { hash: sha256Hex(lines.join('\n')), cases: lines.length, pos: clock?.pos ?? 0, log: clock?.log ?? 0 }
}

/** The record once the hall stands still: what the system does about so many acts (twins found) goes on behind them. */
async function atRest(bench: Bench): Promise<Awaited<ReturnType<typeof record>>> {
  for (let last = await record(bench); ;) {
    await new Promise((resolve) => setTimeout(resolve, 3_000))
    const now = await record(bench)
    if (now.pos === last.pos) return now
    last = now
  }
}

async function openAll({ tablets }: Bench, count: number): Promise<Tablet[]> {
  const opened: Tablet[] = []
  for (let index = 0; index < count; index += 1) {
    const tablet = await tablets.open(place)
    await tablet.page.evaluate(() => window.bench.pullAll())
    opened.push(tablet)
  }
  return opened
}

/** Two weeks without a network on ten tablets of one window, and then everybody back at once. */
export const fortnight: Workload = {
  id: 'fortnight',
  size: 0,
  async run(bench) {
    const [count, days, casesADay] = bench.quick ? [3, 14, 5] : [10, 14, 60]
    const before = await record(bench)
    const all = await openAll(bench, count)
    const worked = performance.now()
    await Promise.all(all.map(({ page }) => page.evaluate((how) => window.bench.workDays(how), { days, casesADay })))
    const workMs = performance.now() - worked
    bench.server.skip(days * dayMs)
    bench.server.takeHandled('')
    const back = performance.now()
    const settled = await Promise.all(all.map(({ page }) => page.evaluate(() => window.bench.comeBack())))
    const settledMs = performance.now() - back
    const after = await atRest(bench)
    await Promise.all(all.map(({ page }) => page.evaluate((pos) => window.bench.reachPosition(pos), after.pos)))
    const equalMs = performance.now() - back
    const stands = await Promise.all(all.map(({ page }) => page.evaluate(() => window.bench.standing())))
    const acts = count * days * casesADay * 2
    const sum = (of: (one: (typeof stands)[number]) => number): number => stands.reduce((n, one) => n + of(one), 0)
    if (after.log - before.log !== acts) throw new Error(`${after.log - before.log} of ${acts} acts stand in the log`)
    const other = stands.find(({ hash }) => hash !== after.hash)
    if (other) throw new Error(`a tablet holds other cases (${other.cases}) than the server (${after.cases})`)
    await Promise.all(all.map((tablet) => tablet.close()))
    return [
      figure({
        id: 'fortnight',
        label: `${count} tablets × 14 days × ${casesADay} cases without a network, all back at once: ms to settle, a tablet`,
        ours: settled,
        facts: {
          acts,
          applied: sum(({ applied }) => applied),
          held: sum(({ held }) => held),
          workMs,
          settledMs,
          equalMs,
          cases: after.cases,
          heapMb: Math.max(...stands.map(({ heapBytes }) => heapBytes)) / 1_048_576,
          serverRssMb: process.memoryUsage.rss() / 1_048_576,
          pushMs: median(bench.server.takeHandled('/sync/v1/push').map(({ ms }) => ms)),
        },
      }),
    ]
  },
}
