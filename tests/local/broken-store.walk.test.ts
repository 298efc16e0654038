import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { OutboxRow } from '../../client/local/store.ts'
import { storeVersion } from '../../client/local/upgrade-steps.ts'
import type { RescueFile } from '../../shared/wire/rescue.ts'
import { startApp, type App } from '../support/app.ts'
import { Tablet } from '../support/tablet.ts'
import { frozenStore } from '../sync/frozen-store.ts'

let app: App
const open: Tablet[] = []

beforeAll(async () => {
  app = await startApp()
})
afterEach(async () => {
  for (const [index, tablet] of open.splice(0).entries()) {
    await tablet.shot(`broken-store-${String(index)}`)
    await tablet.close()
  }
})
afterAll(() => app?.stop())

const tabletOf = async (): Promise<Tablet> => {
  const tablet = await Tablet.open(app.url)
  open.push(tablet)
  return tablet
}

/** A page of the same origin without the app on it. */
const bare = () => `${app.url}/icon.svg`

/** Lays down a database as version 1 of the app left it, seven acts waiting. */
async function layDownV1(tablet: Tablet): Promise<void> {
  const { version, stores, tables } = frozenStore(1)
  await tablet.page.goto(bare())
  await tablet.page.evaluate(
    async ({ native, schema, text }) => {
      const rows = JSON.parse(text) as Record<string, object[]>
      const request = indexedDB.open('changkai', native)
      request.onupgradeneeded = () => {
        for (const [name, fields] of Object.entries(schema)) {
          const [key = '', ...indexes] = fields.split(',')
          const path = (field: string) => (field.startsWith('[') ? field.slice(1, -1).split('+') : field)
          const store = request.result.createObjectStore(name, { keyPath: path(key) })
          for (const field of indexes) {
            const bareField = field.replace(/^[*&]/, '')
            store.createIndex(bareField, path(bareField), { multiEntry: field.startsWith('*') })
          }
        }
      }
      await new Promise((resolve, reject) => {
        request.onsuccess = resolve
        request.onerror = () => reject(new Error('not made'))
      })
      const tx = request.result.transaction(Object.keys(rows), 'readwrite')
      for (const [name, list] of Object.entries(rows)) for (const row of list) tx.objectStore(name).put(row)
      await new Promise((resolve) => {
        tx.oncomplete = resolve
      })
      request.result.close()
    },
    { native: version * 10, schema: stores, text: JSON.stringify(tables) },
  )
}

const versionOf = (tablet: Tablet) =>
  tablet.page.evaluate(async () => (await indexedDB.databases()).find(({ name }) => name === 'changkai')?.version)

test('[F33] another tab that will not let go of the old store is named within seconds, and the page goes on by itself', async () => {
  const tablet = await tabletOf()
  await layDownV1(tablet)
  const other = await tablet.page.context().newPage()
  await other.goto(bare())
  await other.evaluate(async () => {
    const request = indexedDB.open('changkai')
    await new Promise((resolve) => {
      request.onsuccess = resolve
    })
    Object.assign(globalThis, { heldOpen: request.result })
  })
  await tablet.page.goto(app.url, { waitUntil: 'commit' })
  await tablet.sees('另一个页面占着本机数据')
  await other.close()
  await tablet.sees('示例·陈同学')
  expect(await versionOf(tablet)).toBe(storeVersion * 10)
  expect(await tablet.stored<OutboxRow>('outbox')).toEqual(frozenStore(1).tables.outbox)
})

test('[F34] [R12] killed while it upgrades, the store opens at the next start with every envelope as it was', async () => {
  const tablet = await tabletOf()
  await layDownV1(tablet)
  await tablet.page.goto(app.url, { waitUntil: 'commit' })
  await tablet.killAndReopen()
  await tablet.sees('示例·陈同学')
  expect(await tablet.stored<OutboxRow>('outbox')).toEqual(frozenStore(1).tables.outbox)
})

test('[F32] a store a newer app has opened is not touched: the page says what to do', async () => {
  const tablet = await tabletOf()
  await layDownV1(tablet)
  await tablet.page.evaluate(
    (native) =>
      new Promise<void>((resolve) => {
        const request = indexedDB.open('changkai', native)
        request.onsuccess = () => {
          request.result.close()
          resolve()
        }
      }),
    (storeVersion + 1) * 10,
  )
  await tablet.page.goto(app.url, { waitUntil: 'commit' })
  await tablet.sees('本机数据由更新的版本写成')
  expect(await versionOf(tablet)).toBe((storeVersion + 1) * 10)
  expect(await tablet.stored<OutboxRow>('outbox')).toEqual(frozenStore(1).tables.outbox)
})

async function receive(tablet: Tablet, visitor = { studentNo: '20240117', name: '示例·王同学' }): Promise<void> {
  await tablet.begin('zdzm', visitor)
  await tablet.tickAll()
  await tablet.keep('当场办结')
}

async function keptOffline(): Promise<Tablet> {
  const tablet = await tabletOf()
  await tablet.enrol(await newLink(), '学工 1 号')
  await tablet.signIn(app.credentials.A, '258036')
  await expect
    .poll(() => tablet.stored<{ key: string }>('meta').then((rows) => rows.map(({ key }) => key)))
    .toContain('rescue')
  await tablet.cutNetwork()
  await receive(tablet)
  await expect.poll(() => tablet.page.evaluate(() => localStorage.getItem('changkai.canary'))).toContain('"open":2')
  return tablet
}

