import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { password } from '../http/app-under-test.ts'
import { until } from '../http/server-process.ts'
import { openTabs, type Tabs } from './tabs/open-tabs.ts'

const patience = { timeout: 90_000, interval: 50 }
const windowId = 'student-affairs'
const pinA = '271828'
const pinB = '739104'

let tabs: Tabs
beforeAll(async () => {
  tabs = await openTabs()
})
afterAll(async () => {
  await tabs?.close()
})

interface Logged {
  readonly cmdId: string
  readonly seq: number
  readonly actor: string
  readonly role: string
  readonly carrier: string
  readonly online: boolean
}
const logged = (): Promise<Logged[]> =>
  tabs.under.database.appSql<Logged[]>`select cmd_id as "cmdId", seq, actor_id as actor, role, carrier_id as carrier,
    online from hall.command_log where type = 'case.receive' order by seq`.then((rows) => [...rows])
const unsent = (page: Page) => page.evaluate(() => window.tab.unsent())
const takesPart = async (page: Page): Promise<void> => {
  await page.evaluate(() => window.tab.takePart())
  await until(() => page.evaluate(() => window.tab.isReady()))
}

test('[F2] [P1] [P2] the tab dies between the commit and the request: the acts stay unsent, and are sent once on the next open', async () => {
  const first = await tabs.first()
  await takesPart(first)
  // The push is about to be asked for, and never is: here the tab dies.
  await first.evaluate(() => {
    const { fetch } = window
    window.fetch = (path, init) => {
      if (!String(path).endsWith('/push')) return fetch(path, init)
      document.title = 'about to push'
      return new Promise<Response>(() => undefined)
    }
  })
  await first.evaluate(() => window.tab.receive(3))
  await expect.poll(() => first.title(), patience).toBe('about to push')
  const session = await tabs.context.newCDPSession(first)
  const died = first.waitForEvent('crash')
  void session.send('Page.crash').catch(() => undefined)
  await died
  expect(tabs.sent).toEqual([])
  expect(await logged()).toEqual([])

  const next = await tabs.open()
  expect(await unsent(next)).toBe(3)
  await takesPart(next)
  await expect.poll(() => unsent(next), patience).toBe(0)
  const log = await logged()
  expect(log.map(({ seq }) => seq)).toEqual([1, 2, 3])
  expect(tabs.sent.map(({ cmdId }) => cmdId)).toEqual(log.map(({ cmdId }) => cmdId))
  await first.close()
  await next.close()
})

test('[F43] [P10] [P11] shift change without a network, 30 acts of A waiting: B’s session carries them, each stays its actor’s', async () => {
  const page = await tabs.open()
  const asA = { login: 'nbu-xg-a', password, pin: pinA, role: 'roleA' as const, windowId }
  const asB = { login: 'nbu-xg-b', password, pin: pinB, role: 'roleB' as const, windowId }
  const a = await page.evaluate((form) => window.tab.signIn(form), asA)
  const b = await page.evaluate((form) => window.tab.signIn(form), asB)
  const unlocks = (who: Parameters<typeof window.tab.unlock>[0]) => page.evaluate((one) => window.tab.unlock(one), who)
  await takesPart(page)
  const before = (await logged()).length
  await tabs.context.setOffline(true)
  await expect.poll(() => page.evaluate(() => window.tab.reached()), patience).toBe('offline')
  expect(await unlocks({ ...asA, actorId: a })).toBe(true)
  await page.evaluate(() => window.tab.receive(30))
  // Nobody signs as another by a PIN of their own.
  expect(await unlocks({ ...asA, actorId: a, pin: pinB })).toBe(false)
  expect(await unlocks({ ...asB, actorId: b })).toBe(true)
  await page.evaluate(() => window.tab.receive(2))
  expect(await unsent(page)).toBe(32)
  expect(await logged()).toHaveLength(before)

  await tabs.context.setOffline(false)
  await expect.poll(() => unsent(page), patience).toBe(0)
  const log = (await logged()).slice(before)
  const device = await page.evaluate(() => window.tab.deviceId())
  const said = log.map(({ actor, role, carrier, online }) => ({ actor, role, carrier, online }))
  expect(said.slice(0, 30)).toEqual(Array(30).fill({ actor: a, role: 'roleA', carrier: device, online: false }))
  expect(said.slice(30)).toEqual(Array(2).fill({ actor: b, role: 'roleB', carrier: device, online: false }))
  expect(await page.evaluate(() => window.tab.who())).toBe(b)
  await page.close()
})
