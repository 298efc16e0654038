import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addDays, localDay } from '../../shared/calendar/day.ts'
import { startApp, type App } from '../support/app.ts'
import { pageShots, signInAsSupervisor, visit, type Visit } from '../support/browser-page.ts'
import { launchChromium } from '../support/chromium.ts'
import { plain, readPdf } from '../support/pdf.ts'
import { Tablet } from '../support/tablet.ts'

const own = 'a-password-of-mine'
const day = addDays(localDay(Date.now()), -1)
const tall = { timeout: 60_000 }
const dot = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

let app: App
let browser: Browser
let seen: Visit
let page: Page
let tablet: Tablet

beforeAll(async () => {
  app = await startApp()
  browser = await launchChromium()
  seen = await visit(browser)
  page = seen.page
  page.setDefaultTimeout(60_000)
  await signInAsSupervisor(page, app.url, app.credentials.supervisor)
  tablet = await Tablet.open(app.url)
  await tablet.enrol(app.credentials.enrolLink, '1 号')
})

afterAll(async () => {
  await tablet?.close()
  await browser?.close()
  await app?.stop()
})

const button = (name: string | RegExp) => page.getByRole('button', { name }).first()
const dialog = (name: string | RegExp) => page.getByRole('dialog', { name })

const go = async (path: string): Promise<void> => {
  await page.goto(`${app.url}${path}`)
  // A reload makes a new key for the sitting: the page is there once somebody is signed in again.
  await page.locator('.strip').waitFor(tall)
}

const shot = (name: string): Promise<void> => pageShots(page, name)

/** 建档 with training for all windows, and the account's one-time password. */
async function hire(name: string, login: string): Promise<string> {
  await go('/settings/people')
  await button('建档').click()
  const form = dialog('建档')
  await form.getByLabel(/^姓名/).fill(name)
  await form.getByLabel('单位').selectOption({ label: '学生发展与服务处' })
  await form.getByLabel('工号').fill(login)
  await form.getByLabel('工作牌号').fill(login.toUpperCase())
  await form.getByRole('button', { name: '保存' }).click()
  await page.getByRole('heading', { name: new RegExp(name) }).waitFor(tall)
  await button('登记培训').click()
  await page.getByLabel(/^培训日期/).fill('2026-01-05')
  await page.locator('.train').getByRole('button', { name: '登记培训' }).click()
  await page.getByText('2026年1月5日 · 大厅培训 · 全部窗口').waitFor(tall)
  await page.getByLabel('给这个人建账号').fill(login)
  // The record has to be with the server before its account can be.
  const once = page.locator('[data-once]')
  for (let tries = 0; tries < 20 && !(await once.isVisible()); tries += 1) {
    await button('建账号').click()
    await once.or(page.getByText('还没有这个人的档案')).first().waitFor(tall)
  }
  const password = (await once.textContent()) ?? ''
  await shot('account')
  await button('已经交给本人').click()
  return password
}

test('[SSC-9, NBU-17] a record, an account and a post: that person replaces the one-time password and serves at the tablet', async () => {
  const once = await hire('示例·新老师', 'nbu.new')
  await shot('person')
  await go('/settings/people/posts')
  await shot('posts')
  const window = page.getByRole('region', { name: '学工服务' })
  await window.getByRole('button', { name: '安排' }).click()
  const form = dialog('安排岗位')
  await form.getByLabel('谁').selectOption({ label: '示例·新老师（NBU.NEW）' })
  await form.getByText('每个窗口只设 1 名工作人员').waitFor(tall)
  await form.getByLabel('岗位').selectOption('roleB')
  await form.getByText('按聘期服务，请写聘期的结束日期。').waitFor(tall)
  await form.getByText('已经配齐').waitFor(tall)
  await shot('post-form')
  await form.getByRole('button', { name: '取消' }).click()
  await window.locator('li').filter({ hasText: 'B岗' }).getByRole('button', { name: '结束' }).click()
  const ending = page.getByRole('dialog', { name: /结束.*的岗位/ })
  await ending.getByLabel(/^最后一天/).fill(day)
  await ending.getByRole('button', { name: '结束岗位' }).click()
  await window.getByRole('button', { name: '安排' }).click()
  await form.getByLabel('谁').selectOption({ label: '示例·新老师（NBU.NEW）' })
  await form.getByLabel('岗位').selectOption('roleB')
  await form.getByLabel(/^到哪天/).fill('2099-08-31')
  await form.getByRole('button', { name: '安排', exact: true }).click()
  await window.getByText('示例·新老师').waitFor(tall)
  const at = tablet.page
  await tablet.button('用账号和密码进入').click()
  await at.getByLabel('账号').fill('nbu.new')
  await at.getByLabel('密码').fill(once)
  await at.getByRole('button', { name: '进入', exact: true }).click()
  await at.getByLabel('新密码', { exact: false }).first().fill(own)
  await at.getByLabel('再输一遍新密码').fill(own)
  await at.getByRole('button', { name: '进入', exact: true }).click()
  await tablet.sees('设这台平板的 6 位 PIN')
  await tablet.type('258036')
  await tablet.sees('再输一遍')
  await tablet.type('258036')
  await at.waitForURL(/window/, tall)
  await tablet.sees('示例·新老师')
})

