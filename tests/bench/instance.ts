import { createApp } from '../../server/http/app.ts'
import { listen } from '../../server/http/listen.ts'
import { createLog } from '../../server/http/log.ts'
import { openPool } from '../../server/db/pg.ts'
import { createStore } from '../../server/db/store.ts'
import { usualLimits } from '../../server/sync/push-limits.ts'
import { openWake } from '../../server/sync/index.ts'

/** What an instance tells when asked: memory in bytes, processor time in µs since it began. */
export interface Usage {
  readonly rss: number
  readonly cpuUs: number
}

// One server instance in a process of its own: beside others over the same Postgres, and measured alone.
const pool = openPool(process.argv[2] ?? '')
const wake = openWake(pool.db)
// As in bench-server.ts: one machine plays fifty windows.
const pushLimits = { ...usualLimits, aMinute: 1_000_000 }
const deps = {
  db: pool.db,
  store: createStore(pool.db),
  log: createLog('silent'),
  wake,
  pushLimits,
  now: () => Date.now(),
}
const app = createApp(deps, { clientFolder: '/nowhere', isTls: false, isStopping: () => false })
const server = await listen(app, { host: '127.0.0.1', port: 0, tls: null })
process.on('message', () => {
  globalThis.gc?.()
  const { user, system } = process.cpuUsage()
  process.send?.({ rss: process.memoryUsage.rss(), cpuUs: user + system } satisfies Usage)
})
process.on('disconnect', () => process.exit(0))
process.send?.({ port: server.port })
