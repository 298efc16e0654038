import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildRelease, type Release } from '../support/build-client.ts'
import { startDeployment, type Deployment } from '../support/deployment.ts'
import { Tablet } from '../support/tablet.ts'

const pin = '271828'
const visitor = { studentNo: '20260001', name: '示例·王同学', phone: '13800001234' }
const forms = { item: 'zaiduzhengming', typed: '20260002' }

let hall: Deployment
let tablet: Tablet
const releases = new Map<string, Release>()
const release = (version: string): string => releases.get(version)?.folder ?? ''

beforeAll(async () => {
  hall = await startDeployment()
  for (const version of ['1.0.0', '1.0.1', '1.0.2', '1.0.4']) releases.set(version, await buildRelease(version))
  releases.set('1.0.3', await buildRelease('1.0.3', { isBroken: true }))
  hall.deploy(release('1.0.0'))
  tablet = await Tablet.open(hall.url)
})
afterAll(async () => {
  await tablet?.close()
  await hall?.stop()
  for (const one of releases.values()) one.drop()
})

/** The version whose worker serves this page. */
const running = (): Promise<string> =>
  tablet.page.evaluate(async () => {
    const names = (await caches.keys()).filter((name) => name.startsWith('changkai '))
    const own = document.querySelector<HTMLScriptElement>('script[type=module]')?.src ?? ''
    for (const name of names) if (await (await caches.open(name)).match(own)) return name.split(' ')[1] ?? ''
    return 'none'
  })

/** Look for an update and wait until one waits, or until what came has been refused. */
const lookForUpdate = (): Promise<boolean> =>
  tablet.page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready
    const coming = new Promise<ServiceWorker>((resolve) => {
      if (registration.installing) resolve(registration.installing)
      registration.addEventListener('updatefound', () => {
        if (registration.installing) resolve(registration.installing)
      })
    })
    await registration.update()
    const worker = await coming
    await new Promise<void>((resolve) => {
      const look = () => {
        if (worker.state !== 'installing') resolve()
      }
      worker.addEventListener('statechange', look)
      look()
    })
    return worker.state !== 'redundant'
  })

/** Acts that are only here. */
const waiting = async (): Promise<number> =>
  (await tablet.stored<{ open: number }>('outcome')).filter(({ open }) => open === 1).length

const reloaded = async (press: () => Promise<unknown>): Promise<void> => {
  const loaded = tablet.page.waitForEvent('load')
  await press()
  await loaded
}

test('[OFF-1] [F38] a first install that the network undoes is made again, or no page would open offline that day', async () => {
  let asked = 0
  hall.meddle(({ url }) => {
    if (!url.endsWith('/icon-512.png')) return null // a part the page itself does not need
    asked += 1
    return new Response(null, { status: 502 })
  })
  const other = await Tablet.open(hall.url)
  await other.page.goto(`${hall.url}/sign-in`)
  const isTold = () => other.page.locator('[data-downloading]').isVisible()
  await expect.poll(isTold).toBe(true)
  await expect.poll(() => asked, { timeout: 60_000 }).toBeGreaterThan(0)
  const hasWorker = () =>
    other.page.evaluate(() => navigator.serviceWorker.getRegistration().then((found) => found !== undefined))
  await expect.poll(hasWorker, { timeout: 60_000 }).toBe(false)
  await other.page.context().setOffline(true)
  hall.meddle(() => null)
  await other.page.context().setOffline(false)
  await other.page.waitForFunction(() => navigator.serviceWorker.controller !== null)
  await expect.poll(isTold).toBe(false)
  await other.close()
})

