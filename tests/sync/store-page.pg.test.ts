import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openHall, openStream } from '../../server/db/store.ts'
import type { Page, PageRequest } from '../../server/sync/store-verbs.ts'
import { testDatabase, type TestDatabase } from '../support/postgres.ts'
import { caseBatch, batchOf, logEntry } from './batches.ts'

let pg: TestDatabase
beforeAll(async () => {
  pg = await testDatabase()
})
afterAll(() => pg.stop())

/** A hall with one stream, a writer for it that keeps count, and a reader. */
const newHall = async () => {
  const [hallId, streamId] = [`hall-${randomUUID()}`, `s-${randomUUID()}`]
  await openHall(pg.db, hallId, randomUUID())
  await openStream(pg.db, { hallId, streamId, branch: 0, deviceId: 'd1', lane: null })
  let at = 0
  const vers = new Map<string, number>()
  const write = async (id: string, set: string[], leave: string[] = []): Promise<void> => {
    const ver0 = vers.get(id) ?? 0
    await pg.store.append(caseBatch({ hallId, streamId, at, id, ver0, image: { id, ver: ver0 + 1 }, set, leave }))
    vers.set(id, ver0 + 1)
    at += 1
  }
  const page = (more: Partial<PageRequest>): Promise<Page> =>
    pg.store.page({ hallId, streamId, firstUnsettled: 1, since: 0, scopes: ['w1'], limit: 500, touched: [], ...more })
  return { hallId, streamId, write, page }
}

const ids = (page: Page): string[] => page.rows.map((row) => row.id)

test('[I6] a snapshot gives every aggregate of the scopes once, at its current version, and nothing of other scopes', async () => {
  const { write, page } = await newHall()
  await write('a', ['w1'])
  await write('b', ['w2'])
  await write('c', ['w1', 'w2'])
  await write('a', ['w1'])
  const got = await page({})
  expect(got.rows.map(({ id, ver, scopes, pos }) => ({ id, ver, scopes, pos }))).toEqual([
    { id: 'c', ver: 1, scopes: ['w1'], pos: 3 },
    { id: 'a', ver: 2, scopes: ['w1'], pos: 4 },
  ])
  expect(got.rows[1]?.image).toEqual({ id: 'a', ver: 2 })
  expect(got).toMatchObject({ leaves: [], pos: 4, cursor: 4, lastSeq: 4 })
  const two = await page({ scopes: ['w1', 'w2'] })
  expect(two.rows.map((row) => [row.id, row.scopes])).toEqual([
    ['b', ['w2']],
    ['c', ['w1', 'w2']],
    ['a', ['w1']],
  ])
})

test('[I6] a delta gives what changed after the cursor, and the leaves; a snapshot has none', async () => {
  const { write, page } = await newHall()
  await write('a', ['w1'])
  await write('b', ['w1'])
  await write('a', ['w2'], ['w1'])
  const delta = await page({ since: 2 })
  expect(delta).toMatchObject({ rows: [], leaves: [{ kind: 'case', id: 'a', scope: 'w1', pos: 3 }], cursor: 3 })
  const both = await page({ since: 2, scopes: ['w1', 'w2'] })
  expect(both.rows).toMatchObject([{ id: 'a', ver: 2, scopes: ['w2'], pos: 3 }])
  expect(both.leaves).toHaveLength(1)
  const snapshot = await page({ since: 0 })
  expect(ids(snapshot)).toEqual(['b'])
  expect(snapshot.leaves).toEqual([])
})

test('[I6] an aggregate that comes back into a scope is a row again, no leave', async () => {
  const { write, page } = await newHall()
  await write('a', ['w1'])
  await write('a', ['w2'], ['w1'])
  await write('a', ['w1'], ['w2'])
  expect(await page({ since: 1 })).toMatchObject({ rows: [{ id: 'a', ver: 3, scopes: ['w1'] }], leaves: [] })
})

test('[I10] pages follow each other without gap or double; the cursor of a full page is its last pos', async () => {
  const { write, page } = await newHall()
  for (let n = 0; n < 11; n += 1) await write(`c${String(n % 9)}`, n % 3 === 0 ? ['w1'] : ['w1', 'w2'])
  const seen: string[] = []
  let since = 0
  for (let rounds = 0; rounds < 10; rounds += 1) {
    const got = await page({ since, limit: 4, scopes: ['w1', 'w2'] })
    seen.push(...ids(got))
    expect(got.cursor).toBe(got.rows.length === 4 ? got.rows.at(-1)?.pos : 11)
    since = got.cursor ?? -1
    if (got.rows.length < 4) break
  }
  expect(seen).toEqual(['c2', 'c3', 'c4', 'c5', 'c6', 'c7', 'c8', 'c0', 'c1'])
  expect(since).toBe(11)
})