/** A fresh code by the supervisor, in a browser of its own. */
async function newLink(): Promise<string> {
  const desk = await tabletOf()
  await desk.page.goto(`${app.url}/sign-in`)
  await desk.signIn(app.credentials.supervisor)
  await desk.page.goto(`${app.url}/supervise/devices`)
  await desk.page.getByLabel('新平板放在哪个窗口').selectOption({ label: '学工服务' })
  await desk.button(/登记码/).click()
  const link = desk.page.locator('[data-link]')
  await link.waitFor()
  return (await link.textContent())?.trim() ?? ''
}

test('[F30] [R15] [P22] data the browser has cleared is told as lost, with how much, never shown as empty', async () => {
  const tablet = await keptOffline()
  const cdp = await tablet.page.context().newCDPSession(tablet.page)
  await cdp.send('Storage.clearDataForOrigin', { origin: app.url, storageTypes: 'indexeddb' })
  await tablet.page.context().setOffline(false)
  await tablet.page.goto(app.url)
  await tablet.sees('本机数据不见了')
  await tablet.sees('最多有 2 步没有发送就不见了')
})

test('[F31] [R15] a store that will not open is reloaded once, then read raw, and what was not sent is saved as a file', async () => {
  const tablet = await keptOffline()
  // From now on, every ordinary opening fails as a damaged backing store does; reading it without a version still works.
  await tablet.page.addInitScript(() => {
    const open = IDBFactory.prototype.open
    IDBFactory.prototype.open = function (name: string, version?: number) {
      if (version !== undefined) throw new DOMException('Internal error opening backing store', 'UnknownError')
      return open.call(this, name)
    }
  })
  await tablet.page.reload({ waitUntil: 'commit' })
  await tablet.sees('本机存储打不开')
  const steps = () => tablet.page.evaluate(() => localStorage.getItem('changkai.ladder') ?? '')
  expect((JSON.parse(await steps()) as { step: string }[]).map(({ step }) => step)).toEqual(['reload'])
  await tablet.button('读出还没送达的记录').click()
  await tablet.sees('读出了 2 步还没有送达的记录')
  const download = tablet.page.waitForEvent('download')
  await tablet.button('导出应急文件').click()
  const file = JSON.parse(readFileSync(await (await download).path(), 'utf8')) as RescueFile
  expect(file.acts).toBe(2)
  expect((JSON.parse(await steps()) as { step: string }[]).map(({ step }) => step)).toEqual([
    'reload',
    'read',
    'exported',
  ])
  expect(await tablet.page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name))).toContain(
    'changkai',
  )
})

function hasCanary(folder: string): boolean {
  const place = join(folder, 'Default/Local Storage/leveldb')
  return readdirSync(place).some(
    (name) => /\.(log|ldb)$/.test(name) && readFileSync(join(place, name)).includes('changkai.canary'),
  )
}

test('[F31] [R15] files of the store damaged on the disk never leave an empty screen: all is there, or the trouble is told', async () => {
  const tablet = await keptOffline()
  const before = await tablet.stored<OutboxRow>('outbox')
  // Chromium writes localStorage some seconds late: a real canary is minutes old.
  await expect.poll(() => hasCanary(tablet.folder), { timeout: 90_000, interval: 500 }).toBe(true)
  await tablet.damage((folder) => {
    const place = join(folder, 'Default/IndexedDB')
    const level = readdirSync(place).find((name) => name.endsWith('.leveldb')) ?? ''
    for (const name of readdirSync(join(place, level))) {
      const path = join(place, level, name)
      if (/MANIFEST|\.ldb$|\.log$/.test(name)) writeFileSync(path, Buffer.alloc(readFileSync(path).length, 0x5a))
    }
  })
  const isWhole = tablet.page.getByText('王老师')
  const isTold = tablet.page.getByText(/本机数据不见了|本机存储打不开/)
  await isWhole.or(isTold).first().waitFor()
  if (await isTold.first().isVisible()) return
  expect(await tablet.stored<OutboxRow>('outbox')).toEqual(before)
})

test('[F31] [R15] [I21] a store that will not open is left as it is: the tablet goes on in a new one, what was not sent is sent, and the old queue is closed', async () => {
  const tablet = await keptOffline()
  await tablet.page.addInitScript(() => {
    const open = IDBFactory.prototype.open
    IDBFactory.prototype.open = function (name: string, version?: number) {
      if (version !== undefined && name === 'changkai')
        throw new DOMException('Internal error opening backing store', 'UnknownError')
      return version === undefined ? open.call(this, name) : open.call(this, name, version)
    }
  })
  await tablet.page.reload({ waitUntil: 'commit' })
  await tablet.sees('本机存储打不开')
  await tablet.button('读出还没送达的记录').click()
  await tablet.sees('读出了 2 步还没有送达的记录')
  await tablet.button('换新的存储继续').click()
  await tablet.page.context().setOffline(false)
  await tablet.unlock('王老师', '258036')
  await tablet.pill('已同步')
  const names = await tablet.page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name))
  expect(names).toEqual(expect.arrayContaining(['changkai', 'changkai-2']))
  expect(await tablet.stored<OutboxRow>('outbox')).toHaveLength(2)
  // The last step of the ladder is the supervisor's: the tablet works in a queue of its own now, the old one is closed.
  await receive(tablet, { studentNo: '20240126', name: '示例·赵同学' })
  await tablet.pill('已同步')
  const desk = await tabletOf()
  await desk.page.goto(`${app.url}/sign-in`)
  await desk.signIn(app.credentials.supervisor)
  await desk.page.goto(`${app.url}/supervise/devices`)
  await desk.button(/停用 .* 的旧队列/).click()
  await desk.page.getByRole('dialog').getByRole('button', { name: '停用旧队列' }).click()
  await desk.sees('旧队列已停用 · 收到第 2 步，之后的不明')
})