test('[NBU-18] a second screen shows who serves as what, without the network too; the badge has the record’s number', async () => {
  const second = await tablet.page.context().newPage()
  await second.goto(`${app.url}/display`)
  await second.getByText('示例·新老师').waitFor(tall)
  expect(await second.locator('.role').textContent()).toBe('B岗')
  await tablet.cutNetwork()
  await second.reload()
  await second.getByText('示例·新老师').waitFor(tall)
  if (process.env.SHOTS) await second.screenshot({ path: `${process.env.SHOTS}/display.png` })
  await tablet.page.context().setOffline(false)
  await second.close()
  await go('/settings/people')
  await page.getByRole('link', { name: /示例·新老师/ }).click()
  await page.setInputFiles('input[type=file]', { name: '照片.png', mimeType: 'image/png', buffer: dot })
  await page.getByRole('img', { name: '示例·新老师的照片' }).waitFor(tall)
  await button('工作牌').click()
  await page.locator('.desk .badges').waitFor(tall)
  const drawn = () => page.evaluate(() => document.querySelector<HTMLImageElement>('.badges img')?.naturalWidth)
  await expect.poll(drawn, tall).toBe(240)
  await shot('badge')
  await page.evaluate(() => {
    window.print = () => undefined
  })
  await button('打印 A4').click()
  const { text, sizes } = await readPdf(await page.pdf({ preferCSSPageSize: true, printBackground: true }))
  for (const word of ['工作牌', '示例·新老师', 'NBU.NEW', '学生发展与服务处', 'B岗'])
    expect(text).toContain(plain(word))
  expect(sizes).toEqual([{ width: 210, height: 297 }])
  await page.keyboard.press('Escape')
})

test('[SSC-12, ZJJ-30] a change of staff: consent, successor, every open case by number, then the old PIN opens nothing', async () => {
  const number = await (async () => {
    await tablet.begin('xszbb', { studentNo: '20240117', name: '示例·王同学' })
    await tablet.tickAll()
    return tablet.keep(/受理 · 承诺/)
  })()
  expect(number).not.toBe('')
  await tablet.pill('已同步')
  await hire('示例·接替', 'nbu.next')
  await go('/settings/people/changes')
  await button('提出更换').click()
  const ask = dialog('提出更换')
  const serving = ask.getByLabel('更换谁')
  const option = await serving.locator('option', { hasText: '示例·新老师' }).getAttribute('value')
  await serving.selectOption(option)
  await ask.getByLabel(/^认定的情况/).fill('示例：多次办错，不能胜任')
  await ask.getByRole('button', { name: '提出更换' }).click()
  // Chosen while the answer is still out: what one has filled in outlives it.
  await page.getByLabel('谁接替').selectOption({ label: '示例·接替' })
  await button('同意更换').click()
  await page.getByText('已同意，等移交').first().waitFor(tall)
  await button('写明接替的人').click()
  await page.getByText(number).first().waitFor(tall)
  await shot('change')
  expect(await button('更换生效').getAttribute('aria-disabled')).toBe('true')
  const hand = button('全部交给示例·接替')
  await expect.poll(() => hand.getAttribute('aria-disabled'), tall).toBeNull()
  await hand.click()
  await page.getByText(`已移交 1 件：${number}`).waitFor(tall)
  await expect.poll(() => button('更换生效').getAttribute('aria-disabled'), tall).toBeNull()
  await button('更换生效').click()
  await page.getByText(/起生效。/).waitFor(tall)
  await tablet.pill('已同步')
  // The tablet has learnt that the post is over: the PIN of who left opens it no more.
  const at = tablet.page
  const lastDay = async (): Promise<string | null | undefined> => {
    const rows = await tablet.stored<{ image: { personName?: string; to?: string | null } }>('view')
    return rows.find(({ image }) => image.personName === '示例·新老师' && image.to !== undefined)?.image.to
  }
  await expect.poll(lastDay, tall).toBe(day)
  await tablet.go('锁屏')
  await tablet.type('258036')
  await at.getByText('岗位已经结束').waitFor(tall)
  expect(seen.errors.filter((line) => !/Failed to load resource/.test(line))).toEqual([])
})
