// @vitest-environment happy-dom
import { freshBrowser, givenTablet, receiveCase, receiveDraft } from './given-tablet.ts'
import fc from 'fast-check'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { commitActs } from '../../client/local/commit.ts'
import { closeTabletStore, DexieStore, tabletStore } from '../../client/local/db.ts'
import { patch, readListing, useLiveRows, type Listing } from '../../client/local/live-rows.ts'
import type { RowChange, ViewRow } from '../../client/local/store.ts'
import { closePokes } from '../../client/sync/poke.ts'
import { uuidOf } from '../support/play.ts'

beforeEach(() => {
  setActivePinia(createPinia())
})
afterEach(() => {
  vi.restoreAllMocks()
  closePokes()
  closeTabletStore()
})

const rowOf = (id: string, more: Partial<ViewRow> = {}): ViewRow => ({
  ...{ id, kind: 'case', ver: 1, after: 0, shelf: 'open', at: 1, keys: [], scopes: [], image: {}, stamp: null },
  ...more,
})

const keep = (rows: ViewRow[], gone: string[] = []) =>
  tabletStore().transact('write', ['view'], async (tx) => {
    await tx.put('view', rows)
    await tx.delete('view', gone)
  })

test('[OFF-1] [P1] an act is in the list the moment it is kept, and not a moment before, with nothing read', async () => {
  const given = await givenTablet()
  const list = useLiveRows(() => ({ kind: 'case', shelf: 'open', limit: 5 }))
  await vi.waitFor(() => expect(list.isReady.value).toBe(true))
  await receiveCase(given, uuidOf(1)) // the tab now remembers the rules in force
  const read = vi.spyOn(IDBIndex.prototype, 'getAll')
  const { signer } = given.actor
  const shown: number[] = []
  const sign = (text: string) => {
    shown.push(list.data.value.length)
    return signer.sign(text)
  }
  const actor = { ...given.actor, signer: { ...signer, sign } }
  const kept = await commitActs(given.engine, actor, [receiveDraft(given, uuidOf(2))])
  expect([kept.kept, shown, list.data.value.length]).toEqual([true, [1], 2])
  expect(read).not.toHaveBeenCalled()
  list.stop()
})

test('[OFF-1] a list hears of what another tab keeps, and of nothing once it has stopped', async () => {
  freshBrowser()
  const list = useLiveRows(() => ({ kind: 'case' }))
  await vi.waitFor(() => expect(list.isReady.value).toBe(true))
  const other = new DexieStore('changkai')
  await other.transact('write', ['view'], (tx) => tx.put('view', [rowOf('a')]))
  await vi.waitFor(() => expect(list.data.value.map(({ id }) => id)).toEqual(['a']), { timeout: 3000 })
  list.stop()
  await keep([rowOf('b')])
  other.close()
  expect(list.data.value.map(({ id }) => id)).toEqual(['a'])
})

test('[OFF-1] a row due from beyond the end of a full list is fetched', async () => {
  freshBrowser()
  await keep([1, 2, 3, 4].map((at) => rowOf(`r${String(at)}`, { at })))
  const list = useLiveRows(() => ({ kind: 'case', shelf: 'open', limit: 2 }))
  await vi.waitFor(() => expect(list.data.value.map(({ id }) => id)).toEqual(['r1', 'r2']))
  await keep([rowOf('r1', { shelf: 'ended' })])
  await vi.waitFor(() => expect(list.data.value.map(({ id }) => id)).toEqual(['r2', 'r3']))
  list.stop()
})

const ids = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']
const aRow = fc.record({
  id: fc.constantFrom(...ids),
  shelf: fc.constantFrom('open', 'ended'),
  at: fc.integer({ min: 0, max: 4 }),
  keys: fc.subarray(['k', 'z']),
  isGone: fc.boolean(),
})
const aListing = fc.record(
  {
    kind: fc.constant('case'),
    shelf: fc.constantFrom('open', 'ended'),
    key: fc.constant('k'),
    limit: fc.integer({ min: 1, max: 5 }),
    isNewestFirst: fc.boolean(),
  },
  { requiredKeys: ['kind'] },
)

test('[OFF-1] [I8] a list put right by what was kept is the list as it would be read, or says that it must be read', async () => {
  await fc.assert(
    fc.asyncProperty(aListing, fc.array(fc.array(aRow, { maxLength: 3 }), { maxLength: 4 }), async (given, steps) => {
      const { key, ...rest } = given
      // A list of one key has the key's own order.
      const listing = (key === undefined ? rest : { kind: 'case', key, limit: rest.limit }) as Listing
      freshBrowser()
      let rows = await readListing(listing)
      for (const step of steps) {
        const changes: RowChange[] = step.map(({ isGone, ...row }) => ({
          ...{ table: 'view', key: row.id },
          row: isGone ? null : rowOf(row.id, row),
        }))
        await tabletStore().transact('write', ['view'], async (tx) => {
          for (const { key: id, row } of changes) {
            if (row) await tx.put('view', [row as ViewRow])
            else await tx.delete('view', [id])
          }
        })
        const patched = patch(rows, listing, changes)
        const read = await readListing(listing)
        if (!patched?.isUnsure) expect(patched?.rows ?? rows).toEqual(read)
        rows = read
      }
    }),
    { numRuns: 60 },
  )
})

test('[P1] an act decided on a row that another tab has changed meanwhile is decided anew, not refused and not lost', async () => {
  const given = await givenTablet()
  await receiveCase(given, uuidOf(1))
  const note = (text: string) => ({
    ...{ type: 'case.note', kind: 'case', aggId: uuidOf(1), itemId: given.item.id },
    args: { text },
  })
  expect((await commitActs(given.engine, given.actor, [note('示例一')])).kept).toBe(true)
  const other = new DexieStore('changkai')
  const engine = { ...given.engine, store: other }
  expect((await commitActs(engine, given.actor, [note('示例二')])).kept).toBe(true)
  // This tab has not been told yet.
  expect((await commitActs(given.engine, given.actor, [note('示例三')])).kept).toBe(true)
  const row = await tabletStore().transact('read', ['view'], (tx) => tx.get('view', uuidOf(1)))
  expect(JSON.stringify(row?.image)).toMatch(/示例一.*示例二.*示例三/)
  expect(row?.after).toBe(4)
  other.close()
})
