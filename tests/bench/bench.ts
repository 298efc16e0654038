import { benchHall } from './bench-hall.ts'
import { startServer, type BenchServer } from './bench-server.ts'
import { buildApp, buildPage, dropFolder, openTablets, type Tablets } from './browser.ts'
import { catchUpLarge, catchUpSmall } from './catch-up.ts'
import { coldOpen } from './cold-open.ts'
import type { Figure } from './figures.ts'
import { fortnight } from './fortnight.ts'
import { firstPull } from './first-pull.ts'
import { editEmpty, editFull } from './local-edit.ts'
import { lights, search } from './search.ts'
import { idleLive } from './idle-live.ts'
import { readOptions, type Options } from './options.ts'
import { propagation } from './propagation.ts'
import { pushQueue } from './push-queue.ts'
import { growthLine, growthOf, linesOf, writeResults } from './report.ts'
import { stormOne, stormTwo } from './storm.ts'
import type { Workload } from './workload.ts'

/** In rising order of size: the hall only grows. */
const workloads: readonly Workload[] = [
  search,
  lights,
  editEmpty,
  propagation,
  idleLive,
  stormOne,
  stormTwo,
  firstPull,
  pushQueue,
  catchUpSmall,
  coldOpen,
  editFull,
  catchUpLarge,
  fortnight, // the last: afterwards the server's clock is two weeks ahead
]

const say = (line: string): void => {
  process.stdout.write(`${line}\n`)
}

async function measure(options: Options, server: BenchServer, tablets: Tablets): Promise<Figure[]> {
  const hall = benchHall(server, tablets)
  const bench = { server, tablets, hall, quick: options.quick }
  const figures: Figure[] = []
  try {
    for (const workload of workloads) {
      if (options.only.length > 0 && !options.only.includes(workload.id)) continue
      const from = performance.now()
      const found = await workload.run(bench)
      for (const one of found) say(linesOf(one).join('\n'))
      say(`    (${((performance.now() - from) / 1000).toFixed(0)} s)`)
      figures.push(...found)
    }
  } finally {
    await hall.close()
  }
  return figures
}

async function run(args: readonly string[]): Promise<void> {
  const options = readOptions(
    args,
    workloads.map(({ id }) => id),
  )
  const folders = [await buildPage(), await buildApp()] as const
  const server = await startServer(...folders)
  try {
    const tablets = openTablets(server)
    const [row] = await server.pg.ownerSql<{ version: string }[]>`select current_setting('server_version') as version`
    const figures = await measure(options, server, tablets)
    for (const growth of growthOf(figures)) say(growthLine(growth))
    writeResults(options, { chromium: tablets.version(), postgres: row?.version ?? '' }, figures)
    say(`written to ${options.out}`)
  } finally {
    await server.stop()
    for (const folder of folders) dropFolder(folder)
  }
}

// An ended run must leave no Postgres: the hook of `testDatabase` sits on `exit`.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1))

await run(process.argv.slice(2))
