// First: it gives Dexie, which looks for it once, an IndexedDB.
import { givenTablet, receiveCase } from './given-tablet.ts'
import { afterEach, expect, test } from 'vitest'
import { beginAnew, wholeOf } from '../../client/local/begin-anew.ts'
import { closeTabletStore, tabletStore } from '../../client/local/db.ts'
import { salvage, type Salvaged } from '../../client/local/salvage.ts'
import { storeName } from '../../client/local/store-name.ts'
import { uuidOf } from '../support/play.ts'

afterEach(() => {
  closeTabletStore()
  localStorage.clear()
})

const rows = () =>
  tabletStore().transact('read', ['meta', 'outbox', 'outcome', 'draft'], async (tx) => ({
    meta: await tx.all('meta'),
    outbox: await tx.all('outbox'),
    outcome: await tx.all('outcome'),
    draft: await tx.all('draft'),
  }))

/** A tablet with a spare lane, an act that waits and a draft, read raw. */
async function broken() {
  const given = await givenTablet()
  await receiveCase(given, uuidOf(1))
  const { meta } = await rows()
  const device = meta.find((row) => row.key === 'device')!
  await tabletStore().transact('write', ['meta', 'draft'], async (tx) => {
    await tx.put('meta', [{ ...device, lanes: ['K7', 'K8'] }])
    await tx.put('draft', [{ actorId: 'a', formId: 'f', at: 1, value: { text: '示例' } }])
  })
  const before = await rows()
  closeTabletStore()
  return { engine: given.engine, before, found: (await salvage(storeName()))! }
}

test('[F31] [I1] [I17] a new database goes on with the device, the drafts and every envelope as it was; the old one stays', async () => {
  const { engine, before, found } = await broken()
  const old = storeName()
  expect(await beginAnew(engine, found)).toBe(before.outcome.length)
  expect(storeName()).not.toBe(old)
  // As the page does when it is loaded anew.
  closeTabletStore()
  const after = await rows()
  expect([after.outbox, after.draft]).toEqual([before.outbox, before.draft])
  expect(after.outcome.map(({ cmdId, state }) => [cmdId, state])).toEqual(
    before.outcome.map(({ cmdId }) => [cmdId, 'pending']),
  )
  const streamOf = (list: typeof after.meta) => list.find((row) => row.key === 'stream')!
  expect(streamOf(after.meta)).toMatchObject({ lane: 'K8', nextSeq: 1, former: [streamOf(before.meta).streamId] })
  expect((await salvage(old))!.tables.outbox).toEqual(before.outbox)
})

test('[F31] without a spare lane, or without the device, nothing new is begun', async () => {
  const { engine, found } = await broken()
  const old = storeName()
  const changed = (meta: Salvaged['tables']['meta']): Salvaged => ({ ...found, tables: { ...found.tables, meta } })
  const single = found.tables.meta.map((row) => (row.key === 'device' ? { ...row, lanes: ['K7'] } : row))
  expect(await beginAnew(engine, changed(single))).toBe('no-lane')
  expect(await beginAnew(engine, changed([]))).toBe('no-device')
  expect(storeName()).toBe(old)
})

test('[F31] [I8] of torn tables only what fits together is taken: no act without its envelope, no view without its base', async () => {
  const { found } = await broken()
  const torn = (part: Partial<Salvaged['tables']>) => wholeOf({ tables: { ...found.tables, ...part } })!
  expect(torn({}).bases).toEqual(found.tables.base)
  expect(torn({ outbox: [] })).toMatchObject({ outcomes: [], bases: [] })
  expect(torn({ base: [] }).views!.some(({ id }) => id === uuidOf(1))).toBe(false)
})
