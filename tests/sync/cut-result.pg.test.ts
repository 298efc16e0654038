import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openPool, type Pool } from '../../server/db/pg.ts'
import { testDatabase, type TestDatabase } from '../support/postgres.ts'

let pg: TestDatabase
let pool: Pool
beforeAll(async () => {
  pg = await testDatabase()
  pool = openPool(pg.urls.appUrl, 1)
})
afterAll(async () => {
  await pool.close()
  await pg.stop()
})

test('[F21] a statement that fails after its first rows leaves no hole in what the next one on the line finds', async () => {
  for (const rows of [1, 3]) {
    const failing = sql`select n, 1 / (${rows}::int + 1 - n) from generate_series(1, 9) n`
    await expect(pool.db.execute(failing)).rejects.toThrow()
    const found = await pool.db.execute<{ n: number }>(sql`select 7 as n union all select 8 order by n`)
    expect(found.map(({ n }) => n)).toEqual([7, 8])
    expect([found[0]?.n, found.length]).toEqual([7, 2])
  }
})

test('[F21] nor does a line that was ended in the middle of its rows and opened again', async () => {
  const pid = (await pool.db.execute<{ pid: number }>(sql`select pg_backend_pid() as pid`))[0]?.pid ?? 0
  // Enough rows to be sent before the rest is waited for; the cut comes from another line.
  const long = pool.db.execute(sql`select n, repeat('x', 900), case when n > 50 then pg_sleep(1) end
    from generate_series(1, 60) n`)
  const cut = (async () => {
    await expect
      .poll(async () => {
        const [row] = await pg.appSql`select wait_event as at from pg_stat_activity where pid = ${pid}`
        return row?.['at']
      })
      .toBe('PgSleep')
    await pg.appSql`select pg_terminate_backend(${pid}::int)`
  })()
  await expect(long).rejects.toThrow()
  await cut
  // The driver may give the line's end to the next statement too, which then has not run.
  const next = () => pool.db.execute<{ n: number }>(sql`select 7 as n`).catch(() => null)
  let found = await next()
  for (let tries = 0; found === null && tries < 20; tries += 1) found = await next()
  expect([found?.[0]?.n, found?.length]).toEqual([7, 1])
})
