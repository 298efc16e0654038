import { expect, test } from 'vitest'
import { openPool } from '../../server/db/pg.ts'
import { openWake } from '../../server/sync/index.ts'
import { hintStream } from '../../server/sync/live.route.ts'
import { until } from '../http/server-process.ts'
import { act } from '../support/forge.ts'
import { eventsOf } from './event-reader.ts'
import { receiving } from './forged-hall.ts'
import { ask, pushTo, servedHall, signerAt, tabletAt } from './forged-server.ts'
import { givenHall } from './given-hall.ts'

const given = givenHall()

test('[OFF-3] live says hello with epoch and position, then pokes when the hall moves', async () => {
  const tablet = await tabletAt(given.hall, 'CA')
  const a = await signerAt(given.hall, tablet)
  const answer = await ask(given.hall, tablet, '/sync/v1/live')
  expect(answer.headers.get('content-type')).toBe('text/event-stream')
  expect(answer.headers.get('cache-control')).toBe('no-cache, no-transform')
  expect(answer.headers.get('x-accel-buffering')).toBe('no')
  if (!answer.body) throw new Error('no stream')
  const events = eventsOf(answer.body)
  const hello = await events.next()
  expect(hello?.event).toBe('hello')
  const frame = await pushTo(given.hall, tablet, 1, [act(tablet, a, receiving(tablet))])
  expect(await events.next()).toEqual({ event: 'pos', hint: { epoch: frame.epoch, pos: frame.pos } })
  expect(frame.pos).toBe((hello?.hint.pos ?? 0) + 1)
  await events.cancel()
})

test('[R18] another instance hears of a push by NOTIFY, within a second', async () => {
  const tablet = await tabletAt(given.hall, 'CB')
  const a = await signerAt(given.hall, tablet)
  const before = await listeners()
  const pool = openPool(given.pg.urls.appUrl, 2)
  // This instance never reads the clock by itself: what it hears is the NOTIFY.
  const elsewhere = openWake(pool.db, { everyMs: 3_600_000 })
  const events = eventsOf(hintStream(elsewhere, { hallId: 'nbu' }))
  await events.next()
  await until(async () => (await listeners()) > before)
  const frame = await pushTo(given.hall, tablet, 1, [act(tablet, a, receiving(tablet))])
  expect((await events.next())?.hint.pos).toBe(frame.pos)
  await elsewhere.close()
  expect(await events.next()).toBeNull()
  await pool.close()
})

test('[R18] with every NOTIFY lost, the next reading of the clock tells it', async () => {
  const tablet = await tabletAt(given.hall, 'CC')
  const a = await signerAt(given.hall, tablet)
  const pool = openPool(given.pg.urls.appUrl, 2)
  const deaf = openWake(pool.db)
  const events = eventsOf(hintStream(deaf, { hallId: 'nbu' }))
  await events.next()
  const silent = await servedHall(given.pg, { wake: { ...given.hall.wake, appended: () => undefined } })
  const frame = await pushTo(silent, tablet, 1, [act(tablet, a, receiving(tablet))])
  expect((await events.next())?.hint.pos).toBe(frame.pos)
  await deaf.close()
  await silent.wake.close()
  await pool.close()
})

test('[R9] a listener that has gone away is forgotten', async () => {
  const tablet = await tabletAt(given.hall, 'CD')
  const a = await signerAt(given.hall, tablet)
  const wake = openWake(given.pg.db)
  const heard: number[] = []
  const stop = wake.follow('nbu', { hint: ({ pos }) => heard.push(pos), end: () => heard.push(-1) })
  await until(() => heard.length > 0)
  stop()
  const frame = await pushTo(given.hall, tablet, 1, [act(tablet, a, receiving(tablet))])
  wake.appended('nbu', frame.pos)
  await wake.close()
  expect(heard).toHaveLength(1)
})

async function listeners(): Promise<number> {
  const rows = await given.pg.appSql<{ n: number }[]>`select count(*)::int as n from pg_stat_activity
    where datname = current_database() and query ilike 'listen %'`
  return rows[0]?.n ?? 0
}
