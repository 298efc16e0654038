import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { until } from '../http/server-process.ts'
import { openTabs, type Tabs } from './tabs/open-tabs.ts'

const patience = { timeout: 60_000, interval: 50 }

let tabs: Tabs
let page: Page
let actorId = ''
beforeAll(async () => {
  tabs = await openTabs()
  page = await tabs.first((first) => first.clock.install())
  actorId = (await page.evaluate(() => window.tab.who())) ?? ''
  await page.evaluate(() => window.tab.takePart())
  await until(() => page.evaluate(() => window.tab.isReady()))
})
afterAll(async () => {
  await tabs?.close()
})

const log = () => page.evaluate(() => window.tab.log())
const unsent = () => page.evaluate(() => window.tab.unsent())
const logged = (): Promise<string[]> =>
  tabs.under.database.appSql<{ cmdId: string }[]>`select cmd_id as "cmdId" from hall.command_log
    where type = 'case.receive' order by pos`.then((rows) => rows.map(({ cmdId }) => cmdId))
/** Time of the page's own goes by in steps, with room for what its timers begin, until the watch log tells of it. */
const passUntilTold = (event: string) =>
  expect
    .poll(
      async () => {
        await page.clock.fastForward(5_000)
        return log()
      },
      { ...patience, interval: 150 },
    )
    .toContain(event)

test('[R9] [I4] a push that never comes to an end, not even given up, stalls the tab: the watchdog begins anew and all is sent once', async () => {
  await page.evaluate(() => {
    const { fetch } = window
    window.fetch = (path, init) => {
      if (!String(path).endsWith('/push')) return fetch(path, init)
      window.fetch = fetch
      document.title = 'a push that never ends'
      return new Promise<Response>(() => undefined)
    }
  })
  await page.evaluate(() => window.tab.receive(3))
  await expect.poll(() => page.title(), patience).toBe('a push that never ends')
  expect(await page.evaluate(() => window.tab.reached())).toBe('online')
  expect(await unsent()).toBe(3)
  expect(await log()).not.toContain('watchdog-restart')
  await passUntilTold('watchdog-restart')
  await expect.poll(unsent, patience).toBe(0)
  const ids = await logged()
  expect(ids).toHaveLength(3)
  expect(tabs.sent.map(({ cmdId }) => cmdId)).toEqual(ids)
})

/** Runs in the page before all else: a minute of its own time passes in three seconds. */
function hurry(): void {
  const [{ setTimeout: later }, now, times] = [window, performance.now.bind(performance), 20]
  performance.now = () => now() * times
  window.setTimeout = ((run: () => void, ms = 0) => later(run, ms / times)) as typeof setTimeout
}

/** Whether this tab holds the hall's lock. */
const leads = (tab: Page) => expect.poll(() => tab.evaluate(() => window.tab.isLeading()), patience).toBe(true)

test('[F35] [R8] [I20] a leader that stands still loses the lock by steal after a minute, and its late answer does no harm', async () => {
  const before = (await logged()).length
  await leads(page)
  // Playwright's clock is one for all tabs, and waits for the one that stands still.
  const thief = await tabs.open((next) => next.addInitScript(hurry))
  await thief.evaluate(() => window.tab.takePart())
  const person = { actorId, pin: '271828', role: 'roleA' as const, windowId: 'student-affairs' }
  expect(await thief.evaluate((who) => window.tab.unlock(who), person)).toBe(true)
  await until(() => thief.evaluate(() => window.tab.isReady()))
  const release = tabs.hold()
  await page.evaluate(() => window.tab.receive(4))
  await expect.poll(async () => (await logged()).length, patience).toBe(before + 4)
  // Stopped as by a debugger, between two tasks: nothing of it runs, its lock and its request stay.
  const session = await tabs.context.newCDPSession(page)
  await session.send('Debugger.enable')
  const paused = new Promise<void>((resolve) => session.once('Debugger.paused', () => resolve()))
  const stopped = session.send('Runtime.evaluate', { expression: 'debugger' }).catch(() => undefined)
  await paused
  await leads(thief)
  expect(await thief.evaluate(() => window.tab.log())).toContain('lead-stolen')
  release()
  const left = () => thief.evaluate(() => window.tab.unsent())
  await expect.poll(left, patience).toBe(0)
  await thief.evaluate(() => window.tab.receive(2))
  await expect.poll(left, patience).toBe(0)
  await session.send('Debugger.resume')
  await stopped
  await session.detach()
  await expect.poll(unsent, patience).toBe(0)
  expect(await page.evaluate(() => window.tab.isLeading())).toBe(false)
  expect(await thief.evaluate(() => window.tab.isLeading())).toBe(true)
  const ids = await logged()
  expect([ids.length, new Set(ids).size]).toEqual([before + 6, before + 6])
  await thief.close()
  await leads(page)
})

/** The row as it lies on the disk, past the app; with `rot` it goes, and nobody writes that down. */
const onDisk = (id: string, rot = false) =>
  page.evaluate(
    async ({ key, isRotting }) => {
      const done = <Value>(request: IDBRequest<Value>): Promise<Value> =>
        new Promise((resolve) => {
          request.onsuccess = () => {
            resolve(request.result)
          }
        })
      const database = await done(indexedDB.open('changkai'))
      const view = database.transaction('view', 'readwrite').objectStore('view')
      const row = (await done(view.get(key))) as { ver: number } | undefined
      if (isRotting) await done(view.delete(key))
      database.close()
      return row
    },
    { key: id, isRotting: rot },
  )

test('[R19] [I7] a case lost beneath the app is missed by the day’s count, told, and fetched afresh', async () => {
  const there = async () => {
    const [row] = await tabs.under.database.appSql<{ id: string; ver: number }[]>`
      select id, ver from hall.cases order by id limit 1`
    return row ?? { id: '', ver: 0 }
  }
  const { id } = await there()
  await expect.poll(async () => (await onDisk(id))?.ver === (await there()).ver, patience).toBe(true)
  // The answer to the last push may still be stored: it is gone once it stays away.
  const staysAway = async (): Promise<boolean> => {
    const isThere = (await onDisk(id)) !== undefined
    if (isThere) await onDisk(id, true)
    return !isThere
  }
  await expect.poll(staysAway, { ...patience, interval: 1_000 }).toBe(true)
  tabs.under.deps.clock.now += 25 * 3_600_000
  // Whoever comes back to the page has it look at once.
  const lookUntilTold = (event: string) =>
    expect
      .poll(
        async () => {
          await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
          return log()
        },
        { ...patience, interval: 300 },
      )
      .toContain(event)
  await lookUntilTold('digest-drifted')
  await lookUntilTold('digest-differs')
  await expect.poll(async () => (await onDisk(id))?.ver, patience).toBe((await there()).ver)
  await expect.poll(() => page.evaluate(() => window.tab.shown()), patience).toBe((await logged()).length)
})
