import { appendFileSync, chmodSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sha256Hex } from '../../server/sync/crypto.ts'
import { until } from '../http/server-process.ts'
import { Rng } from '../sim/random.ts'
import { buildRecorder, noteOf, readSteps } from '../support/power-cut.ts'
import { openTabs, type Tabs } from '../sync/tabs/open-tabs.ts'

const kills = Number(process.env['KILLS'] ?? 10)
const seed = Number(process.env['SEED'] ?? 1)
const patience = { timeout: 60_000, interval: 50 }
const person = { pin: '271828', role: 'roleA' as const, windowId: 'student-affairs' }

/** Each host is a store of its own, at a moment of its own when the browser is killed: 10 kills are 50 moments. */
interface Store {
  readonly host: string
  actorId: string
  /** Acts whose keeping the page has told of, over all its lives. */
  readonly confirmed: string[]
  page: Page
}

let tabs: Tabs
const stores: Store[] = []
const folder = mkdtempSync(join(tmpdir(), 'changkai-kept-'))
afterAll(async () => {
  await tabs?.close()
  rmSync(folder, { recursive: true, force: true })
})

/** Counts the transactions that may hold an act, and those of them that are not strict. */
const watchStrictness = (page: Page) =>
  page.addInitScript(() => {
    const { transaction } = IDBDatabase.prototype
    Object.assign(window, { strict: 0, weak: 0 })
    IDBDatabase.prototype.transaction = function (names, mode, options) {
      const tx = transaction.call(this, names, mode, options)
      const counts = window as unknown as { strict: number; weak: number }
      if (tx.mode === 'readwrite' && [...tx.objectStoreNames].includes('outbox'))
        counts[tx.durability === 'strict' ? 'strict' : 'weak'] += 1
      return tx
    }
  })

/** Listens to what the page says it has kept. */
function listen({ page, confirmed }: Store): void {
  page.on('console', (message) => {
    const [word, cmdId, weak, strict] = message.text().split(' ')
    if (word !== 'kept') return
    confirmed.push(cmdId ?? '')
    if (weak !== '0' || strict === '0') confirmed.push('kept by a transaction that is not strict')
  })
}

const unlocked = ({ page, actorId }: Store) => page.evaluate((who) => window.tab.unlock(who), { ...person, actorId })

/** Taps without end, each told of once it is kept. */
const tapOn = (page: Page) =>
  page.evaluate(() => {
    const counts = window as unknown as { strict: number; weak: number }
    const tap = async (): Promise<void> => {
      const [cmdId = ''] = await window.tab.receive(1)
      console.info(`kept ${cmdId} ${String(counts.weak)} ${String(counts.strict)}`)
      return tap()
    }
    void tap()
  })

beforeAll(async () => {
  tabs = await openTabs()
  for (const host of ['localhost', ...['a', 'b', 'c', 'd'].map((name) => `${name}.localhost`)]) {
    const page = await tabs.first(watchStrictness, host)
    await page.evaluate(() => window.tab.takePart())
    await until(() => page.evaluate(() => window.tab.isReady()))
    const actorId = (await page.evaluate(() => window.tab.who())) ?? ''
    stores.push({ host, actorId, confirmed: [], page })
  }
})

/** Reopens a store after the kill and looks whether what it holds fits together; how many acts that is. */
async function reopened(store: Store): Promise<number> {
  store.page = await tabs.open(watchStrictness, store.host)
  const { stream, outbox, outcomes, cases } = await store.page.evaluate(() => window.tab.kept())
  const ids = outbox.map(({ cmdId }) => cmdId)
  const what = `SEED=${String(seed)} KILLS=${String(kills)} ${store.host}`
  expect(
    store.confirmed.filter((cmdId) => !ids.includes(cmdId)),
    what,
  ).toEqual([])
  // Both halves or none, and the stream as long as what is in it, linked from end to end.
  const count = ids.length
  expect([outcomes.toSorted(), cases, stream], what).toMatchObject([ids.toSorted(), count, { nextSeq: count + 1 }])
  const last = outbox.reduce(
    (prev, { env, seq }, i) => {
      expect([(JSON.parse(env) as { prev: string }).prev, seq], what).toEqual([prev, i + 1])
      return sha256Hex(env)
    },
    sha256Hex(stream?.key === 'stream' ? stream.streamId : ''),
  )
  expect(stream, what).toMatchObject({ chainHead: last })
  expect(await store.page.evaluate(() => window.tab.unsent()), what).toBe(count)
  await expect.poll(() => store.page.evaluate(() => window.tab.shown()), patience).toBe(count)
  expect(await unlocked(store), what).toBe(true)
  await until(() => store.page.evaluate(() => window.tab.isReady()))
  return count
}

