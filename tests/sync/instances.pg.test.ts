import { afterAll, beforeAll, expect, test } from 'vitest'
import { codeOf } from '../../server/db/errors.ts'
import { openClient, openLine, openPool } from '../../server/db/pg.ts'
import { createStore } from '../../server/db/store.ts'
import { openWake, type Wake } from '../../server/sync/index.ts'
import { hintStream } from '../../server/sync/live.route.ts'
import { until } from '../http/server-process.ts'
import { act } from '../support/forge.ts'
import { openPooler, type Pooler } from '../support/pooler.ts'
import { testDatabase, type TestDatabase } from '../support/postgres.ts'
import { eventsOf } from './event-reader.ts'
import { receiving } from './forged-hall.ts'
import { ask, logOf, pushTo, servedHall, signerAt, tabletAt, type ServedHall } from './forged-server.ts'

/** Longer than any test: what an instance then hears it has been told. */
const never = 3_600_000

let pg: TestDatabase
let hall: ServedHall
let pooler: Pooler
beforeAll(async () => {
  pg = await testDatabase()
  hall = await servedHall(pg)
  pooler = await openPooler(pg.urls.appUrl, 2)
})
afterAll(async () => {
  await hall.wake.close()
  await pooler.close()
  await pg.stop()
})

/** Another instance of the server: its pool through the pooler, its LISTEN straight to Postgres. */
async function instance(everyMs = never) {
  const pool = openPool(pooler.url, 10)
  const line = openLine(pg.urls.appUrl)
  const wake = openWake(pool.db, { line, everyMs })
  const served = await servedHall(pg, { db: pool.db, store: createStore(pool.db), wake })
  const close = async () => {
    await Promise.all([wake.close(), served.wake.close()])
    await Promise.all([line.end({ timeout: 1 }), pool.close()])
  }
  return { served, wake, pool, close }
}

const isListening = async (): Promise<boolean> => {
  const rows = await pg.appSql`select from pg_stat_activity
    where datname = current_database() and query ilike 'listen %'`
  return rows.length > 0
}

test('[issue B.4] through a transaction pooler: five tablets push on one instance, another’s tablets are woken, two server connections', async () => {
  const [one, two] = [await instance(), await instance()]
  const watcher = await tabletAt(hall, 'PZ')
  const live = await ask(two.served, watcher, '/sync/v1/live')
  const events = eventsOf(live.body!)
  expect((await events.next())?.event).toBe('hello')
  await until(isListening)
  const tablets = await Promise.all(['PA', 'PB', 'PC', 'PD', 'PE'].map((lane) => tabletAt(hall, lane)))
  const frames = await Promise.all(
    tablets.map(async (tablet) => {
      const a = await signerAt(hall, tablet, { id: `a-${tablet.lane}` })
      let last = 0
      for (const from of [1, 6, 11, 16]) {
        const commands = Array.from({ length: 5 }, () => act(tablet, a, receiving(tablet)))
        last = (await pushTo(one.served, tablet, from, commands)).pos
      }
      return last
    }),
  )
  await events.reaches(Math.max(...frames))
  for (const tablet of tablets) expect(await logOf(hall, tablet)).toHaveLength(20)
  const [limit] = await two.pool.client<{ is: string }[]>`select current_setting('statement_timeout') as is`
  expect(limit?.is).toBe('3s')
  expect(pooler.lines()).toBeLessThanOrEqual(2)
  await events.cancel()
  await Promise.all([one.close(), two.close()])
})

test('[issue B.4] the pooler is a strict one: a startup parameter it does not follow is refused, as the pool once sent', async () => {
  const strange = openClient(pooler.url, { max: 1, statementTimeoutMs: 3000, name: 'strange' })
  expect(codeOf(await strange`select 1`.catch((error: unknown) => error))).toBe('08P01')
  await strange.end({ timeout: 1 })
})

