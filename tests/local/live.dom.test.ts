// @vitest-environment happy-dom
import { givenTablet, receiveCase } from './given-tablet.ts'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { closeTabletStore } from '../../client/local/db.ts'
import { useLive } from '../../client/local/live.ts'
import { rowsOn } from '../../client/local/rows.ts'
import { closePokes } from '../../client/sync/poke.ts'
import { uuidOf } from '../support/play.ts'

beforeEach(() => {
  setActivePinia(createPinia())
})
afterEach(() => {
  closePokes()
  closeTabletStore()
})

test('[OFF-1] a list on screen sees an act kept on this tablet by itself, with no word from the network', async () => {
  const given = await givenTablet()
  // Not an async function, as a screen may well write it.
  const list = useLive(() => rowsOn('case', 'open'), [])
  await vi.waitFor(() => expect(list.isReady.value).toBe(true))
  expect(list.data.value).toHaveLength(0)
  await receiveCase(given, uuidOf(1))
  await vi.waitFor(() => expect(list.data.value).toHaveLength(1), { timeout: 3000 })
  list.stop()
})
