// First: it gives Dexie, which looks for it once, an IndexedDB.
import { freshBrowser } from './given-tablet.ts'
import { afterEach, expect, test, vi } from 'vitest'
import { DexieStore } from '../../client/local/db.ts'
import { beginNewLog } from '../../client/local/new-log.ts'

afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

test.each([
  ['never answers', () => ({})],
  [
    'refuses',
    () => {
      throw new DOMException('no', 'UnknownError')
    },
  ],
])('[F1] an IndexedDB that %s keeps the store from nothing', async (_, open) => {
  vi.useFakeTimers()
  vi.stubGlobal('indexedDB', { open })
  const begun = beginNewLog()
  await vi.advanceTimersByTimeAsync(3_000)
  await expect(begun).resolves.toBeUndefined()
})

test('[F1] each opening of the store begins a new log first, and leaves nothing of it behind', async () => {
  freshBrowser()
  const opened = vi.spyOn(indexedDB, 'open')
  const store = new DexieStore('new-log-test')
  const put = () => store.transact('write', ['meta'], (tx) => tx.put('meta', [{ key: 'lease', beat: 'x' }]))
  const names = () => opened.mock.calls.splice(0).map(([name]) => name)
  await put()
  expect(names()).toEqual(['new-log', 'new-log-test'])
  await put()
  expect(names()).toEqual([])
  // As a browser takes the connection away in long background.
  store.db.backendDB().close()
  await put()
  expect(names()).toEqual(['new-log', 'new-log-test'])
  expect((await indexedDB.databases()).map(({ name }) => name)).not.toContain('new-log')
  store.close()
})
