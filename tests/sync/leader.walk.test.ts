import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { until } from '../http/server-process.ts'
import { openTabs, type Tabs } from './tabs/open-tabs.ts'

const patience = { timeout: 60_000, interval: 50 }

let tabs: Tabs
let first: Page
beforeAll(async () => {
  tabs = await openTabs()
  first = await tabs.first()
  await first.evaluate(() => window.tab.takePart())
  await until(() => first.evaluate(() => window.tab.isReady()))
})
afterAll(async () => {
  await tabs?.close()
})

/** Which of the tabs lead; a page that is gone or stands still leads nothing. */
const leaders = async (...pages: Page[]): Promise<Page[]> => {
  const are = await Promise.all(pages.map((page) => page.evaluate(() => window.tab.isLeading()).catch(() => false)))
  return pages.filter((_, i) => are[i])
}
const leads = (page: Page) => expect.poll(() => page.evaluate(() => window.tab.isLeading()), patience).toBe(true)
const joins = async (prepare?: (page: Page) => Promise<void>): Promise<Page> => {
  const page = await tabs.open(prepare)
  await page.evaluate(() => window.tab.takePart())
  return page
}
/** Look away from a tab, or at it again; in this browser all pages count as seen. */
const lookAway = async (page: Page, isHidden: boolean): Promise<void> => {
  await page.evaluate((hidden) => {
    if (hidden) Object.defineProperty(document, 'hidden', { get: () => true, configurable: true })
    else Reflect.deleteProperty(document, 'hidden')
    document.dispatchEvent(new Event('visibilitychange'))
  }, isHidden)
}
const keep = (count: number) => first.evaluate((n) => window.tab.receive(n), count)
const allSettled = (page = first) =>
  expect.poll(() => page.evaluate(() => window.tab.unsent()), { ...patience, timeout: 120_000 }).toBe(0)
const logged = async (): Promise<{ rows: number; ids: number }> => {
  const [row] = await tabs.under.database.appSql<{ rows: number; ids: number }[]>`
    select count(*)::int as rows, count(distinct cmd_id)::int as ids from hall.command_log
    where type = 'case.receive'`
  return row ?? { rows: 0, ids: 0 }
}

test('[R11] [F35] 1,000 acts at once in one tab all reach the other tab and the server, each sent once, by one tab', async () => {
  const other = await joins()
  await keep(1000)
  await expect.poll(() => other.evaluate(() => window.tab.shown()), patience).toBe(1000)
  await allSettled()
  await allSettled(other)
  expect(await logged()).toEqual({ rows: 1000, ids: 1000 })
  expect(tabs.sent).toHaveLength(1000)
  expect(new Set(tabs.sent.map(({ cmdId }) => cmdId)).size).toBe(1000)
  expect(new Set(tabs.sent.map(({ page }) => page)).size).toBe(1)
  expect(await other.evaluate(() => window.tab.shown())).toBe(1000)
  await other.close()
})

test('[R8] [I20] the leader is killed with a push under way: another leads, sends again, and each act is there once', async () => {
  const before = await logged()
  const [leader, third] = [await joins(), await joins()]
  // A leader that is not looked at makes way for a tab that is: of three, the second leads.
  await lookAway(third, true)
  await lookAway(first, true)
  await leads(leader)
  expect(await leaders(first, leader, third)).toEqual([leader])
  const release = tabs.hold()
  await keep(5)
  await expect.poll(async () => (await logged()).rows, patience).toBe(before.rows + 5)
  expect(await first.evaluate(() => window.tab.unsent())).toBe(5)
  const session = await tabs.context.newCDPSession(leader)
  void session.send('Page.crash').catch(() => undefined)
  await expect.poll(async () => (await leaders(first, third)).length, patience).toBe(1)
  release()
  await allSettled()
  expect(await logged()).toEqual({ rows: before.rows + 5, ids: before.ids + 5 })
  await lookAway(first, false)
  await third.close()
  await leader.close().catch(() => undefined)
  await leads(first)
})

test('[F35] told that it will be frozen a leader lets go at once and does not stand again before it is back', async () => {
  const before = await logged()
  const other = await joins()
  await leads(first)
  await first.evaluate(() => document.dispatchEvent(new Event('freeze')))
  await leads(other)
  await keep(3)
  await allSettled()
  expect((await logged()).rows).toBe(before.rows + 3)
  await other.close()
  await expect
    .poll(() => first.evaluate(async () => (await navigator.locks.query()).held?.map(({ name }) => name)), patience)
    .toEqual([])
  expect(await first.evaluate(async () => (await navigator.locks.query()).pending?.length)).toBe(0)
  await first.evaluate(() => document.dispatchEvent(new Event('resume')))
  await leads(first)
})

test('[F12] what the browser says of the network changes nothing, either way', async () => {
  await first.evaluate(() => {
    Object.defineProperty(navigator, 'onLine', { get: () => false, configurable: true })
    window.dispatchEvent(new Event('offline'))
  })
  await keep(1)
  await allSettled()
  expect(await first.evaluate(() => window.tab.reached())).toBe('online')
  await first.evaluate(() => Object.defineProperty(navigator, 'onLine', { get: () => true, configurable: true }))
  await tabs.context.route('**/sync/v1/**', (route) => route.abort())
  await keep(1)
  await expect.poll(() => first.evaluate(() => window.tab.reached()), patience).toBe('offline')
  expect(await first.evaluate(() => window.tab.unsent())).toBe(1)
  await tabs.context.unroute('**/sync/v1/**')
  await allSettled()
  await expect.poll(() => first.evaluate(() => window.tab.reached()), patience).toBe('online')
})