/** Leaves at the end of a store's log what a browser killed amid a write leaves there: the first bytes of a record. */
function tearLog({ host }: Store, bytes: number): void {
  const root = join(tabs.profile, 'Default/IndexedDB')
  const store = readdirSync(root).find((name) => name.startsWith(`http_${host}_`)) ?? ''
  const logs = readdirSync(join(root, store)).filter((name) => name.endsWith('.log'))
  // Checksum, length and type of a whole record of 200 bytes, then what there was time for.
  const record = Buffer.from([1, 2, 3, 4, 200, 0, 1, ...Buffer.alloc(200, 'x')])
  appendFileSync(join(root, store, logs.toSorted().at(-1) ?? ''), record.subarray(0, bytes))
}

test('[F1] [P1] [I1] the browser was killed amid a write: what is kept after the next start outlives the kill after that', async () => {
  const torn = stores.slice(0, 3)
  await tabs.killAndReopen()
  for (const [i, bytes] of [3, 7, 60].entries()) tearLog(torn[i] as Store, bytes)
  await Promise.all(torn.map(reopened))
  for (const { page, confirmed } of torn) confirmed.push(...(await page.evaluate(() => window.tab.receive(1))))
  await tabs.killAndReopen()
  expect(await Promise.all(torn.map(reopened))).toEqual([1, 1, 1])
})

test('[F1] [P1] [I1] [I8] the browser is killed at 50 moments between tap and tap: what was said to be kept is there, the rest not at all', async () => {
  const chance = new Rng(seed)
  await tabs.killAndReopen()
  await Promise.all(stores.map(reopened))
  let counts: number[] = []
  for (let n = 0; n < kills; n += 1) {
    for (const store of stores) {
      listen(store)
      await tapOn(store.page)
    }
    await sleep(chance.next() * 120)
    await tabs.killAndReopen()
    counts = await Promise.all(stores.map(reopened))
  }
  expect(stores.flatMap(({ confirmed }) => confirmed)).not.toEqual([])
  expect(counts.every((count) => count > 0)).toBe(true)
  // And once there is a network again, all of it goes out, each act once.
  await Promise.all(stores.map(({ page }) => page.evaluate(() => window.tab.takePart())))
  for (const { page } of stores) await expect.poll(() => page.evaluate(() => window.tab.unsent()), patience).toBe(0)
  const [row] = await tabs.under.database.appSql`select count(*)::int as n, count(distinct cmd_id)::int as ids
    from hall.command_log where type = 'case.receive'`
  const total = counts.reduce((sum, count) => sum + count, 0)
  expect(row).toEqual({ n: total, ids: total })
})

test('[F53] [P1] between an act and the word that it is kept, its bytes are synced to the disk by the browser', async () => {
  const [shim, log] = [join(folder, 'shim.so'), join(folder, 'steps')]
  buildRecorder(shim)
  writeFileSync(log, '')
  chmodSync(log, 0o666)
  await tabs.killAndReopen({ LD_PRELOAD: shim, SHIM_LOG: log, SHIM_ROOT: join(tabs.profile, 'Default/IndexedDB') })
  const [store] = stores as [Store]
  store.page = await tabs.open(undefined, store.host)
  expect(await unlocked(store)).toBe(true)
  await until(() => store.page.evaluate(() => window.tab.isReady()))
  /** Whether what `work` wrote was synced before it was over, by the words `work` answers that its bytes hold. */
  const isSynced = async (name: string, work: () => Promise<string>): Promise<boolean> => {
    appendFileSync(log, noteOf(`before ${name}`))
    const words = await work()
    appendFileSync(log, noteOf(`after ${name}`))
    const steps = readSteps(log)
    const at = (path: string) => steps.findIndex((step) => step.kind === 'a' && step.path === path)
    const mine = steps.slice(at(`before ${name}`), at(`after ${name}`)).filter(({ path }) => path.endsWith('.log'))
    const written = mine.findLastIndex(({ kind, data }) => kind === 'w' && data.includes(words))
    expect(written).toBeGreaterThanOrEqual(0)
    const begun = mine.findIndex(({ kind }, i) => kind === 's' && i > written)
    return begun > 0 && mine.slice(begun).some(({ kind }) => kind === 'S')
  }
  const tap = () => store.page.evaluate(() => window.tab.receive(1)).then(([cmdId = '']) => cmdId)
  for (const n of [1, 2, 3, 4, 5]) expect(await isSynced(`act ${String(n)}`, tap)).toBe(true)
  // The same look finds out a transaction that is not strict.
  expect(await isSynced('relaxed', () => store.page.evaluate(relaxedPut))).toBe(false)
})

/** Runs in the page: a put into the app's own database by a relaxed transaction; answers the words it put there. */
async function relaxedPut(): Promise<string> {
  const database = await new Promise<IDBDatabase>((resolve) => {
    const request = indexedDB.open('changkai')
    request.onsuccess = () => {
      resolve(request.result)
    }
  })
  const tx = database.transaction('draft', 'readwrite', { durability: 'relaxed' })
  const words = 'kept by a relaxed transaction'
  tx.objectStore('draft').put({ actorId: 'x', formId: 'x', at: 0, fields: { text: words } })
  await new Promise<void>((resolve) => {
    tx.oncomplete = () => {
      resolve()
    }
  })
  database.close()
  return words
}
