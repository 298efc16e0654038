// First: it gives Dexie, which looks for it once, an IndexedDB.
import { freshBrowser, givenTablet, receiveCase, receiveDraft, reopen } from './given-tablet.ts'
import Dexie from 'dexie'
import { afterEach, expect, test, vi } from 'vitest'
import { commitActs } from '../../client/local/commit.ts'
import { closeTabletStore, DexieStore, tabletStore } from '../../client/local/db.ts'
import { emptyBrowser } from '../../client/local/session-rows.ts'
import { settleFrame } from '../../client/local/settle.ts'
import { StorageFault } from '../../client/local/storage-fault.ts'
import { lostStore, setCanary } from '../../client/local/storage.ts'
import type { OutcomeRow, ViewRow } from '../../client/local/store.ts'
import { storeVersion } from '../../client/local/upgrade-steps.ts'
import { uuidOf } from '../support/play.ts'

afterEach(() => {
  vi.restoreAllMocks()
  closeTabletStore()
})

const view = (id: string, shelf: string, at: number, more: Partial<ViewRow> = {}): ViewRow => ({
  ...{ id, kind: 'case', ver: 1, after: 0, shelf, at, keys: [], scopes: [], image: {}, stamp: null },
  ...more,
})

const fill = (rows: ViewRow[]) => tabletStore().transact('write', ['view'], (tx) => tx.put('view', rows))
const read = (index: string, prefix: (string | number)[], limit?: number) =>
  tabletStore().transact('read', ['view'], (tx) =>
    tx.byIndex('view', index, limit === undefined ? { prefix } : { prefix, limit }),
  )

test('[OFF-1] rows are found by any beginning of an index, in its order', async () => {
  freshBrowser()
  await fill([
    view('c', 'open', 3),
    view('a', 'open', 20),
    view('b', 'waiting', 1),
    view('d', 'open', 1, { kind: 'item' }),
  ])
  expect((await read('kind+shelf+at', ['case', 'open'])).map((row) => row.id)).toEqual(['c', 'a'])
  expect((await read('kind+shelf+at', ['case'])).map((row) => row.id)).toEqual(['c', 'a', 'b'])
  expect((await read('kind+shelf+at', ['case', 'open', 20])).map((row) => row.id)).toEqual(['a'])
  expect((await read('kind+shelf+at', ['case'], 1)).map((row) => row.id)).toEqual(['c'])
})

test('[OFF-1] a row is found by each of its keys and scopes, and by many keys at once', async () => {
  freshBrowser()
  await fill([
    view('a', 'open', 1, { keys: ['XS-1', 'X017'], scopes: ['window:w', 'supervisor'] }),
    view('b', 'open', 2),
  ])
  expect((await read('*keys', ['X017'])).map((row) => row.id)).toEqual(['a'])
  expect((await read('*scopes', ['supervisor'])).map((row) => row.id)).toEqual(['a'])
  expect(await read('*scopes', ['super'])).toEqual([])
  const many = await tabletStore().transact('read', ['view'], (tx) => tx.getMany('view', ['b', 'none', 'a']))
  expect(many.map((row) => row?.id)).toEqual(['b', undefined, 'a'])
})

test('[P1] [F1] a transaction that fails leaves none of its halves, and one that ended is there after a reopen', async () => {
  freshBrowser()
  const broken = tabletStore().transact('write', ['view', 'draft'], async (tx) => {
    await tx.put('view', [view('half', 'open', 1)])
    await tx.put('draft', [{ actorId: 'a', formId: 'f', at: 1, value: 'x' }])
    throw new RangeError('cut here')
  })
  await expect(broken).rejects.toThrow(RangeError)
  reopen()
  expect(await read('kind+shelf+at', ['case'])).toEqual([])
  await fill([view('whole', 'open', 1)])
  reopen()
  expect((await read('kind+shelf+at', ['case'])).map((row) => row.id)).toEqual(['whole'])
})

