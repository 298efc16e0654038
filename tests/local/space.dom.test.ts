// @vitest-environment happy-dom
// First: it gives Dexie, which looks for it once, an IndexedDB.
import { freshBrowser, givenTablet, receiveCase } from './given-tablet.ts'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { formText } from '../../client/app/form-text.ts'
import { readCase } from '../../client/cases/queries.ts'
import { closeTabletStore, tabletStore } from '../../client/local/db.ts'
import { readTablet } from '../../client/local/session-rows.ts'
import { clearRoom, planArchive, planClosed, roomLevel } from '../../client/local/space.ts'
import { lossReported, setCanary, setCanarySoon, storageReport } from '../../client/local/storage.ts'
import type { OutcomeRow, StreamMeta, ViewRow } from '../../client/local/store.ts'
import { settleFrame } from '../../client/local/settle.ts'
import { tabletEngine } from '../../client/sync/tablet-engine.ts'
import { uuidOf } from '../support/play.ts'

const dayMs = 86_400_000
const now = Date.parse('2026-11-20T02:00:00Z')

beforeEach(freshBrowser)
afterEach(() => {
  vi.useRealTimers()
  closeTabletStore()
})

const settled = (seq: number, daysAgo: number, more: Partial<OutcomeRow> = {}): OutcomeRow => ({
  ...{ cmdId: uuidOf(100 + seq), streamId: 's', seq, hash: '', kind: 'case', aggId: 'c', type: 'case.note' },
  ...{ actorId: 'a', actorName: '示例', at: now - daysAgo * dayMs, state: 'settled', open: 0, outcome: 'applied' },
  ...{ code: null, detail: null, ver: 1, acknowledged: 0 },
  ...more,
})
const seqs = (rows: readonly OutcomeRow[]) => rows.map(({ seq }) => seq)

test('[OFF-1] settled acts older than 14 days go; unsettled ones, and refusals nobody has looked at, never do', () => {
  const acts = [
    settled(1, 30),
    settled(2, 20, { outcome: 'rejected' }),
    settled(3, 20, { outcome: 'rejected', acknowledged: 1 }),
    settled(4, 19, { outcome: 'held' }),
    settled(5, 18, { open: 1, state: 'pending', outcome: null }),
    settled(6, 15),
    settled(7, 13),
  ]
  expect(seqs(planArchive(acts, now))).toEqual([1, 3, 6])
})

test('[R14] [I22] a clock that was wrong for an act neither gives it up early nor keeps all that follow it', () => {
  // The act of yesterday says a year ago; the one of 20 days ago says next year.
  expect(seqs(planArchive([settled(1, 3), settled(2, 365), settled(3, 1)], now))).toEqual([])
  expect(seqs(planArchive([settled(1, 30), settled(2, -365), settled(3, 20), settled(4, 2)], now))).toEqual([1, 2, 3])
  expect(seqs(planArchive([settled(1, 30), settled(2, -365), settled(3, 2)], now))).toEqual([1])
})

test('[OFF-1] each stream of a tablet is looked at by itself', () => {
  const acts = [settled(1, 2, { streamId: 'new' }), settled(500, 20, { streamId: 'old' })]
  expect(planArchive(acts, now).map(({ streamId }) => streamId)).toEqual(['old'])
})

const ended = (id: string, daysAgo: number, more: Partial<ViewRow> = {}): ViewRow => ({
  ...{ id, kind: 'case', ver: 3, after: 0, shelf: 'ended', at: now - daysAgo * dayMs, keys: ['XS-1'], stamp: null },
  ...{ scopes: ['window:w'], image: { id, state: 'concluded', number: 'XS-1' } },
  ...more,
})

test('[OFF-1] from 70 % closed cases past 30 days go; one with acts of this tablet on it stays', () => {
  const rows = [ended('a', 31), ended('b', 29), ended('c', 40, { after: 7 }), ended('d', 40)]
  expect(planClosed(rows, new Set(['d']), now).map(({ id }) => id)).toEqual(['a'])
  expect([null, 0, 69, 70, 89, 90, 100].map(roomLevel)).toEqual(['ok', 'ok', 'ok', 'tight', 'tight', 'full', 'full'])
})

