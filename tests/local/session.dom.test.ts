// First: it gives Dexie, which looks for it once, an IndexedDB.
import { freshBrowser } from './given-tablet.ts'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { watch } from 'vue'
import { closeTabletStore, tabletStore } from '../../client/local/db.ts'
import { enrolCodeIn, missingCapabilities } from '../../client/local/enrol.ts'
import { verifyText } from '../../client/local/keys.ts'
import { sha256Hex } from '../../client/local/keys.ts'
import { uuidOf } from '../support/play.ts'
import { cut, givenServer, problem, sigBytes, type GivenServer } from './given-server.ts'
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
})

test('[T8] enrolling keeps device, stream and scopes, and the stream begins with the hash of its own id', async () => {
  const session = await openPage()
  expect(session.state).toBe('unenrolled')
  await session.enrol({ code: 'K7MWQ2XP', name: '示例平板' })
  expect(session.state).toBe('signedOut')
  const { stream, scopes } = await tabletStore().transact('read', ['meta', 'scope'], async (tx) => ({
    stream: await tx.get('meta', 'stream'),
    scopes: await tx.all('scope'),
  }))
  expect(stream).toMatchObject({
    streamId: uuidOf(31),
    lane: 'K7',
    nextSeq: 1,
    n: 0,
    chainHead: await sha256Hex(uuidOf(31)),
  })
  expect(scopes.map((row) => row.scope)).toEqual(['hall', 'window:student-affairs'])
  expect(server.asked[0]?.body).toMatchObject({ code: 'K7MWQ2XP', publicKey: { kty: 'EC', crv: 'P-256' } })
})

test('[T8] an enrolment code is read from a link or from what was typed', () => {
  expect(enrolCodeIn('https://hall.example/enrol#K7MWQ2XP')).toBe('K7MWQ2XP')
  expect(enrolCodeIn(' k7mw-q2xp ')).toBe('K7MWQ2XP')
  expect(enrolCodeIn('#')).toBeNull()
  expect(enrolCodeIn('K7MWQ2X')).toBeNull()
})

test('[OFF-5] signed in once with the password, the PIN opens the tablet with no network, also after a reload', async () => {
  const first = await signedInTablet()
  expect(first.state).toBe('unlocked')
  expect(first.actor).toMatchObject({ role: 'roleA', windowId: 'student-affairs' })
  server.answer = cut
  const session = await openPage()
  expect(session.state).toBe('locked')
  expect(session.person).toMatchObject({ name: '示例·张同学', hasPin: true, grantState: 'valid' })
  expect(session.actor).toBeNull()
  expect(await session.unlock('person-a', pin)).toMatchObject({ opened: true })
  expect(session.state).toBe('unlocked')
  const { signer } = session.actor!
  const sig = await signer.sign('办结')
  expect(sigBytes(sig)).toBe(64)
  expect(await verifyText(signer.grant.publicKey, '办结', sig)).toBe(true)
})

test('[OFF-5] B takes over with the own PIN and acts as B', async () => {
  const session = await signedInTablet()
  await session.signOut()
  await session.signIn('b', 'secret')
  await session.setPin('820461')
  await session.signOut()
  server.answer = cut
  expect(session.people.map((one) => one.name).sort()).toEqual(['示例·张同学', '示例·李同学'].sort())
  expect(await session.unlock('person-b', pin)).toMatchObject({ opened: false, why: 'wrong', left: 9 })
  expect(await session.unlock('person-b', '820461')).toMatchObject({ opened: true })
  expect(session.actor).toMatchObject({ role: 'roleB', signer: { grant: { actorId: 'person-b' } } })
})

test('[P10] a session the server still holds for A ends when B unlocks', async () => {
  const session = await signedInTablet()
  await session.signOut()
  await session.signIn('b', 'secret')
  await session.setPin('820461')
  session.lock()
  server.signedIn = 'b'
  await session.unlock('person-a', pin)
  await vi.waitFor(() => expect(server.signedIn).toBeNull())
})

test('[T1] a lock drops the key from memory at once and keeps the person in place', async () => {
  const session = await signedInTablet()
  session.lock()
  expect([session.state, session.signer, session.actor]).toEqual(['locked', null, null])
  expect(session.person?.actorId).toBe('person-a')
})

test('[OFF-5] a grant past its end signs in for seven more days, marked, and then no more', async () => {
  await signedInTablet()
  server.answer = cut
  const at = Date.now()
  vi.useFakeTimers({ toFake: ['Date'], now: at + 8 * day })
  const marked = await openPage()
  expect(await marked.unlock('person-a', pin)).toMatchObject({ opened: true })
  expect(marked.grantState).toBe('grace')
  vi.setSystemTime(at + 15 * day)
  const late = await openPage()
  expect(late.person?.grantState).toBe('ended')
  expect(await late.unlock('person-a', pin)).toEqual({ opened: false, why: 'ended' })
})

