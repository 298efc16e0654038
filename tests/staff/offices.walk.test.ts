import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addDays, localDay } from '../../shared/calendar/day.ts'
import { addMonths } from '../../shared/staff/index.ts'
import { startApp, type App } from '../support/app.ts'
import { signInAsSupervisor, visit, type Visit } from '../support/browser-page.ts'
import { launchChromium } from '../support/chromium.ts'
import { Tablet } from '../support/tablet.ts'

const tall = { timeout: 60_000 }
let app: App
let browser: Browser
let seen: Visit
let page: Page

beforeAll(async () => {
  app = await startApp('szu')
  browser = await launchChromium()
  seen = await visit(browser)
  page = seen.page
  page.setDefaultTimeout(60_000)
  await signInAsSupervisor(page, app.url, app.credentials.supervisor)
})

afterAll(async () => {
  await browser?.close()
  await app?.stop()
})

const go = async (path: string): Promise<void> => {
  await page.goto(`${app.url}${path}`)
  await page.locator('.strip').waitFor(tall)
}
const button = (name: string | RegExp) => page.getByRole('button', { name }).first()

const shot = async (name: string): Promise<void> => {
  if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/${name}.png` })
}

test('[REF-CH] a director’s term that ends soon is said at the next sign-in, and 连任 adds one year', async () => {
  await go('/settings/people/offices')
  for (const name of ['办公室', '权益维护部', '咨询服务部', '活动策划部'])
    await page.getByText(name, { exact: true }).waitFor(tall)
  await button('登记任职').click()
  const form = page.getByRole('dialog', { name: '登记任职' })
  await form.getByLabel('职务').selectOption({ label: '副主任' })
  await form.getByLabel(/^姓名/).fill('示例·副主任')
  await form.getByText('须先报学校党委批准').first().waitFor(tall)
  await form.getByLabel('职务').selectOption({ label: '主任' })
  await form.getByLabel(/^姓名/).fill('示例·主任')
  // A year that ends in ten days.
  const from = addMonths(addDays(localDay(Date.now()), 11), -12)
  await form.getByLabel(/^学生代表选举的日期/).fill(from)
  await form.getByLabel(/^从哪天起/).fill(from)
  await shot('office-form')
  await form.getByRole('button', { name: '登记', exact: true }).click()
  await page
    .getByText(/任期还有 \d+ 天到期。/)
    .first()
    .waitFor(tall)
  await shot('offices')
  await page.locator('[aria-live=polite]').filter({ hasText: '已同步' }).first().waitFor(tall)
  await page.locator('nav').getByText('更多', { exact: true }).click()
  await button('退出，换人进入').click()
  await page.waitForURL(/sign-in/, tall)
  await signInAsSupervisor(page, app.url, app.credentials.supervisor)
  await page.getByText(/主任示例·主任任期还有 \d+ 天到期。/).waitFor(tall)
  await go('/settings/people/offices')
  await button('连任一届').click()
  await page.getByText(/第 2 届/).waitFor(tall)
  // The reminder of the sign-in may still stand at the foot; the page itself has none any more.
  expect(
    await page
      .getByRole('region', { name: '机构任职' })
      .getByText(/任期还有/)
      .count(),
  ).toBe(0)
})

test('[ZJJ-10] minutes with tasks: they stand on their owners’ lists with the date, at the window too, until done', async () => {
  await go('/meetings')
  await button('记一次会议').click()
  const form = page.getByRole('dialog', { name: '记一次会议' })
  await form.getByLabel('地点').fill('二楼会议室')
  await form.getByRole('checkbox').first().check()
  await form.getByLabel(/^会议记录/).fill('示例：本周情况')
  await form.getByLabel('工作总结').fill('示例：总结')
  await form.getByLabel('工作安排').fill('示例：安排')
  const give = async (text: string, owner: string): Promise<void> => {
    await form.getByLabel('做什么').fill(text)
    const value = await form.getByLabel('谁办').locator('option', { hasText: owner }).first().getAttribute('value')
    await form.getByLabel('谁办').selectOption(value)
    await form.getByLabel('哪天前').fill('2099-12-31')
    await form.getByRole('button', { name: '加上任务' }).click()
  }
  const { label } = app.credentials.A
  const nameOfA = label.split(' · ').at(-1) ?? ''
  const nameOfOfficer = app.credentials.supervisor.label.split(' · ').at(-1) ?? ''
  await give('示例：补一次培训', nameOfA)
  await give('示例：报名单', nameOfOfficer)
  await shot('meeting-form')
  await form.getByRole('button', { name: '保存' }).click()
  const mine = page.getByRole('region', { name: '我的任务' })
  await mine.getByText('示例：报名单').waitFor(tall)
  expect(await mine.getByText('示例：补一次培训').count()).toBe(0)
  await shot('meetings')
  await page.locator('[aria-live=polite]').filter({ hasText: '已同步' }).first().waitFor(tall)
  const tablet = await Tablet.open(app.url)
  await tablet.enrol(app.credentials.enrolLink, '1 号')
  await tablet.signIn(app.credentials.A, '258036')
  await tablet.go('更多')
  await tablet.button('例会和任务').click()
  const own = tablet.page.getByRole('region', { name: '我的任务' })
  await own.getByText('示例：补一次培训').waitFor(tall)
  await own.getByText('12月31日前').waitFor(tall)
  await tablet.cutNetwork()
  await own.getByRole('button', { name: '办完了' }).click()
  await own.getByText('没有要办的。').waitFor(tall)
  await tablet.page.context().setOffline(false)
  await page.getByText('已办完').waitFor(tall)
  await tablet.close()
  expect(seen.errors.filter((line) => !/Failed to load resource/.test(line))).toEqual([])
})

test('[SZIT-8] an applicant is selected with the windows to cover, is on record, and named as untrained until trained', async () => {
  await go('/settings/people/assistants')
  await button('登记报名').click()
  const form = page.getByRole('dialog', { name: '登记报名' })
  await form.getByLabel(/^姓名/).fill('示例·报名同学')
  await form.getByLabel(/^学号/).fill('20250101')
  await form.getByLabel(/^学院/).fill('示例学院')
  await form.getByRole('checkbox').first().check()
  await form.getByLabel('一周里没空的时间：从').fill('10:00')
  await form.getByLabel('一周里没空的时间：到').fill('11:40')
  await form.getByRole('button', { name: '加上' }).click()
  await shot('assistant-form')
  await form.getByRole('button', { name: '登记', exact: true }).click()
  await page.getByText('没空：周一 10:00–11:40 上课').waitFor(tall)
  await page.getByRole('button', { name: '选用', exact: true }).click()
  await button('选用并建档').click()
  await button(/^已选用/).click()
  await page.getByText('还没有上岗培训记录，不能上岗').first().waitFor(tall)
  await shot('assistants')
  await page.getByRole('link', { name: '档案' }).click()
  await page.getByRole('heading', { name: /示例·报名同学/ }).waitFor(tall)
  await page.getByText('周一 10:00–11:40 上课').waitFor(tall)
})

test('[SSC-9] a list of people is looked at, then taken in; a wrong one changes nothing and says where', async () => {
  const head = '工号或学号,姓名,类别,单位,职级'
  const list = (name: string, rows: string) =>
    page.setInputFiles('input[type=file]', {
      name,
      mimeType: 'text/csv',
      buffer: Buffer.from(`\uFEFF${head}\r\n${rows}\r\n`),
    })
  await go('/settings/people/import')
  await list('错的.csv', '2019001,示例·导入老师,领导,学生处,')
  await page.getByText('文件有 1 处错误，什么都没有改动。').waitFor(tall)
  await list('对的.csv', '2019001,示例·导入老师,工作人员,学生处,中层干部')
  await page.getByText(/新增 1，改动 0/).waitFor(tall)
  await shot('people-import')
  await button('导入 1 人').click()
  await page.getByText('已导入 1 人。').waitFor(tall)
  await button('全部人员').click()
  await page.getByLabel('找人').fill('导入')
  await page.getByRole('link', { name: /示例·导入老师.*中层干部/ }).waitFor(tall)
  await shot('people')
})
