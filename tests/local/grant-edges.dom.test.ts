// First: it gives Dexie, which looks for it once, an IndexedDB.
import { freshBrowser } from './given-tablet.ts'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import PinPanel from '../../client/auth/PinPanel.vue'
import { closeTabletStore, tabletStore } from '../../client/local/db.ts'
import { useSession } from '../../client/local/session.ts'
import { uuidOf } from '../support/play.ts'
import { mount } from '../ui/mount.ts'
import { cut, givenServer, type GivenServer } from './given-server.ts'
import { day, openPage, pin, signedInTablet } from './opened-page.ts'

let server: GivenServer

beforeEach(async () => {
  freshBrowser()
  server = await givenServer()
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
  closeTabletStore()
  document.body.replaceChildren()
})

test('[P12][T2] a grant given for another device shows nobody and opens nothing', async () => {
  await signedInTablet()
  await tabletStore().transact('write', ['meta'], async (tx) => {
    const device = await tx.get('meta', 'device')
    if (device?.key === 'device') await tx.put('meta', [{ ...device, deviceId: uuidOf(77) }])
  })
  server.answer = cut
  const session = await openPage()
  expect(session.people).toEqual([])
  expect(await session.unlock('person-a', pin)).toEqual({ opened: false, why: 'unknown' })
})

test('[I12][P10] a grant that gives no role is none: nothing of it is kept, and nobody is at work', async () => {
  server.roles = []
  await expect(signedInTablet()).rejects.toMatchObject({ name: 'NetFault' })
  expect(await tabletStore().transact('read', ['actor'], (tx) => tx.all('actor'))).toEqual([])
  expect(useSession().actor).toBeNull()
})

test('[P10] of two grants of one person the newer counts, with its own PIN', async () => {
  const session = await signedInTablet()
  await session.signOut()
  server.roles = [{ role: 'roleB', windowId: 'student-affairs' }]
  await session.signIn('a', 'secret')
  await session.setPin('820461')
  await session.signOut()
  server.answer = cut
  expect(session.people.map(({ actorId }) => actorId)).toEqual(['person-a'])
  expect(await session.unlock('person-a', pin)).toMatchObject({ opened: false, why: 'wrong' })
  expect(await session.unlock('person-a', '820461')).toMatchObject({ opened: true })
  expect(session.actor).toMatchObject({ role: 'roleB' })
})

test('[I19][P10] a grant that begins by this clock only tomorrow opens all the same: the clock may be wrong', async () => {
  server.now = Date.now() + day
  const session = await signedInTablet()
  session.lock()
  server.answer = cut
  expect(await session.unlock('person-a', pin)).toMatchObject({ opened: true })
  expect([session.grantState, session.actor?.role]).toEqual(['valid', 'roleA'])
})

test('[P10][P12] the lock tells of the week after the end, with its last day, and of the end after that', async () => {
  await signedInTablet()
  server.answer = cut
  const at = Date.now()
  vi.useFakeTimers({ toFake: ['Date'], now: at + 8 * day })
  const marked = await openPage()
  const { root, unmount } = mount(PinPanel, { person: marked.person })
  expect(root.textContent).toContain('会逐件请督查复核')
  unmount()
  vi.setSystemTime(at + 15 * day)
  const late = await openPage()
  expect(late.person?.grantState).toBe('ended')
  const after = mount(PinPanel, { person: late.person })
  expect(after.root.textContent).not.toContain('会逐件请督查复核')
  after.unmount()
})