test('[OFF-6] [P14] [F37] a new version comes while acts wait and a form is open: nothing happens until 更新 is pressed', async () => {
  await tablet.enrol(hall.enrolLink, '学工 1 号')
  await tablet.signIn(hall.signIn, pin)
  await tablet.page.waitForFunction(() => navigator.serviceWorker.controller !== null)
  hall.meddle(({ url }) => (new URL(url).pathname.startsWith('/sync/') ? new Response(null, { status: 503 }) : null))
  await tablet.begin(forms.item, visitor)
  await tablet.tickAll()
  const number = await tablet.keep(/办结|受理/)
  expect(await waiting()).not.toBe(0)
  const chunks = await tablet.page.evaluate(() =>
    performance
      .getEntriesByType('resource')
      .map(({ name }) => name)
      .filter((name) => name.includes('/assets/')),
  )
  await tablet.begin(forms.item, { ...visitor, studentNo: forms.typed })
  hall.deploy(release('1.0.1'))
  expect(await lookForUpdate()).toBe(true)
  expect(await running()).toBe('1.0.0')
  expect(await tablet.page.getByLabel('学号').inputValue()).toBe(forms.typed)
  await tablet.go('更多')
  await reloaded(() => tablet.button('有新版本，更新').click())
  await tablet.unlock(hall.signIn.label, pin)
  expect(await running()).toBe('1.0.1')
  expect(await waiting()).not.toBe(0)
  const statuses = await tablet.page.evaluate(
    (urls) => Promise.all(urls.map(async (url) => (await fetch(url)).status)),
    chunks,
  )
  expect(new Set(statuses)).toEqual(new Set([200]))
  const drafts = await tablet.stored<{ value: unknown }>('draft')
  expect(JSON.stringify(drafts)).toContain(forms.typed)
  hall.meddle(() => null)
  await tablet.openCase(number)
  await expect.poll(waiting, { timeout: 60_000 }).toBe(0)
  const rows = await hall.database.ownerSql`select number from hall.cases where number = ${number}`
  expect(rows).toHaveLength(1)
})

test('[R17] updates that came one after another without a reload: 更新 takes the newest, under a storm of requests', async () => {
  hall.deploy(release('1.0.0'))
  expect(await lookForUpdate()).toBe(true)
  hall.deploy(release('1.0.2'))
  expect(await lookForUpdate()).toBe(true)
  hall.deploy(release('1.0.0'))
  expect(await lookForUpdate()).toBe(true)
  hall.deploy(release('1.0.2'))
  expect(await lookForUpdate()).toBe(true)
  const storm = tablet.page
    .evaluate(() => Promise.all(Array.from({ length: 300 }, (_, n) => fetch(n % 2 ? '/index.html' : '/livez'))))
    .catch(() => null)
  await tablet.go('更多')
  await reloaded(() => tablet.button('有新版本，更新').click())
  await storm
  await tablet.unlock(hall.signIn.label, pin)
  expect(await running()).toBe('1.0.2')
})

test('[F38] an update that arrives damaged is not taken: the version at work stays whole, also without a server', async () => {
  hall.meddle(({ url }) => {
    const { pathname } = new URL(url)
    return /^\/assets\/.*\.js$/.test(pathname)
      ? new Response('export const half =', { headers: { 'content-type': 'text/javascript' } })
      : null
  })
  hall.deploy(release('1.0.4'))
  expect(await lookForUpdate()).toBe(false)
  hall.meddle(() => new Response(null, { status: 502 }))
  await reloaded(() => tablet.page.reload())
  await tablet.unlock(hall.signIn.label, pin)
  expect(await running()).toBe('1.0.2')
  hall.meddle(() => null)
})

test('[F39] a release that shows nothing is stopped by the server and replaced by the next; what waits is untouched', async () => {
  hall.meddle(({ url }) => (new URL(url).pathname.startsWith('/sync/') ? new Response(null, { status: 503 }) : null))
  await tablet.begin(forms.item, { ...visitor, studentNo: '20260003' })
  await tablet.tickAll()
  await tablet.keep(/办结|受理/)
  hall.deploy(release('1.0.3'))
  expect(await lookForUpdate()).toBe(true)
  await tablet.go('更多')
  await reloaded(() => tablet.button('有新版本，更新').click())
  expect(await running()).toBe('1.0.3')
  hall.deploy(release('1.0.1'), { stoppedClients: ['1.0.3'] })
  // Nothing of the page works: only the browser itself looks for a new worker, when the page is opened again.
  await expect
    .poll(
      async () => {
        await tablet.page.goto(hall.url)
        return running()
      },
      { timeout: 60_000, interval: 1_000 },
    )
    .toBe('1.0.1')
  hall.meddle(() => null)
  await tablet.unlock(hall.signIn.label, pin)
  await expect.poll(waiting, { timeout: 60_000 }).toBe(0)
})

test('[F39] the worker itself can be taken away: pages come from the server again, and the store stays', async () => {
  hall.deploy(release('1.0.1'), { isWorkerOff: true })
  const acts = (await tablet.stored('outbox')).length
  await reloaded(() => tablet.page.evaluate(async () => void (await navigator.serviceWorker.ready).update()))
  expect(await tablet.page.evaluate(() => caches.keys())).toEqual([])
  await tablet.unlock(hall.signIn.label, pin)
  expect(await tablet.stored('outbox')).toHaveLength(acts)
})