test('[P1] [F1] every transaction that holds an act is strict, and outbox, outcome and view move in one', async () => {
  const given = await givenTablet()
  const seen: { durability: string; tables: string[] }[] = []
  const open = IDBDatabase.prototype.transaction
  vi.spyOn(IDBDatabase.prototype, 'transaction').mockImplementation(function (this: IDBDatabase, ...args) {
    const tx = open.apply(this, args)
    if (tx.mode === 'readwrite') seen.push({ durability: tx.durability, tables: [...tx.objectStoreNames] })
    return tx
  })
  reopen()
  const commit = await receiveCase(given, uuidOf(1))
  expect(commit.kept).toBe(true)
  const acts = seen.filter(({ tables }) => tables.includes('outbox'))
  expect(acts).toHaveLength(1)
  expect(acts[0]!.tables).toEqual(expect.arrayContaining(['meta', 'outbox', 'outcome', 'base', 'view', 'draft']))
  expect(acts[0]!.durability).toBe('strict')
})

test('[P1] two tabs that act at once take different places of the stream, none lost', async () => {
  const given = await givenTablet()
  const commits = await Promise.all([1, 2, 3, 4].map((n) => receiveCase(given, uuidOf(n))))
  expect(commits.every((commit) => commit.kept)).toBe(true)
  const acts = await tabletStore().transact('read', ['outbox'], (tx) => tx.all('outbox'))
  expect(acts.map((act) => act.seq)).toEqual([1, 2, 3, 4])
  const numbers = await read('kind+shelf+at', ['case'])
  expect(new Set(numbers.map((row) => row.image.number)).size).toBe(4)
})

test('[P1] a browser that is emptied at sign-out never takes an act along that another tab has just kept', async () => {
  const given = await givenTablet()
  let emptying: Promise<boolean> | undefined
  const { signer } = given.actor
  const sign = (text: string) => {
    emptying = emptyBrowser() // at the worst moment: the act is signed and about to be kept
    return signer.sign(text)
  }
  const actor = { ...given.actor, signer: { ...signer, sign } }
  const kept = await commitActs(given.engine, actor, [receiveDraft(given, uuidOf(1))]).catch(() => null)
  const isEmptied = await emptying
  const acts = await tabletStore().transact('read', ['outbox'], (tx) => tx.all('outbox'))
  expect([kept?.kept ?? false, isEmptied]).toEqual([acts.length === 1, acts.length === 0])
})

test('[P1] a look for unsent acts and the emptying that follows are one transaction', async () => {
  const given = await givenTablet()
  const started: string[] = []
  const { db } = tabletStore()
  const whole = db.transaction.bind(db) as (...given: unknown[]) => unknown
  vi.spyOn(db, 'transaction').mockImplementation(((mode: string, ...rest: unknown[]) => {
    started.push(mode)
    return whole(mode, ...rest)
  }) as never)
  await receiveCase(given, uuidOf(1))
  started.length = 0
  expect(await emptyBrowser()).toBe(false)
  expect(started).toEqual(['rw'])
})

test('[P19] an answer that arrives after sign-out brings nothing back into the emptied browser', async () => {
  const { engine } = await givenTablet()
  expect(await emptyBrowser()).toBe(true)
  const row = { kind: 'case', id: uuidOf(1), ver: 1, scopes: ['hall'], image: { state: 'open', pii: { name: '示例' } } }
  const frame = { epoch: uuidOf(32), lastSeq: 0, results: [], rows: [row], leaves: [], pos: 1, cursor: 1, isLast: true }
  const asked = { scopes: ['hall'], stamp: null, sample: null, cursorScopes: ['hall'], since: 0 }
  const whole = { ...frame, clock: { t1: 0, t2: 0 }, minSchema: 1 }
  expect(await settleFrame(engine, whole, { ...asked, streamId: uuidOf(31) })).toBe(0)
  const left = await tabletStore().transact('read', ['view', 'meta'], async (tx) => [
    ...(await tx.all('view')),
    ...(await tx.all('meta')),
  ])
  expect(left).toEqual([])
})

