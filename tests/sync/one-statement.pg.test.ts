import { ESLint } from 'eslint'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openClient } from '../../server/db/pg.ts'
import { usualLimits } from '../../server/sync/push-limits.ts'
import { act, pushOf } from '../support/forge.ts'
import { testDatabase, type TestDatabase } from '../support/postgres.ts'
import { receiving } from './forged-hall.ts'
import { pushRaw, servedHall, signerAt, tabletAt, type ServedHall } from './forged-server.ts'

const root = join(import.meta.dirname, '../..')
let pg: TestDatabase
let hall: ServedHall
beforeAll(async () => {
  pg = await testDatabase()
  // What a device may send in a minute is not what is tried here.
  hall = await servedHall(pg, { pushLimits: { ...usualLimits, aMinute: 1_000_000 } })
})
afterAll(async () => {
  await hall.wake.close()
  await pg.stop()
})

/** What the house's lint finds of the one rule when a text stands in a file of the server. */
async function found(lint: ESLint, file: string, statement: string): Promise<number> {
  const text = `import type { Client, Db } from './pg.ts'
/** Planted (F54). */
export const planted = async (sql: Client, db: Db): Promise<unknown> => ${statement}\n`
  const [result] = await lint.lintText(text, { filePath: join(root, file) })
  expect(result?.fatalErrorCount, `${file}: ${statement}`).toBe(0)
  return result?.messages.filter(({ ruleId }) => ruleId === 'no-restricted-syntax').length ?? 0
}

const plants = [
  'sql.begin(async (tx) => tx`select 1`)',
  "sql['begin'](async (tx) => tx`select 1`)",
  'sql.reserve()',
  'db.transaction(async (tx) => tx.execute("select 1"))',
  'sql`begin`',
  'sql` START TRANSACTION isolation level serializable`',
  "sql.unsafe('begin')",
  "db.execute('start transaction')",
]

test('[F54] [D1] lint finds every planted transaction in the server, and only migrate.ts may hold one', async () => {
  const lint = new ESLint({ cwd: root, overrideConfigFile: join(root, 'tests/house/eslint.config.ts') })
  for (const plant of plants) expect(await found(lint, 'server/db/store.ts', plant), plant).toBe(1)
  for (const honest of ['sql`select 1`', "db.execute('select 1')", "sql.unsafe('select begin_at from x')"])
    expect(await found(lint, 'server/db/store.ts', honest), honest).toBe(0)
  expect(await found(lint, 'server/db/migrate.ts', plants[0]!)).toBe(0)
}, 240_000)

/** Looks without a pause at the lines of the server's role, as itself: nobody else is told their state. */
async function watched(): Promise<{ stop(): Promise<{ looks: number; idle: number; active: number }> }> {
  const eye = openClient(pg.urls.appUrl, { max: 1, statementTimeoutMs: 5000, name: 'test-eye' })
  const seen = { looks: 0, idle: 0, active: 0 }
  let isOver = false
  const watching = (async () => {
    while (!isOver) {
      const [row] = await eye<{ idle: number; active: number }[]>`
        select count(*) filter (where state like 'idle in transaction%')::int as idle,
          count(*) filter (where state = 'active')::int as active
        from pg_stat_activity where usename = current_user and pid <> pg_backend_pid()`
      seen.looks += 1
      seen.idle += row?.idle ?? 0
      seen.active += row?.active ?? 0
    }
  })()
  return {
    stop: async () => {
      isOver = true
      await watching
      await eye.end({ timeout: 5 })
      return seen
    },
  }
}

test('[F54] [D1] [P6] backends ended under a load of pushes: no line ever idles in a transaction, each act is there once', async () => {
  const tablets = await Promise.all(
    ['YA', 'YB', 'YC', 'YD'].map(async (lane) => {
      const tablet = await tabletAt(hall, lane)
      return { tablet, signer: await signerAt(hall, tablet, { id: `actor-${lane}` }) }
    }),
  )
  const eye = await watched()
  let isLoaded = true
  let ended = 0
  const killer = (async () => {
    const knife = openClient(pg.urls.appUrl, { max: 1, statementTimeoutMs: 5000, name: 'test-knife' })
    while (isLoaded) {
      const rows = await knife`select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and application_name = 'changkai' and state = 'active'`
      ended += rows.length
      await sleep(40)
    }
    await knife.end({ timeout: 5 })
  })()
  const statuses = new Set<number>()
  await Promise.all(
    tablets.map(async ({ tablet, signer }) => {
      for (let n = 1; n <= 12; n += 1) {
        const body = JSON.stringify(pushOf(tablet, n, [act(tablet, signer, receiving(tablet))]))
        for (let status = 0; status !== 200;) {
          status = (await pushRaw(hall, tablet, body)).status
          statuses.add(status)
        }
      }
    }),
  )
  // A load that no cut has met proves nothing: go on asking until one has.
  while (ended === 0) expect((await pushRaw(hall, tablets[0]!.tablet, '{}')).status).toBeLessThan(504)
  isLoaded = false
  await killer
  const seen = await eye.stop()
  expect([...statuses].filter((status) => status !== 200 && status !== 503)).toEqual([])
  expect(seen.looks).toBeGreaterThan(20)
  expect(seen.active).toBeGreaterThan(0)
  expect(seen.idle).toBe(0)
  const streams = tablets.map(({ tablet }) => tablet.streamId)
  const [row] = await pg.appSql<{ n: number; ids: number; steps: number }[]>`
    select count(*)::int as n, count(distinct cmd_id)::int as ids, count(distinct (stream_id, seq))::int as steps
    from hall.command_log where stream_id in ${pg.appSql(streams)}`
  expect(row).toEqual({ n: 48, ids: 48, steps: 48 })
})

test('[F54] a transaction held over two statements would be seen by that watch', async () => {
  const planted = openClient(pg.urls.appUrl, { max: 1, statementTimeoutMs: 5000, name: 'test-planted' })
  const eye = await watched()
  await planted.begin(async (tx) => {
    await tx`select 1`
    await sleep(500)
  })
  await planted.end({ timeout: 5 })
  expect((await eye.stop()).idle).toBeGreaterThan(0)
})
