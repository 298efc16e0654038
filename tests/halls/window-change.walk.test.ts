import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addDays, localDay, momentOf } from '../../shared/calendar/day.ts'
import { startApp, type App } from '../support/app.ts'
import { pageShots, signInAsSupervisor, visit, type Visit } from '../support/browser-page.ts'
import { launchChromium } from '../support/chromium.ts'

let app: App
let browser: Browser
let seen: Visit
let page: Page

const today = localDay(Date.now())
const day = addDays(today, 9)
const window = '留学生服务'

beforeAll(async () => {
  app = await startApp()
  browser = await launchChromium()
  seen = await visit(browser)
  page = seen.page
  await signInAsSupervisor(page, app.url, app.credentials.supervisor)
})

afterAll(async () => {
  await browser?.close()
  await app?.stop()
})

const shot = (name: string): Promise<void> => pageShots(page, name)

const go = async (tab: string): Promise<void> => {
  await page.goto(`${app.url}/settings/import`)
  await page.getByRole('button', { name: tab, exact: true }).click()
}
const windowsShown = () => page.locator('[data-window] dt').allInnerTexts()

test('[SSC-7] [NBU-3] a window is applied to be withdrawn, decided for a later day, and gone by the clock on that day', async () => {
  await go('窗口调整')
  await page.getByRole('button', { name: '登记申请' }).click()
  await page.getByText('撤销窗口').click()
  await page.getByLabel('提出申请的单位').selectOption({ label: '国际交流学院' })
  await page.getByLabel('要撤销的窗口').selectOption({ label: window })
  await page.locator('[data-main]').last().click()
  await page.getByText('请写申请里的理由。').waitFor()
  await page.getByLabel('申请的理由').fill('示例：留学生事务并到学工服务窗口')
  await shot('proposal')
  await page.locator('[data-main]').last().click()
  await page.getByRole('heading', { name: `撤销「${window}」窗口` }).waitFor()

  await page.getByText('到生效日起改变').click()
  await page.getByLabel('学生的实际需求').fill('示例：来办的人少')
  await page.getByLabel('决定', { exact: true }).or(page.locator('textarea').nth(1)).first().fill('示例：同意撤销')
  await page.getByLabel(/从哪一天起生效/).fill(day)
  await page.getByText(/还有 \d+ 项没有新的窗口/).waitFor()
  await page.locator('[data-main]').last().click()
  await page.getByRole('alert').filter({ hasText: '它的事项要先有新的窗口' }).waitFor()
  await page.getByLabel('全部换到').selectOption({ label: '学工服务' })
  await shot('decision')
  await page.locator('[data-main]').last().click()
  const record = page.getByLabel('窗口调整的记录')
  await record.getByText('示例：同意撤销').waitFor()
  for (const said of ['国际交流学院', '学生事务中心工作领导小组', '示例：来办的人少', '→ 学工服务'])
    await record.getByText(said).first().waitFor()
  await page.locator('[aria-live=polite]').filter({ hasText: '已同步' }).first().waitFor()
  await shot('decided')

  await go('规章配置')
  await expect.poll(windowsShown).toContain(`7 ${window}`)
  await seen.context.setOffline(true)
  await page.clock.setFixedTime(momentOf(addDays(day, -1), '23:30'))
  await expect.poll(windowsShown).toContain(`7 ${window}`)
  await page.clock.setFixedTime(momentOf(day, '00:30'))
  await expect.poll(windowsShown, { timeout: 20_000 }).not.toContain(`7 ${window}`)
  expect(await windowsShown()).toHaveLength(6)
})
