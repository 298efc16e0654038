import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { localDay } from '../../shared/calendar/day.ts'
import { halls } from '../../shared/profiles/halls.ts'
import { startApp, type App } from '../support/app.ts'
import { signInAsSupervisor, visit, type Visit } from '../support/browser-page.ts'
import { launchChromium } from '../support/chromium.ts'
import { Tablet } from '../support/tablet.ts'

/** The window of the tablet, its commonest kind of sheet, and who comes. */
const first = halls.nbu.items.find(
  (item) => item.kind === 'committed' && item.charge === null && item.code.startsWith('XG-'),
)
if (!first) throw new Error('the window has no committed item')
const visitor = { studentNo: '20240117', name: '示例·王同学', phone: '13800001234' }

let app: App
let browser: Browser
let seen: Visit
let page: Page

beforeAll(async () => {
  app = await startApp()
  browser = await launchChromium()
  seen = await visit(browser)
  page = seen.page
})

afterAll(async () => {
  await browser?.close()
  await app?.stop()
})

const edit = async (): Promise<void> => {
  await page.goto(`${app.url}/items/${first.id}`)
  await page.getByRole('button', { name: '改一版' }).click()
  await page.getByRole('heading', { name: `${first.name}：改第 2 版` }).waitFor()
}

test('[SSC-17, ZJJ-9] a supervisor makes the next version; a case keeps the version it was received under', async () => {
  const tablet = await Tablet.open(app.url)
  await tablet.enrol(app.credentials.enrolLink, '学工 1 号')
  await tablet.signIn(app.credentials.A, '246810')
  await tablet.begin(first.code, visitor)
  await tablet.tickAll()
  const number = await tablet.keep(/受理/)
  await tablet.pill(/已同步/)

  await signInAsSupervisor(page, app.url, app.credentials.supervisor)
  await edit()
  // Half a charge is refused in the article's words, before anything is asked of the server.
  await page.getByLabel('收费标准').fill('示例：每份 2 元')
  await page.getByText(/应写明收费依据/).waitFor()
  expect(await page.locator('.outcome [data-main]').last().getAttribute('aria-disabled')).toBe('true')
  await page.getByLabel('收费依据').fill('示例：物价部门备案')
  await page.getByLabel('材料').fill('')
  await page.getByLabel('网上办理地址').fill('https://ehall.example.edu.cn/xg')
  await page.getByLabel('生效日期').fill(localDay(Date.now()))
  await page.getByRole('button', { name: '看改动' }).click()
  expect(await page.locator('.change').textContent()).toContain('示例：每份 2 元')
  await page.getByRole('button', { name: '发布第 2 版' }).click()
  await page.waitForURL(/@2$/)
  await page.getByText('不用带材料').first().waitFor()

  await tablet.openCase(number)
  await tablet.sees('一事一表第 1 版')
  // The catalogue on the tablet is live, and tells the online address to whoever stands at the window (SSC-6).
  await tablet.go('事项')
  await tablet.page.locator(`a[href="/items/${first.id.replace('@1', '@2')}"]`).click()
  await tablet.sees('https://ehall.example.edu.cn/xg')
  await tablet.close()

  const student = await visit(browser, { width: 390, height: 844 })
  await student.page.goto(`${app.url}/public/items/${first.id}`)
  await student.page.getByRole('link', { name: '看现行的' }).click()
  await student.page.getByText('示例：每份 2 元').waitFor()
  await student.page
    .getByText(/第 2 版/)
    .first()
    .waitFor()
  expect(student.errors).toEqual([])
  await student.context.close()
})

test('[SSC-17] 停用 has its day; [SSC-6] matters that are neither online nor at a window are listed and exported', async () => {
  await page.goto(`${app.url}/items/${first.id.replace('@1', '@2')}`)
  await page.getByRole('button', { name: '停用', exact: true }).click()
  await page.getByRole('dialog').getByRole('button', { name: '停用', exact: true }).click()
  await page.getByText(/停用$/).first().waitFor()
  await page.goto(`${app.url}/settings/outside`)
  await page.locator('[data-outside] li').first().waitFor()
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: '导出 .xlsx' }).click(),
  ])
  expect(file.suggestedFilename()).toMatch(/^未进厅事项-.*\.xlsx$/)
  expect(seen.errors).toEqual([])
})
