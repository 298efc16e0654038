// @vitest-environment happy-dom
// First: it gives Dexie, which looks for it once, an IndexedDB.
import { freshBrowser, givenTablet, receiveCase, reopen } from './given-tablet.ts'
import Dexie from 'dexie'
import { afterEach, expect, test, vi } from 'vitest'
import { closeTabletStore, DexieStore, tabletStore } from '../../client/local/db.ts'
import { useLive } from '../../client/local/live.ts'
import type { StorageFault } from '../../client/local/storage-fault.ts'
import type { LocalStore, OutboxRow } from '../../client/local/store.ts'
import { storeVersion, todaysShape, type StoreShape, type UpgradeStep } from '../../client/local/upgrade-steps.ts'
import { closePokes } from '../../client/sync/poke.ts'
import { uuidOf } from '../support/play.ts'

afterEach(() => {
  vi.restoreAllMocks()
  closePokes()
  closeTabletStore()
})

const outboxOf = (store: LocalStore): Promise<OutboxRow[]> =>
  store.transact('read', ['outbox'], (tx) => tx.all('outbox'))
const markOf = (store: LocalStore) =>
  store.transact('read', ['meta'], async (tx) => {
    const row = await tx.get('meta', 'schema')
    return row?.key === 'schema' ? row.version : null
  })

/** A tablet with three acts that wait, and its store let go of. */
async function waitingTablet(): Promise<OutboxRow[]> {
  const given = await givenTablet()
  for (const n of [1, 2, 3]) await receiveCase(given, uuidOf(n))
  const acts = await outboxOf(tabletStore())
  reopen()
  return acts
}

const later = (steps: UpgradeStep[], stores = todaysShape().stores, by = 1): StoreShape => ({
  version: storeVersion + by,
  stores,
  steps,
})

/** Moves every case to another shelf: what a change of a view's rows looks like. */
const moveShelf = (cutAfter = Infinity): UpgradeStep => ({
  to: storeVersion + 1,
  why: 'test',
  run: async (tx) => {
    for (const [index, row] of (await tx.byIndex('view', 'kind+shelf+at', { prefix: ['case'] })).entries()) {
      if (index >= cutAfter) throw new DOMException('the page was closed', 'AbortError')
      await tx.put('view', [{ ...row, shelf: 'moved' }])
    }
  },
})

async function openedBy(shape: StoreShape): Promise<DexieStore> {
  const store = new DexieStore('changkai', shape)
  await store.open()
  return store
}

test('[R12] [I21] an upgrade changes rows by its steps, once, and not one byte of what waits to be sent', async () => {
  const acts = await waitingTablet()
  const run = vi.fn<UpgradeStep['run']>((tx) => moveShelf().run(tx))
  for (const opening of [1, 2]) {
    const store = await openedBy(later([{ to: storeVersion + 1, why: `opening ${String(opening)}`, run }]))
    expect(await outboxOf(store)).toEqual(acts)
    expect(await markOf(store)).toBe(storeVersion + 1)
    const shelves = await store.transact('read', ['view'], (tx) =>
      tx.byIndex('view', 'kind+shelf+at', { prefix: ['case'] }),
    )
    expect(shelves.map((row) => row.shelf)).toEqual(['moved', 'moved', 'moved'])
    store.close()
  }
  expect(run).toHaveBeenCalledTimes(1)
})

test('[F34] an upgrade cut in the middle leaves the store as it was; the next opening runs it to the same end', async () => {
  const acts = await waitingTablet()
  const fault = await openedBy(later([moveShelf(2)])).catch((error: unknown) => error)
  expect((fault as StorageFault).kind).toBe('broken')
  // What the cut left, seen without any upgrade.
  const raw = new Dexie('changkai', { indexedDB, IDBKeyRange })
  await raw.open()
  const left = (await raw.table<{ kind: string; shelf: string }>('view').toArray()).filter(
    ({ kind }) => kind === 'case',
  )
  expect(left.map(({ shelf }) => shelf)).not.toContain('moved')
  expect(await raw.table('meta').get('schema')).toEqual({ key: 'schema', version: storeVersion })
  raw.close()
  const store = await openedBy(later([moveShelf()]))
  expect(await outboxOf(store)).toEqual(acts)
  expect(await markOf(store)).toBe(storeVersion + 1)
  store.close()
})

test('[R12] [I21] a step that would write an envelope is refused, and the store stays of the old version', async () => {
  const acts = await waitingTablet()
  for (const run of [
    async (tx: Parameters<UpgradeStep['run']>[0]) => tx.put('outbox', [{ ...acts[0]!, sig: 'x' }]),
    async (tx: Parameters<UpgradeStep['run']>[0]) => tx.delete('outbox', [[acts[0]!.streamId, 1]]),
  ]) {
    await expect(openedBy(later([{ to: storeVersion + 1, why: 'wrong', run }]))).rejects.toThrow()
  }
  const store = await openedBy(later([]))
  expect(await outboxOf(store)).toEqual(acts)
  store.close()
})

test('[R12] [OFF-6] a build that takes an upgrade back ships as a higher version, opens the store and keeps acts', async () => {
  const acts = await waitingTablet()
  const [forward, back] = [
    later([moveShelf()], { ...todaysShape().stores, outcome: `${todaysShape().stores.outcome!},wall` }),
    later([], undefined, 2),
  ]
  ;(await openedBy(forward)).close()
  const store = await openedBy(back)
  expect(await outboxOf(store)).toEqual(acts)
  expect(await markOf(store)).toBe(storeVersion + 2)
  await store.transact('write', ['outbox'], (tx) => tx.put('outbox', [{ ...acts[0]!, seq: 4, cmdId: uuidOf(4) }]))
  expect((await outboxOf(store)).map((act) => act.seq)).toEqual([1, 2, 3, 4])
  store.close()
  // And the build between them, come back by itself, is told that a newer one was here.
  const fault = await openedBy(forward).catch((error: unknown) => error)
  expect((fault as StorageFault).kind).toBe('newer')
})

test('[F32] rows marked by a newer app are not touched, even where the tables are the same', async () => {
  await waitingTablet()
  await tabletStore().transact('write', ['meta'], (tx) =>
    tx.put('meta', [{ key: 'schema', version: storeVersion + 1 }]),
  )
  reopen()
  const fault = await markOf(tabletStore()).catch((error: unknown) => error)
  expect((fault as StorageFault).kind).toBe('newer')
})

test('[R12] [F29] a full disk does not keep an app from opening what needs no step', async () => {
  const acts = await waitingTablet()
  const put = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
    throw new DOMException('no room', 'QuotaExceededError')
  })
  const store = await openedBy(later([]))
  expect(await outboxOf(store)).toEqual(acts)
  put.mockRestore()
  store.close()
})

test('[R12] the first to open a store may be a list on screen, which itself may write nothing', async () => {
  freshBrowser()
  const list = useLive(() => markOf(tabletStore()), null)
  await vi.waitFor(() => expect(list.data.value).toBe(storeVersion), { timeout: 5000 })
  expect(list.fault.value).toBeNull()
  list.stop()
})