test('[I10] nothing new, or no scope: the cursor still reaches the hall position', async () => {
  const { write, page } = await newHall()
  await write('a', ['w2'])
  await write('b', ['w2'])
  expect(await page({ since: 1 })).toMatchObject({ rows: [], pos: 2, cursor: 2 })
  expect(await page({ since: 0, scopes: [] })).toMatchObject({ rows: [], cursor: 2 })
})

test('[R5] the answer to a push holds the results asked for and the touched images, as far as the scopes may see them', async () => {
  const { write, page } = await newHall()
  await write('a', ['w1', 'w2'])
  await write('b', ['w2'])
  await write('c', ['w1'])
  await write('c', ['w2'], ['w1'])
  const touched = ['a', 'b', 'c', 'never'].map((id) => ({ kind: 'case', id }))
  const got = await page({ since: null, touched, firstUnsettled: 3 })
  expect(got.rows).toMatchObject([{ id: 'a', scopes: ['w1'], ver: 1 }])
  expect(got.leaves).toEqual([{ kind: 'case', id: 'c', scope: 'w1', pos: 4 }])
  expect(got.results.map((result) => result.seq)).toEqual([3, 4])
  expect(got).toMatchObject({ cursor: null, pos: 4, lastSeq: 4 })
})

test('[R5] results and images of a page are one snapshot: an image never runs ahead of the results, under load', async () => {
  const { write, page } = await newHall()
  let writing = true
  const writer = (async () => {
    for (let n = 0; n < 60; n += 1) await write('a', ['w1'])
    writing = false
  })()
  let looks = 0
  while (writing) {
    const got = await page({})
    expect(got.results).toHaveLength(got.pos)
    expect(got.rows[0]?.ver ?? 0).toBe(got.pos)
    expect(got.lastSeq).toBe(got.pos)
    looks += 1
  }
  await writer
  expect(looks).toBeGreaterThan(5)
})

test('[P7] a reader that follows the cursor during 8 concurrent writers misses nothing', async () => {
  const { hallId, page } = await newHall()
  const streams = Array.from({ length: 8 }, () => `w-${randomUUID()}`)
  for (const streamId of streams) await openStream(pg.db, { hallId, streamId, branch: 0, deviceId: 'd', lane: null })
  let writing = true
  const writers = Promise.all(
    streams.map(async (streamId, w) => {
      for (let at = 0; at < 25; at += 1) {
        const id = `${String(w)}-${String(at)}`
        await pg.store.append(caseBatch({ hallId, streamId, at, id, ver0: 0, set: ['w1'] }))
      }
    }),
  ).finally(() => {
    writing = false
  })
  const seen: string[] = []
  let since = 0
  for (;;) {
    const last = !writing
    const got = await page({ since, limit: 7, streamId: null })
    seen.push(...ids(got))
    since = got.cursor ?? -1
    if (last && got.rows.length < 7) break
  }
  await writers
  expect(seen).toHaveLength(200)
  expect(new Set(seen).size).toBe(200)
})

test('a batch of commands that change no image (held, rejected) takes positions and shows as results only', async () => {
  const { hallId, streamId, page } = await newHall()
  const log = [1, 2].map((seq) => logEntry(seq, { outcome: 'held', code: 'crash', detail: { at: 'decide' }, ver: 0 }))
  expect(await pg.store.append(batchOf({ hallId, streamId, at: 0, log }))).toBe(2)
  const got = await page({})
  expect(got.rows).toEqual([])
  expect(got.results).toMatchObject([
    { seq: 1, outcome: 'held', code: 'crash', detail: { at: 'decide' }, ver: 0 },
    { seq: 2, outcome: 'held' },
  ])
})

test('a hall or stream nobody opened is no hall and an empty stream', async () => {
  const { page } = await newHall()
  await expect(page({ hallId: 'nowhere' })).rejects.toThrow('not open')
  expect(await page({ streamId: 'unknown' })).toMatchObject({ lastSeq: 0, results: [] })
})
