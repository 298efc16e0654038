// First: it gives Dexie, which looks for it once, an IndexedDB.
import { freshBrowser, reopen } from './given-tablet.ts'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { effectScope, ref } from 'vue'
import { closeTabletStore } from '../../client/local/db.ts'
import { loadDraft, useDraft } from '../../client/local/drafts.ts'
import { watchIdle } from '../../client/local/idle-lock.ts'

beforeEach(freshBrowser)
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
  closeTabletStore()
})

/** A form of an author, open until `close`. */
function openForm(author: string, value = ref<Record<string, string>>({ note: '' })) {
  const scope = effectScope()
  const draft = scope.run(() => useDraft(author, 'receive', value))!
  const isReady = () => vi.waitFor(() => expect(draft.isReady.value).toBe(true))
  return { draft, value, isReady, close: () => scope.stop() }
}

test('[OFF-1] what was typed is there again after a reload, without having been saved by hand', async () => {
  const first = openForm('a')
  await first.isReady()
  first.value.value.note = '照片背面已写学号'
  await vi.waitFor(async () => expect(await loadDraft('a', 'receive')).toEqual({ note: '照片背面已写学号' }), 2_000)
  reopen()
  const again = openForm('a')
  await again.isReady()
  expect(again.value.value.note).toBe('照片背面已写学号')
})

test('[OFF-1] hiding the page or leaving the form keeps the last keystroke at once', async () => {
  const form = openForm('a')
  await form.isReady()
  form.value.value = { note: '一' }
  window.dispatchEvent(new Event('pagehide'))
  await vi.waitFor(async () => expect(await loadDraft('a', 'receive')).toEqual({ note: '一' }), 300)
  form.value.value = { note: '二' }
  form.close()
  await vi.waitFor(async () => expect(await loadDraft('a', 'receive')).toEqual({ note: '二' }), 300)
})

test('[P10] B does not get A’s draft of the same form', async () => {
  const form = openForm('a')
  await form.isReady()
  form.value.value = { note: 'A 的话' }
  await form.draft.flush()
  const other = openForm('b')
  await other.isReady()
  expect(other.value.value.note).toBe('')
  expect(await loadDraft('b', 'receive')).toBeNull()
})

test('[OFF-1] a draft thrown away is gone, and not written again by its own form', async () => {
  const form = openForm('a')
  await form.isReady()
  form.value.value = { note: 'x' }
  await form.draft.drop()
  form.close()
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect(await loadDraft('a', 'receive')).toBeNull()
})

test('[T1] the tablet locks after its idle minutes and not while it is touched', () => {
  vi.useFakeTimers({ toFake: ['Date', 'setInterval', 'clearInterval', 'performance'] })
  const lock = vi.fn()
  const stop = watchIdle({ minutes: () => 3, isUnlocked: () => true, lock })
  vi.advanceTimersByTime(170_000)
  window.dispatchEvent(new Event('pointerdown'))
  vi.advanceTimersByTime(170_000)
  expect(lock).not.toHaveBeenCalled()
  vi.advanceTimersByTime(11_000)
  expect(lock).toHaveBeenCalled()
  stop()
})

test('[T1] a page out of sight for a minute is locked when it is seen again, even if its timers slept', () => {
  vi.useFakeTimers({ toFake: ['Date', 'performance'] })
  const lock = vi.fn()
  const stop = watchIdle({ minutes: () => 10, isUnlocked: () => true, lock })
  const hidden = vi.spyOn(document, 'hidden', 'get').mockReturnValue(true)
  document.dispatchEvent(new Event('visibilitychange'))
  vi.setSystemTime(Date.now() + 59_000)
  hidden.mockReturnValue(false)
  document.dispatchEvent(new Event('visibilitychange'))
  expect(lock).not.toHaveBeenCalled()
  hidden.mockReturnValue(true)
  document.dispatchEvent(new Event('visibilitychange'))
  vi.setSystemTime(Date.now() + 61_000)
  hidden.mockReturnValue(false)
  document.dispatchEvent(new Event('visibilitychange'))
  expect(lock).toHaveBeenCalledOnce()
  stop()
})
