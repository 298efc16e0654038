import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openGate } from '../../server/db/gate.ts'
import { openPool } from '../../server/db/pg.ts'
import { createStore, openHall, openStream } from '../../server/db/store.ts'
import { StoreConflict, StoreUnavailable, type AppendBatch, type Store } from '../../server/sync/store-verbs.ts'
import { pgProxy } from '../support/pg-proxy.ts'
import { testDatabase, type TestDatabase } from '../support/postgres.ts'
import { caseBatch } from './batches.ts'

let pg: TestDatabase
beforeAll(async () => {
  pg = await testDatabase()
})
afterAll(() => pg.stop())

const newHall = async () => {
  const [hallId, streamId] = [`hall-${randomUUID()}`, `s-${randomUUID()}`]
  await openHall(pg.db, hallId, randomUUID())
  await openStream(pg.db, { hallId, streamId, branch: 0, deviceId: 'd1', lane: null })
  return { hallId, streamId }
}

const isLogged = async (store: Store, batch: AppendBatch): Promise<boolean> => {
  const { hallId, streamId, log } = batch
  const cmdIds = log.map((entry) => entry.cmdId)
  const ask = { hallId, streamId, branch: 0, aggs: [], grantIds: [], numbers: [], seqs: { from: 1, to: 0 }, cmdIds }
  return (await store.load(ask)).knownCmdIds.length === cmdIds.length
}

test('[F18] the answer to append is lost: the outcome is looked up by command id, the batch is there once, a repeat is a conflict', async () => {
  const { hallId, streamId } = await newHall()
  const proxy = await pgProxy(pg.urls.appUrl)
  const pool = openPool(proxy.url, 1)
  try {
    const store = createStore(pool.db)
    const batch = caseBatch({ hallId, streamId, at: 0, id: 'c1', ver0: 0, set: ['w1'] })
    expect(await isLogged(store, batch)).toBe(false)
    proxy.loseNextAnswer()
    const answer = store.append(batch).then(
      () => 'answered',
      (error: unknown) => error,
    )
    await expect.poll(() => isLogged(pg.store, batch)).toBe(true)
    proxy.cut()
    expect(await answer).toBeInstanceOf(StoreUnavailable)
    proxy.mute(false)
    expect(await isLogged(store, batch)).toBe(true)
    await expect(store.append(batch)).rejects.toBeInstanceOf(StoreConflict)
  } finally {
    await pool.close()
    await proxy.close()
  }
})

test('[F21] backends ended under 60 appends: each is known written or not, none twice, and the pool goes on', async () => {
  const { hallId } = await newHall()
  const streams = await Promise.all(
    Array.from({ length: 6 }, async (_, i) => {
      const streamId = `k${String(i)}-${randomUUID()}`
      await openStream(pg.db, { hallId, streamId, branch: 0, deviceId: 'd', lane: null })
      return streamId
    }),
  )
  let writing = true
  let cuts = 0
  const killer = (async () => {
    while (writing) {
      await pg.appSql`select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and application_name = 'changkai-killed'`
      await sleep(60)
    }
  })()
  const killed = new URL(pg.urls.appUrl)
  killed.searchParams.set('application_name', 'changkai-killed')
  const pool = openPool(killed.href, 4)
  const store = createStore(pool.db)
  const write = async (batch: AppendBatch): Promise<void> => {
    for (;;) {
      try {
        await store.append(batch)
        return
      } catch (error) {
        if (error instanceof StoreConflict) expect(await isLogged(pg.store, batch)).toBe(true)
        else expect(error).toBeInstanceOf(StoreUnavailable)
        cuts += 1
        if (await isLogged(pg.store, batch)) return
      }
    }
  }
  await Promise.all(
    streams.map(async (streamId) => {
      for (let at = 0; at < 10; at += 1) {
        await write(caseBatch({ hallId, streamId, at, id: `${streamId}-${String(at)}`, ver0: 0, set: ['w1'] }))
      }
    }),
  )
  writing = false
  await killer
  await pool.close()
  const [row] =
    await pg.appSql`select count(*)::int as n, max(pos)::int as top from hall.command_log where hall_id = ${hallId}`
  expect(row).toEqual({ n: 60, top: 60 })
  expect(cuts).toBeGreaterThan(0)
})

test('[F20] all connections busy: the caller is told while they still are, instead of waiting for them', async () => {
  const { hallId } = await newHall()
  const pool = openPool(pg.urls.appUrl, 2)
  const gate = openGate({ slots: 2, waitMs: 300, answerMs: 5000 })
  const store = createStore(pool.db, gate)
  const page = { hallId, streamId: null, firstUnsettled: 1, since: 0, scopes: [], limit: 1, touched: [] }
  const busy = [0, 1].map(() => gate(() => pool.client`select pg_sleep(1.2)`.execute()))
  let freed = 0
  const all = Promise.all(busy.map((one) => one.then(() => (freed += 1))))
  await expect(store.page(page)).rejects.toBeInstanceOf(StoreUnavailable)
  expect(freed).toBe(0)
  await all
  expect(await store.page(page)).toMatchObject({ pos: 0 })
  await pool.close()
})

test('[F16] a Postgres that says nothing: the statement is given up, later ones are refused at once, and it heals', async () => {
  const { hallId, streamId } = await newHall()
  const proxy = await pgProxy(pg.urls.appUrl)
  const pool = openPool(proxy.url, 1)
  const store = createStore(pool.db, openGate({ slots: 1, waitMs: 100, answerMs: 1000 }))
  const page = { hallId, streamId, firstUnsettled: 1, since: 0, scopes: [], limit: 1, touched: [] }
  try {
    await store.page(page)
    proxy.mute(true)
    await expect(store.page(page)).rejects.toThrow('no answer in time')
    await expect(Promise.all([store.page(page), store.page(page)])).rejects.toThrow('no free connection')
    proxy.mute(false)
    proxy.cut()
    await expect.poll(() => store.page(page).catch(() => null), { timeout: 5000 }).toMatchObject({ pos: 0 })
  } finally {
    await pool.close()
    await proxy.close()
  }
})

test('[P19] an error of the store does not carry what was written', async () => {
  const { hallId, streamId } = await newHall()
  const good = caseBatch({ hallId, streamId, at: 0, id: 'c1', ver0: 0, image: { name: '示例张三' }, set: ['w1'] })
  const broken = { ...good, log: good.log.map((entry) => ({ ...entry, cmdId: '示例张三' })) }
  const error = await pg.store.append(broken).then(
    () => null,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(Error)
  expect(JSON.stringify(error, Object.getOwnPropertyNames(error)) + String(error)).not.toContain('示例')
  expect(error instanceof Error ? error.cause : '').toBeUndefined()
})
