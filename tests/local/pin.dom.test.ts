// First: it gives Dexie, which looks for it once, an IndexedDB.
import { freshBrowser, reopen } from './given-tablet.ts'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { closeTabletStore, tabletStore } from '../../client/local/db.ts'
import { deviceKeys } from '../../client/local/enrol.ts'
import { makeUserKey, signText, unwrapUserKey, verifyText } from '../../client/local/keys.ts'
import { dropAfterLast, forgiveTries, pinProblem, takeTry, waitAfter } from '../../client/local/pin.ts'
import type { ActorRow } from '../../client/local/store.ts'

const minute = 60_000
const clock = { at: 1_000_000, boot: 0, wall: () => clock.at, mono: () => clock.at - clock.boot }
const row = (actorId: string): ActorRow => ({
  ...{ actorId, name: '示例·张同学', kind: 'student', grant: { text: '', sig: '' } },
  ...{ salt: 's', iv: 'i', wrapped: 'w', wrongPins: 0, waitUntil: 0 },
})
const held = (actorId: string) => tabletStore().transact('read', ['actor'], (tx) => tx.get('actor', actorId))

async function someone(actorId: string): Promise<string> {
  await tabletStore().transact('write', ['actor'], (tx) => tx.put('actor', [row(actorId)]))
  return actorId
}

beforeEach(() => {
  freshBrowser()
  Object.assign(clock, { at: 1_000_000, boot: 0 })
})
afterEach(() => {
  vi.restoreAllMocks()
  closeTabletStore()
})

test('[F44] five wrong PINs are free, then each costs 1, 2, 4 … minutes, and the tenth drops the key', async () => {
  const who = await someone('ladder')
  const waits: number[] = []
  let wrong = 0
  while (wrong < 10) {
    const leave = await takeTry(tabletStore(), who, clock)
    if (leave.may) expect(leave.left).toBe(10 - ++wrong)
    else if ('waitMs' in leave) {
      waits.push(leave.waitMs / minute)
      clock.at += leave.waitMs
    }
  }
  expect(waits).toEqual([1, 2, 4, 8])
  expect(await takeTry(tabletStore(), who, clock)).toEqual({ may: false, dropped: true })
  expect(await dropAfterLast(tabletStore(), who)).toBe(true)
  expect((await held(who))?.wrapped).toBeNull()
})

test('[F44] the longest wait is an hour', () => {
  expect([5, 6, 7, 11, 12, 30].map((n) => waitAfter(n) / minute)).toEqual([0, 1, 2, 32, 60, 60])
})

test('[F44] a try is counted before it is made, so a reload in the middle gives none for free', async () => {
  const who = await someone('reloading')
  for (let n = 1; n <= 6; n += 1) {
    await takeTry(tabletStore(), who, clock)
    reopen()
  }
  expect((await held(who))?.wrongPins).toBe(6)
  expect(await takeTry(tabletStore(), who, clock)).toMatchObject({ may: false, waitMs: minute })
})

test('[F44] moving the clock forward does not end a wait, moving it back does not lengthen it', async () => {
  const who = await someone('clock')
  for (let n = 1; n <= 6; n += 1) await takeTry(tabletStore(), who, clock)
  const moved = (by: number) => ({ wall: () => clock.at + by, mono: () => clock.mono() })
  expect(await takeTry(tabletStore(), who, moved(3_600_000))).toMatchObject({ may: false, waitMs: minute })
  expect(await takeTry(tabletStore(), who, moved(-86_400_000))).toMatchObject({ may: false, waitMs: minute })
  clock.at += minute
  expect(await takeTry(tabletStore(), who, moved(-86_400_000))).toMatchObject({ may: true })
})

test('[F44] a right PIN begins the count again', async () => {
  const who = await someone('right')
  for (let n = 1; n <= 5; n += 1) await takeTry(tabletStore(), who, clock)
  await forgiveTries(tabletStore(), who)
  expect(await held(who)).toMatchObject({ wrongPins: 0, waitUntil: 0, wrapped: 'w' })
  expect(await takeTry(tabletStore(), who, clock)).toMatchObject({ may: true, left: 9 })
})

test('[OFF-5] a PIN is six digits, no run, no repeat, no date', () => {
  for (const pin of ['12345', '1234567', 'abcdef', '１２３４５６']) expect(pinProblem(pin)).toContain('6 位')
  for (const pin of ['123456', '654321', '111111', '789012', '210987']) expect(pinProblem(pin)).toContain('连号')
  for (const pin of ['261120', '040229', '991231']) expect(pinProblem(pin)).toContain('日期')
  for (const pin of ['471913', '261320', '040230', '908172']) expect(pinProblem(pin)).toBeNull()
})

test('[T3] the key opens with its PIN on this device alone, and cannot be read out', async () => {
  const { secret, signing } = await deviceKeys()
  const { publicKey, privateKey, wrapped } = await makeUserKey('471913', secret)
  const key = await unwrapUserKey('471913', secret, wrapped)
  expect(key?.extractable).toBe(false)
  expect(privateKey.extractable).toBe(false)
  expect([secret.extractable, signing.extractable]).toEqual([false, false])
  const sig = await signText(key!, '{"办件":"学生证补办"}')
  expect(await verifyText(publicKey, '{"办件":"学生证补办"}', sig)).toBe(true)
  expect(await verifyText(publicKey, '{"办件":"学生证补办 "}', sig)).toBe(false)
  expect(await unwrapUserKey('471914', secret, wrapped)).toBeNull()
  freshBrowser()
  const other = await deviceKeys()
  expect(await unwrapUserKey('471913', other.secret, wrapped)).toBeNull()
})

test('[T3] device keys outlive a reload and stay keys', async () => {
  const { publicKey } = await deviceKeys()
  reopen()
  const again = await deviceKeys()
  expect(again.publicKey).toEqual(publicKey)
  expect(await verifyText(publicKey, 'x', await signText(again.signing, 'x'))).toBe(true)
})
