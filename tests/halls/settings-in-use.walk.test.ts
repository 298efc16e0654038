import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { halls } from '../../shared/profiles/halls.ts'
import { startApp, type App } from '../support/app.ts'
import { pageShots, signInAsSupervisor, visit } from '../support/browser-page.ts'
import { launchChromium } from '../support/chromium.ts'
import { Tablet } from '../support/tablet.ts'

let app: App
let browser: Browser
let page: Page
let tablet: Tablet

beforeAll(async () => {
  app = await startApp()
  browser = await launchChromium()
  page = (await visit(browser)).page
  await signInAsSupervisor(page, app.url, app.credentials.supervisor)
  tablet = await Tablet.open(app.url)
  await tablet.enrol(app.credentials.enrolLink, '学工 1 号')
  await tablet.signIn(app.credentials.A, '258036')
  await tablet.pill('已同步')
})

afterAll(async () => {
  await tablet?.close()
  await browser?.close()
  await app?.stop()
})

const shot = (name: string): Promise<void> => pageShots(page, name)

test('a setting of a part that is not there yet is shown as 尚未启用 and not edited; others are', async () => {
  await page.goto(`${app.url}/settings/profile`)
  const seal = page.locator('[data-setting=sealKeeper]')
  await seal.getByText('尚未启用').waitFor()
  expect(await seal.getByRole('button').count()).toBe(0)
  await page.locator('[data-setting=nonConforming]').getByRole('button', { name: '改材料不合格' }).waitFor()
  await shot('not-yet')
})

/** Ends the first 审批 of a unit as of a day long past. */
async function endApprover(unit: string): Promise<void> {
  const posts = page.getByRole('region', { name: '全厅' }).locator('li').filter({ hasText: '审批' })
  await posts.filter({ hasText: unit }).first().getByRole('button', { name: '结束' }).click()
  const ending = page.getByRole('dialog', { name: /结束.*的岗位/ })
  await ending.getByLabel(/^最后一天/).fill('2026-01-01')
  const why = ending.getByLabel(/原因/)
  if (await why.isVisible()) await why.fill('示例：调离')
  await ending.getByRole('button', { name: '结束岗位' }).click()
  await ending.waitFor({ state: 'hidden' })
}

test('[NBU-8] an approval nobody can give is named in the settings and under 岗位; a unit’s leader ends it', async () => {
  const gaps = page.locator('[data-gaps]')
  const unit = '教务处'
  await page.goto(`${app.url}/settings/people/posts`)
  await page.getByRole('region', { name: '全厅' }).locator('li').filter({ hasText: unit }).first().waitFor()
  expect(await gaps.count()).toBe(0)
  await endApprover(unit)
  await gaps.getByText(new RegExp(`${unit}缺 1 名审批`)).waitFor()
  await shot('gaps')
  await page.goto(`${app.url}/settings/profile`)
  await gaps.getByText(new RegExp(`${unit}缺 \\d 名审批`)).waitFor()
  await page.goto(`${app.url}/settings/people/posts`)
  await gaps.getByText(new RegExp(`${unit}缺 1 名审批`)).waitFor()
  await page.getByRole('button', { name: '安排岗位' }).click()
  const form = page.getByRole('dialog', { name: '安排岗位' })
  const staff = form.getByLabel('谁').locator('option')
  await expect.poll(() => staff.count()).toBeGreaterThan(1)
  await form.getByLabel('谁').selectOption({ index: 1 })
  await form.getByLabel('岗位', { exact: true }).selectOption('approver')
  await form.getByLabel('哪个单位').selectOption({ label: unit })
  await shot('gap-post')
  await form.getByRole('button', { name: '安排', exact: true }).click()
  await form.waitFor({ state: 'hidden' })
  await expect.poll(() => gaps.getByText(new RegExp(`${unit}缺 1 名审批`)).count()).toBe(0)
})

test('[NBU-8] the case page at the window says who must be named, once the unit’s leaders are gone', async () => {
  await tablet.begin('家庭经济困难认定申请', { studentNo: '20240117', name: '示例·王同学' })
  await tablet.tickAll()
  const number = await tablet.keep(/受理 · 承诺/)
  await tablet.openCase(number)
  await tablet.sees('复核与审批')
  expect(await tablet.page.locator('[data-gap]').count()).toBe(0)
  await endApprover('学生发展与服务处')
  await tablet.page.locator('[data-gap]').filter({ hasText: '审批还缺 1 人' }).waitFor()
  await tablet.shot('step-gap')
})

test('[SZIT-10] a hall with a terminal has its pages; the public card says so', async () => {
  expect(halls.nbu.profile.settings.hasTerminal.value).toBe(true)
  await page.goto(`${app.url}/kiosk/nbu`)
  await page.getByText('自助终端').first().waitFor()
  expect(await page.getByText('本厅没有自助终端').count()).toBe(0)
})
