import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { localDay } from '../../shared/calendar/day.ts'
import { halls } from '../../shared/profiles/halls.ts'
import { startApp, type App } from '../support/app.ts'
import { pageShots, signInAsSupervisor, visit } from '../support/browser-page.ts'
import { launchChromium } from '../support/chromium.ts'
import { Tablet } from '../support/tablet.ts'

const item = halls.nbu.items.find(
  ({ kind, charge, code }) => kind === 'committed' && charge === null && /^XG-/.test(code),
)
if (!item) throw new Error('the window has no committed item')

let app: App
let browser: Browser
let tablet: Tablet

beforeAll(async () => {
  app = await startApp()
  browser = await launchChromium()
  tablet = await Tablet.open(app.url)
  await tablet.enrol(app.credentials.enrolLink, '学工 1 号')
  await tablet.signIn(app.credentials.A, '246810')
})

afterAll(async () => {
  await tablet?.close()
  await browser?.close()
  await app?.stop()
})

test('[SSC-17] a window registers where its printed guide lies, with no network', async () => {
  await tablet.go('事项')
  await tablet.page.locator(`a[href="/items/${item.id}"]`).click()
  await tablet.button('关注改动').click()
  await tablet.sees('已关注')
  await tablet.button('登记印好的指南').click()
  const form = tablet.page.getByRole('dialog', { name: '登记服务指南' })
  await form.waitFor()
  await tablet.cutNetwork()
  await form.getByLabel('放在哪里（指定位置）').fill('大厅入口 1 号架')
  await form.getByLabel('份数').fill('50')
  await form.getByRole('button', { name: '登记', exact: true }).click()
  const line = tablet.page.locator('li', { hasText: '大厅入口 1 号架' })
  await line.filter({ hasText: '放 50 份' }).filter({ hasText: '仅存本机' }).waitFor()
  expect(await line.getByRole('button', { name: /已换/ }).count()).toBe(0)
  await tablet.shot('guides')
  await tablet.page.context().setOffline(false)
  await line.filter({ hasText: '已同步' }).waitFor()
})

test('[SSC-17] a newer version is told on the catalogue; one tap notes that the guide was renewed', async () => {
  const { page, context } = await visit(browser)
  await signInAsSupervisor(page, app.url, app.credentials.supervisor)
  await page.goto(`${app.url}/items/${item.id}/edit`)
  await page.getByRole('heading', { name: `${item.name}：改第 2 版` }).waitFor()
  await page.getByLabel('服务对象').fill('示例：全日制在籍学生和交换生')
  await page.getByLabel('生效日期').fill(localDay(Date.now()))
  await page.getByRole('button', { name: '看改动' }).click()
  await page.getByRole('button', { name: '发布第 2 版' }).click()
  await page.waitForURL(/@2$/)

  await tablet.go('事项')
  await tablet.sees('1 处要换新或撤下')
  // Not before: it is this page that sends what was published.
  await context.close()
  await tablet.shot('guide-note')
  await tablet.page.getByRole('link', { name: /印制的服务指南/ }).click()
  await tablet.sees('现行的是第 2 版，架上还是第 1 版')
  await pageShots(tablet.page, 'guides-due')
  await tablet.button('已换第 2 版').click()
  const line = tablet.page.locator('li', { hasText: '大厅入口 1 号架' })
  await line.filter({ hasText: '第 2 版' }).filter({ hasText: '放 50 份' }).waitFor()
  await tablet.page.getByText('架上还是第 1 版').waitFor({ state: 'detached' })
  await line.getByRole('button', { name: '撤下' }).click()
  await tablet.sees('还没有登记的服务指南')
})

test('[NBU-5] whoever follows the item sees what changed, on the tablet without a network, and anybody on the public page', async () => {
  await tablet.go('事项')
  await tablet.cutNetwork()
  await tablet.sees('1 项有改动')
  await tablet.page.getByRole('link', { name: /我关注的事项/ }).click()
  const one = tablet.page.locator(`[data-follow="${item.code}"]`)
  await one.filter({ hasText: item.audience }).filter({ hasText: '示例：全日制在籍学生和交换生' }).waitFor()
  await pageShots(tablet.page, 'follows')
  await one.getByRole('button', { name: '知道了' }).click()
  await one.filter({ hasText: '没有改动' }).waitFor()
  await tablet.page.context().setOffline(false)

  const student = await visit(browser, { width: 390, height: 844 })
  await student.page.goto(`${app.url}/public/nbu`)
  const news = student.page.getByRole('region', { name: '最近的改动' })
  await news.locator('[data-news=changed]').filter({ hasText: '示例：全日制在籍学生和交换生' }).waitFor()
  await news.scrollIntoViewIfNeeded()
  if (process.env.SHOTS) await student.page.screenshot({ path: `${process.env.SHOTS}/news-390.png` })
  const feed = await student.page.request.get(`${app.url}/api/v1/public/halls/nbu/changes.atom`)
  expect([feed.status(), await feed.text()]).toEqual([200, expect.stringContaining(item.name)])
  expect(student.errors).toEqual([])
  await student.context.close()
})
