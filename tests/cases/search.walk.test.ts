import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { halls } from '../../shared/profiles/halls.ts'
import { startApp, type App } from '../support/app.ts'
import { signInAsSupervisor, visit } from '../support/browser-page.ts'
import { launchChromium } from '../support/chromium.ts'
import { Tablet } from '../support/tablet.ts'

const item = halls.nbu.items.find(
  ({ kind, code, charge }) => kind === 'instant' && charge === null && /^XG-/.test(code),
)
if (!item) throw new Error('the window has no instant item')
const visitor = { studentNo: '20240117', name: '示例·王同学', phone: '13800001234' }

let app: App
let browser: Browser
let tablet: Tablet
let number = ''

beforeAll(async () => {
  app = await startApp()
  browser = await launchChromium()
  tablet = await Tablet.open(app.url)
  await tablet.enrol(app.credentials.enrolLink, '学工 1 号')
  await tablet.signIn(app.credentials.A, '246810')
  await tablet.begin(item.code, visitor)
  await tablet.tickAll()
  number = await tablet.keep(/办结/)
  await tablet.pill(/已同步/)
})

afterAll(async () => {
  await tablet?.close()
  await browser?.close()
  await app?.stop()
})

test("[SSC-17] a window's tablet finds an ended case it holds by pinyin, offline too, and says it searches no further", async () => {
  await tablet.go('办件')
  await tablet.cutNetwork()
  const box = tablet.page.getByRole('combobox', { name: '查找办件' })
  await box.fill('wtx')
  const here = tablet.page.getByRole('region', { name: '本机的办件' })
  await here.getByRole('link', { name: item.name }).waitFor()
  await tablet.sees('只查本机有的')
  expect(await tablet.page.getByRole('region', { name: '更早的办件' }).count()).toBe(0)
  await here.getByRole('link', { name: item.name }).click()
  await tablet.sees(number)
  await tablet.page.context().setOffline(false)
})

test("[REF-PRIV] a supervisor's PC finds what it does not hold, number covered, opens it to look at, and says so when offline", async () => {
  const { page, context, errors } = await visit(browser)
  await signInAsSupervisor(page, app.url, app.credentials.supervisor)
  // Addresses outlive the page: in histories, in a proxy's log, on a shared screen (T13).
  const addresses: string[] = []
  page.on('request', (request) => addresses.push(decodeURIComponent(request.url())))
  page.on('framenavigated', (frame) => addresses.push(decodeURIComponent(frame.url())))
  await page.goto(`${app.url}/cases`)
  const box = page.getByRole('combobox', { name: '查找办件' })
  await box.fill('wangtongxue')
  const there = page.getByRole('region', { name: '更早的办件' })
  const row = there.getByRole('link', { name: item.name })
  await row.waitFor()
  await row.filter({ hasText: '2024****17' }).waitFor()
  expect(await there.textContent()).not.toContain(visitor.studentNo)
  await row.click()
  await page.getByText('这是服务器上的记录，只能看').waitFor()
  await page.getByText(number).first().waitFor()
  await page.getByText('经过').waitFor()
  await page.goBack()
  expect(await box.inputValue()).toBe('wangtongxue')
  await row.waitFor()
  await context.setOffline(true)
  await box.fill('没有这个人')
  await page.getByText('现在没有网络，只查了本机有的办件').waitFor()
  // The network is back while somebody types: what was typed is searched all the same.
  await box.fill('wangtongxue')
  await context.setOffline(false)
  await row.waitFor()
  expect(addresses.length).toBeGreaterThan(1)
  expect(addresses.filter((url) => /wangtongxue|没有这个人|王同学|20240117/.test(url))).toEqual([])
  expect(errors.filter((text) => !/ERR_INTERNET_DISCONNECTED|Failed to load resource/.test(text))).toEqual([])
  await context.close()
})