test('[T2] a grant not signed by the hall is refused and nothing of it is kept', async () => {
  const session = await openPage()
  await session.enrol({ code: 'K7MWQ2XP', name: '示例平板' })
  const other = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify'])
  server.forge = other.privateKey
  await session.signIn('a', 'secret')
  await expect(session.setPin(pin)).rejects.toMatchObject({ name: 'NetFault', kind: 'portal' })
  expect(session.state).toBe('signedOut')
  expect(await tabletStore().transact('read', ['actor'], (tx) => tx.all('actor'))).toEqual([])
})

test('[T2] a grant altered on the disk no longer shows its person', async () => {
  await signedInTablet()
  await tabletStore().transact('write', ['actor'], async (tx) => {
    const row = await tx.get('actor', 'person-a')
    await tx.put('actor', [{ ...row!, grant: { ...row!.grant, text: row!.grant.text.replace('roleA', 'roleB') } }])
  })
  const session = await openPage()
  expect(session.people).toEqual([])
  expect(await session.unlock('person-a', pin)).toEqual({ opened: false, why: 'unknown' })
})

test('[X21] a wrong password is told in the server’s words, and a PIN that is too easy is not sent', async () => {
  const session = await openPage()
  await session.enrol({ code: 'K7MWQ2XP', name: '示例平板' })
  await expect(session.signIn('nobody', 'x')).rejects.toMatchObject({ kind: 'refused', sentence: '账号或密码不对。' })
  await session.signIn('a', 'secret')
  expect(await session.setPin('123456')).toContain('连号')
  expect(server.asked.some((one) => one.path === '/api/v1/session/pin')).toBe(false)
})

test('[P19] a browser that is no tablet keeps its key in memory and nothing after sign-out', async () => {
  const session = await openPage()
  expect(await session.signIn('s', 'secret')).toBe(false)
  expect(session.state).toBe('unlocked')
  expect(session.device?.kind).toBe('browser')
  expect(session.actor).toMatchObject({ role: 'supervisor', windowId: null })
  expect(await tabletStore().transact('read', ['actor'], (tx) => tx.all('actor'))).toEqual([])
  const again = await openPage()
  expect(again.state).toBe('unlocked')
  await again.signOut()
  expect(again.state).toBe('unenrolled')
  expect(await tabletStore().transact('read', ['meta'], (tx) => tx.all('meta'))).toEqual([])
})

test('[P19] a browser asks for the hall only once its grant stands, or the server would refuse it', async () => {
  const session = await openPage()
  const grantsAt: number[] = []
  const isGrant = ({ path }: { path: string }) => path === '/api/v1/session/pin'
  watch(
    () => session.device?.deviceId,
    () => grantsAt.push(server.asked.filter(isGrant).length),
    { flush: 'sync' },
  )
  await session.signIn('s', 'secret')
  expect([grantsAt, session.state]).toEqual([[1], 'unlocked'])
  await session.signOut()
  server.forge = (await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign'])).privateKey
  await expect(session.signIn('s', 'secret')).rejects.toMatchObject({ kind: 'portal' })
  expect([session.state, session.device?.kind]).toEqual(['signedOut', 'browser'])
})

test('[F12] a browser reloaded without network keeps its device and asks for the password again', async () => {
  const session = await openPage()
  await session.signIn('s', 'secret')
  server.answer = cut
  const again = await openPage()
  expect([again.state, again.device?.kind]).toEqual(['locked', 'browser'])
  server.answer = null
  expect(await again.signIn('s', 'secret')).toBe(false)
  expect(again.state).toBe('unlocked')
})

test('[P13] a browser signed out with acts unsent keeps them until they are sent', async () => {
  const session = await openPage()
  await session.signIn('s', 'secret')
  await tabletStore().transact('write', ['outcome'], (tx) =>
    tx.put('outcome', [
      {
        ...{
          cmdId: uuidOf(9),
          streamId: uuidOf(41),
          seq: 1,
          hash: '',
          kind: 'case',
          aggId: uuidOf(8),
          type: 'case.resolve',
        },
        ...{ actorId: 'person-s', actorName: '示例·督查', at: 1, state: 'pending', open: 1, outcome: null, code: null },
        ...{ detail: null, ver: 0, acknowledged: 0 },
      },
    ]),
  )
  await session.signOut()
  expect(await tabletStore().transact('read', ['outcome'], (tx) => tx.all('outcome'))).toMatchObject([{ open: 1 }])
  expect(session.state).toBe('signedOut')
  expect(session.device?.kind).toBe('browser')
})

test('[F41] a server that no longer knows the session takes nothing from the tablet', async () => {
  const session = await signedInTablet()
  session.lock()
  server.answer = () => problem('unauthenticated', 401)
  expect(await session.unlock('person-a', pin)).toMatchObject({ opened: true })
  expect(session.state).toBe('unlocked')
})

test('[F36] what a browser lacks for duty is said in a sentence each', () => {
  const secure = Object.getOwnPropertyDescriptor(globalThis, 'isSecureContext')
  Object.defineProperty(globalThis, 'isSecureContext', { value: false, configurable: true })
  expect(missingCapabilities().join('')).toContain('HTTPS')
  Object.defineProperty(globalThis, 'isSecureContext', { value: true, configurable: true })
  expect(missingCapabilities().join('')).not.toContain('HTTPS')
  if (secure) Object.defineProperty(globalThis, 'isSecureContext', secure)
})
