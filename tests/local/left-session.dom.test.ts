// First: it gives Dexie, which looks for it once, an IndexedDB.
import { freshBrowser, reopen } from './given-tablet.ts'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { closeTabletStore } from '../../client/local/db.ts'
import { useSession } from '../../client/local/session.ts'
import { net, reach } from '../../client/sync/online.ts'
import { cut, givenServer, type GivenServer } from './given-server.ts'

let server: GivenServer

/** A's tablet, with A at work. */
async function signedInTablet() {
  reopen()
  setActivePinia(createPinia())
  const session = useSession()
  await session.start()
  await session.enrol({ code: 'K7MWQ2XP', name: '示例平板' })
  await session.signIn('a', 'secret')
  await session.setPin('471913')
  return session
}

beforeEach(async () => {
  freshBrowser()
  server = await givenServer()
})
afterEach(() => {
  vi.unstubAllGlobals()
  closeTabletStore()
})

test('[P10] a session left for A ends when the network returns, after B unlocked without it', async () => {
  const session = await signedInTablet()
  await session.signOut()
  await session.signIn('b', 'secret')
  await session.setPin('820461')
  session.lock()
  await session.signIn('a', 'secret')
  session.lock()
  server.answer = cut
  expect(await session.unlock('person-b', '820461')).toMatchObject({ opened: true })
  await vi.waitFor(() => expect(reach.value.state).toBe('offline'))
  expect(server.signedIn).toBe('a')
  server.answer = null
  await expect(net.pull({})).rejects.toMatchObject({ kind: 'refused' })
  await vi.waitFor(() => expect(server.signedIn).toBeNull())
  expect([session.state, session.personId]).toEqual(['unlocked', 'person-b'])
})

test('[P10] who signs out without a network is signed out at the server when it returns; a new sign-in stays', async () => {
  const session = await signedInTablet()
  server.answer = cut
  await session.signOut()
  expect(server.signedIn).toBe('a')
  server.answer = null
  await expect(net.pull({})).rejects.toMatchObject({ kind: 'refused' })
  await vi.waitFor(() => expect(server.signedIn).toBeNull())
  await session.signIn('a', 'secret')
  server.answer = cut
  await session.signOut()
  server.answer = null
  await session.signIn('b', 'secret')
  await session.setPin('820461')
  await expect(net.pull({})).rejects.toMatchObject({ kind: 'refused' })
  expect([server.signedIn, session.personId]).toEqual(['b', 'person-b'])
})