test('[R18] the LISTEN line is lost between the commit and the NOTIFY: on its return the clock is read, and nothing is missed', async () => {
  const [one, two] = [await instance(), await instance()]
  const tablet = await tabletAt(hall, 'RA')
  const a = await signerAt(hall, tablet)
  const events = eventsOf(hintStream(two.wake, { hallId: 'nbu' }))
  await events.next()
  await until(isListening)
  for (const from of [1, 2, 3]) {
    await pg.appSql`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and query ilike 'listen %'`
    const frame = await pushTo(one.served, tablet, from, [act(tablet, a, receiving(tablet))])
    await events.reaches(frame.pos)
    await until(isListening)
  }
  const frame = await pushTo(one.served, tablet, 4, [act(tablet, a, receiving(tablet))])
  await events.reaches(frame.pos)
  await Promise.all([one.close(), two.close()])
})

test('[OFF-3] a hall that moves 300 times at once is told to other instances at most every 100 ms, its last position too', async () => {
  const line = openLine(pg.urls.appUrl)
  const heard: { at: number; payload: string }[] = []
  await line.listen('changkai_hall', (payload) => heard.push({ at: performance.now(), payload }))
  const wake = openWake(pg.db, { everyMs: never })
  const from = performance.now()
  for (let pos = 1; pos <= 300; pos += 1) {
    wake.appended('elsewhere', pos)
    if (pos % 50 === 0) await new Promise((resolve) => setTimeout(resolve, 20))
  }
  await until(() => heard.at(-1)?.payload === 'elsewhere:300')
  const mine = heard.filter(({ payload }) => payload.startsWith('elsewhere:'))
  expect(mine.length).toBeLessThanOrEqual(2 + (performance.now() - from) / 100)
  expect(mine.length).toBeLessThan(10)
  await wake.close()
  await line.end({ timeout: 1 })
})

/** An instance whose readings of the clock are counted. */
function counted(everyMs: number) {
  const readings: string[] = []
  const pool = openPool(pg.urls.appUrl, 2)
  const execute = pool.db.execute.bind(pool.db)
  pool.db.execute = ((statement: Parameters<typeof execute>[0]) => {
    readings.push('read')
    return execute(statement)
  }) as typeof pool.db.execute
  return { readings, wake: openWake(pool.db, { everyMs }), close: () => pool.close() }
}

test('[R9] 200 tablets that come back at once are greeted by two readings, and a newcomer pokes nobody else', async () => {
  const one = counted(never)
  const heard = Array.from({ length: 201 }, () => 0)
  const follow = (wake: Wake, i: number) =>
    wake.follow('nbu', { hint: () => void (heard[i] = (heard[i] ?? 0) + 1), end: () => undefined })
  for (let i = 0; i < 200; i += 1) follow(one.wake, i)
  await until(() => heard.slice(0, 200).every((count) => count > 0))
  await until(isListening)
  expect(one.readings.length).toBeLessThanOrEqual(3)
  follow(one.wake, 200)
  await until(() => heard[200] === 1)
  expect(heard).toEqual(Array.from({ length: 201 }, () => 1))
  await one.wake.close()
  await one.close()
})

test('[P12] the stream of a revoked tablet ends within a reading, on any instance; others go on', async () => {
  const two = await instance(50)
  const [lost, other] = [await tabletAt(hall, 'QA'), await tabletAt(hall, 'QB')]
  const streams = await Promise.all(
    [lost, other].map(async (tablet) => eventsOf((await ask(two.served, tablet, '/sync/v1/live')).body!)),
  )
  for (const stream of streams) expect((await stream.next())?.event).toBe('hello')
  await pg.appSql`update hall.device set revoked_at = '2026-11-20T03:00:00Z' where id = ${lost.deviceId}`
  expect(await streams[0]!.next()).toBeNull()
  expect((await ask(two.served, lost, '/sync/v1/live')).status).toBe(403)
  const a = await signerAt(hall, other)
  const frame = await pushTo(hall, other, 1, [act(other, a, receiving(other))])
  await streams[1]!.reaches(frame.pos)
  await streams[1]!.cancel()
  await two.close()
})