test('[I21] [P1] clearing takes what it may, in bites, and leaves envelopes that wait, drafts and open cases as they were', async () => {
  const given = await givenTablet()
  await receiveCase(given, uuidOf(1))
  const store = tabletStore()
  const old = Array.from({ length: 450 }, (_, n) => settled(n + 1, 20, { streamId: 'old', cmdId: `old-${String(n)}` }))
  await store.transact('write', ['outcome', 'outbox', 'view', 'draft'], async (tx) => {
    await tx.put('outcome', old)
    await tx.put(
      'outbox',
      old.map(({ cmdId, streamId, seq }) => ({
        cmdId,
        streamId,
        seq,
        kind: 'case',
        aggId: 'c',
        env: '{}',
        sig: '',
        pii: {},
        actor: { name: '示例', roles: [] },
      })),
    )
    await tx.put('view', [ended('a', 31), ended('b', 3)])
    await tx.put('draft', [{ actorId: 'p', formId: 'f', at: 1, value: 'x' }])
  })
  expect(await clearRoom(store, { now, level: 'ok' })).toEqual({ acts: 450, cases: 0 })
  expect(await clearRoom(store, { now, level: 'tight' })).toEqual({ acts: 0, cases: 1 })
  expect(await clearRoom(store, { now, level: 'tight' })).toEqual({ acts: 0, cases: 0 })
  const left = await store.transact('read', ['outbox', 'outcome', 'draft'], async (tx) => ({
    acts: await tx.all('outbox'),
    outcomes: await tx.all('outcome'),
    drafts: await tx.all('draft'),
  }))
  expect(left.acts.map(({ aggId }) => aggId)).toEqual([uuidOf(1)])
  expect(left.outcomes.map(({ state }) => state)).toEqual(['pending'])
  expect(left.drafts).toHaveLength(1)
  expect(await readCase('a')).toBeUndefined()
  expect((await readCase(uuidOf(1)))?.row.shelf).toBe('open')
})

test('[I9] [OFF-1] a case given up keeps its version and scopes, is told again without harm, and comes back whole when it changes', async () => {
  await givenTablet()
  const store = tabletStore()
  await store.transact('write', ['view'], (tx) => tx.put('view', [ended('a', 31)]))
  await clearRoom(store, { now, level: 'tight' })
  const row = () => store.transact('read', ['view'], (tx) => tx.get('view', 'a'))
  expect(await row()).toMatchObject({ ver: 3, scopes: ['window:w'], keys: [] })
  const frame = (ver: number, image: ViewRow['image']) => ({
    ...{ epoch: uuidOf(32), lastSeq: 0, results: [], leaves: [], pos: ver, clock: { t1: 0, t2: 0 }, minSchema: 1 },
    rows: [{ kind: 'case', id: 'a', ver, scopes: ['window:w'], image }],
  })
  const asked = { streamId: uuidOf(31), scopes: [], stamp: null, sample: null, cursorScopes: [], since: null }
  await settleFrame(tabletEngine, frame(3, ended('a', 31).image), asked)
  expect(await readCase('a')).toBeUndefined()
  const whole = {
    ...ended('a', 31).image,
    state: 'open',
    receivedAt: now,
    promise: null,
    conflicts: [],
    itemId: 'i',
    handler: { actorId: 'a', actorName: '示例' },
    pii: { studentNo: '1' },
    ticket: null,
  }
  await settleFrame(tabletEngine, frame(4, whole), asked)
  expect((await readCase('a'))?.row).toMatchObject({ ver: 4, shelf: 'open' })
})

const stream = (nextSeq: number): StreamMeta => ({
  key: 'stream',
  streamId: uuidOf(31),
  lane: 'K7',
  nextSeq,
  chainHead: '',
  n: 0,
})
const clock = { wall: () => now, mono: () => 0, boot: 'b' }

test('[P22] [F30] [R15] a store that has gone is told with how much may be lost, and reported until the server has heard it', async () => {
  const { device } = await givenTablet()
  setCanary(device, stream(9), 4)
  expect(await storageReport()).toEqual({ weak: true, lost: null })
  closeTabletStore()
  indexedDB.deleteDatabase('changkai')
  const { device: none, lost } = await readTablet(clock)
  expect([none, lost?.open, lost?.lastSeq]).toEqual([null, 4, 8])
  await readTablet(clock)
  expect((await storageReport()).lost).toBe(4)
  // Enrolled anew: well again here, and the loss is still to be told.
  setCanary({ ...device, deviceId: uuidOf(40) }, { ...stream(1), streamId: uuidOf(41) })
  expect((await storageReport()).lost).toBe(4)
  lossReported(3)
  expect((await storageReport()).lost).toBe(4)
  lossReported(4)
  expect((await storageReport()).lost).toBeNull()
})

test('[P22] the canary follows the stream once a second at most, with the last word', () => {
  vi.useFakeTimers()
  localStorage.clear()
  const device = { deviceId: uuidOf(30) } as Parameters<typeof setCanary>[0]
  for (let seq = 2; seq <= 30; seq += 1) setCanarySoon(device, stream(seq), seq - 1)
  expect(localStorage.getItem('changkai.canary')).toBeNull()
  vi.advanceTimersByTime(1_000)
  expect(JSON.parse(localStorage.getItem('changkai.canary') ?? '')).toMatchObject({ lastSeq: 29, open: 29 })
})

test('[F29] what stands in a form is copied with its labels, empty fields left out', () => {
  document.body.innerHTML = `<main><label for="a">学号</label><input id="a" value="20240117"><label for="b">电话</label><input id="b">
    <label><input type="checkbox" checked> 身份证</label><textarea aria-label="备注">下周来取</textarea></main>`
  expect(formText(document.body)).toBe('学号：20240117\n身份证：✓\n备注：下周来取')
})