test('[F29] a full disk is told as such, and the act is not kept in any part', async () => {
  const given = await givenTablet()
  const put = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
    throw new DOMException('no room', 'QuotaExceededError')
  })
  const fault = await receiveCase(given, uuidOf(1)).catch((error: unknown) => error)
  put.mockRestore()
  expect(fault).toBeInstanceOf(StorageFault)
  expect((fault as StorageFault).kind).toBe('full')
  expect((fault as StorageFault).sentence).toContain('没有保存')
  const rest = await tabletStore().transact('read', ['outbox', 'outcome', 'view'], async (tx) => [
    ...(await tx.all('outbox')),
    ...(await tx.all('outcome')),
    ...(await tx.byIndex('view', 'kind+shelf+at', { prefix: ['case'] })),
  ])
  expect(rest).toEqual([])
})

test('[F31] a store that does not open is tried three times and then told', async () => {
  freshBrowser()
  const open = vi.spyOn(indexedDB, 'open').mockImplementation(() => {
    throw new DOMException('backing store', 'UnknownError')
  })
  const fault = await read('kind+shelf+at', ['case']).catch((error: unknown) => error)
  expect((fault as StorageFault).kind).toBe('broken')
  expect(open.mock.calls.length).toBeGreaterThanOrEqual(3)
  open.mockRestore()
  expect(await read('kind+shelf+at', ['case'])).toEqual([])
})

test('[F32] a store made by a newer app is not opened and nothing of it is deleted', async () => {
  freshBrowser()
  const newer = new Dexie('changkai', { indexedDB, IDBKeyRange })
  newer.version(storeVersion + 1).stores({ outbox: '[streamId+seq]' })
  await newer.open()
  await newer.table('outbox').put({ streamId: 's', seq: 1 })
  newer.close()
  const fault = await read('kind+shelf+at', ['case']).catch((error: unknown) => error)
  expect((fault as StorageFault).kind).toBe('newer')
  expect((await indexedDB.databases()).map((one) => one.version)).toEqual([(storeVersion + 1) * 10])
  await newer.open()
  expect(newer.tables.map((table) => table.name)).toEqual(['outbox'])
  expect(await newer.table('outbox').count()).toBe(1)
  newer.close()
})

test('[F33] a newer app that opens the store makes this page let go of it and ask for a reload', async () => {
  freshBrowser()
  const notices: string[] = []
  const store = new DexieStore('changkai')
  store.onNotice((notice) => notices.push(notice))
  await store.open()
  const newer = new Dexie('changkai', { indexedDB, IDBKeyRange })
  newer.version(storeVersion + 1).stores({ outbox: '[streamId+seq]' })
  await newer.open()
  newer.close()
  expect(notices).toEqual(['reload'])
})

test('[P22] [F30] a store that has gone is told from one that never was', async () => {
  const { device } = await givenTablet()
  const stream = { key: 'stream' as const, streamId: uuidOf(31), lane: 'K7', nextSeq: 9, chainHead: '', n: 3 }
  setCanary(device, stream)
  expect(lostStore(device, stream)).toBeNull()
  expect(lostStore(null, null)).toEqual({ deviceId: uuidOf(30), streamId: uuidOf(31), lastSeq: 8, open: 0 })
  expect(lostStore(device, { ...stream, nextSeq: 5 })).not.toBeNull()
  localStorage.clear()
  expect(lostStore(null, null)).toBeNull()
})

test('[OFF-2] the outcomes that ask for a person are found by index', async () => {
  freshBrowser()
  const act = (seq: number, more: Partial<OutcomeRow>): OutcomeRow => ({
    ...{ cmdId: uuidOf(seq), streamId: 's', seq, hash: '', kind: 'case', aggId: 'a', type: 'case.take', actorId: 'p' },
    ...{
      actorName: 'p',
      at: 0,
      state: 'settled',
      open: 0,
      outcome: 'applied',
      code: null,
      detail: null,
      ver: 1,
      acknowledged: 0,
    },
    ...more,
  })
  await tabletStore().transact('write', ['outcome'], (tx) =>
    tx.put('outcome', [
      ...[act(1, {}), act(2, { outcome: 'rejected' }), act(3, { outcome: 'rejected', acknowledged: 1 })],
      act(4, { outcome: null, open: 1, state: 'pending' }),
    ]),
  )
  const found = await tabletStore().transact('read', ['outcome'], (tx) =>
    tx.byIndex('outcome', 'outcome+acknowledged+seq', { prefix: ['rejected', 0] }),
  )
  expect(found.map((row) => row.seq)).toEqual([2])
})
