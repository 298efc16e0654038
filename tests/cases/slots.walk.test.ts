import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { halls } from '../../shared/profiles/halls.ts'
import { startApp, type App } from '../support/app.ts'
import { axeFaults } from '../support/axe-faults.ts'
import { signInAsSupervisor, visit } from '../support/browser-page.ts'
import { launchChromium } from '../support/chromium.ts'
import { Tablet } from '../support/tablet.ts'

const found = halls.nbu.items.find((item) => item.kind === 'committed' && item.code.startsWith('XG-'))
if (!found) throw new Error('the window has no committed item')
const sheet = found
const phone = { width: 390, height: 844 }
const first = { name: '示例·王同学', studentNo: '20240117', phone: '13800001234' }
const third = { name: '示例·赵同学', studentNo: '20240119', phone: '13900005678' }
const second = { name: '示例·林同学', studentNo: '20240118', phone: '' }

let app: App
let browser: Browser
let tablet: Tablet
const errors: string[][] = []

beforeAll(async () => {
  app = await startApp()
  browser = await launchChromium()
  tablet = await Tablet.open(app.url)
  await tablet.enrol(app.credentials.enrolLink, '学工 1 号')
  await tablet.signIn(app.credentials.A, '246810')
  await tablet.pill('已同步')
})
afterAll(async () => {
  await tablet?.close()
  await browser?.close()
  await app?.stop()
})

async function onPhone(path: string): Promise<Page> {
  const { page, errors: own } = await visit(browser, phone)
  page.setDefaultTimeout(30_000)
  errors.push(own)
  await page.goto(`${app.url}${path}`)
  return page
}

/** The screen can be read and used by everyone, in three sizes. */
async function looks(page: Page, name: string): Promise<void> {
  const back = page.viewportSize() ?? phone
  expect(await axeFaults(page, { name, back }), name).toEqual([])
}

async function book(page: Page, student: typeof first): Promise<{ number: string; code: string }> {
  await page.getByRole('radio').first().check()
  await page.getByLabel('姓名').fill(student.name)
  await page.getByLabel('学号').fill(student.studentNo)
  await page.getByLabel('电话').fill(student.phone)
  await page.getByRole('button', { name: '预约' }).click()
  const text = async (key: string) => (await page.locator(`[data-made] [data-${key}]`).textContent()) ?? ''
  return { number: await text('number'), code: await text('code') }
}

test('[NBU-8] booked on a phone, seen at the window, received and accepted with no network under its number', async () => {
  const { page } = tablet
  await tablet.go('预约')
  await tablet.sees('没有预约时段')
  await tablet.button('开预约时段').click()
  const dialog = page.getByRole('dialog', { name: '开预约时段' })
  await dialog.getByLabel('几点开始').fill('00:00')
  await dialog.getByLabel('几点结束').fill('23:59')
  await dialog.getByLabel('每个时段多长').selectOption({ label: '不分，整段' })
  await dialog.getByLabel('每个时段几位').fill('1')
  await dialog.getByText('将开 1 个时段').waitFor()
  await looks(page, 'slots-open')
  await dialog.getByRole('button', { name: '开时段' }).click()
  await page.locator('[data-slot]').getByText('已同步').waitFor()

  const own = await onPhone(`/public/items/${sheet.id}`)
  await own.getByText('还有 1 位').waitFor()
  await looks(own, 'slots-sheet')
  await own.locator('[data-booking-way]').getByRole('link', { name: '预约' }).click()
  await own.getByRole('radio').first().waitFor()
  await looks(own, 'slots-book')
  // What is missing is said where it is, and nothing is sent.
  await own.getByRole('radio').first().check()
  await own.getByLabel('学号').fill('学号')
  await own.getByText('学号应为 4–24 位数字或字母').first().waitFor()
  const made = await book(own, first)
  expect(made.number).toBe('A-1')
  expect(made.code).toMatch(/^[0-9A-Z]{8}$/)
  await looks(own, 'slots-made')

  const line = page.locator(`[data-booking="${made.number}"]`)
  await line.getByText(first.name).waitFor()
  await line.getByText('还没到').waitFor()
  await looks(page, 'slots-day')
  const other = await onPhone(`/public/items/${sheet.id}/book`)
  await other.getByText('现在都约满了').waitFor()

  await tablet.go('窗口')
  await tablet.sees('今天的预约 1')
  await tablet.cutNetwork()
  await tablet.shot('slots-window')
  await page.getByRole('button', { name: `${first.name} 到了` }).click()
  await page.locator('h1', { hasText: sheet.name }).waitFor()
  await page.locator('.student', { hasText: first.name }).waitFor()
  await page.locator('.set', { hasText: `预约号 ${made.number}` }).waitFor()
  await looks(page, 'slots-arrived')
  await tablet.tickAll()
  const number = await tablet.keep(/受理/)
  await tablet.pill(/仅存本机/)
  await tablet.go('预约')
  await line.getByText('已到').waitFor()
  await page.context().setOffline(false)
  await tablet.pill('已同步')
  await line.getByRole('link', { name: '看办件' }).click()
  await tablet.sees(number)
  await tablet.sees(made.number)

  const mine = await onPhone(`/public/nbu/booking/${made.number}#${made.code}`)
  await mine.locator('[data-told]').getByText('已到窗口').waitFor()
  await mine.getByText(number).waitFor()
  expect(await mine.textContent('body')).not.toContain('王同学')
})

test('[NBU-8] a supervisor gives one more place; its student looks it up and cancels by the code, and the place is free', async () => {
  const { page } = await visit(browser)
  page.setDefaultTimeout(30_000)
  await signInAsSupervisor(page, app.url, app.credentials.supervisor)
  await page.locator('nav').getByText('预约', { exact: true }).click()
  await page.getByRole('button', { name: /名额、停约/ }).click()
  await page.getByRole('spinbutton', { name: '名额' }).fill('2')
  await looks(page, 'slots-change')
  await page.getByRole('button', { name: '保存' }).click()
  await page.getByText('已约 1 / 2').waitFor()

  const own = await onPhone(`/public/items/${sheet.id}/book`)
  const made = await book(own, second)
  await tablet.go('预约')
  const line = tablet.page.locator(`[data-booking="${made.number}"]`)
  await line.getByText('还没到').waitFor()
  const mine = await onPhone('/public/nbu/booking')
  await mine.getByLabel('预约号').fill(made.number)
  await mine.getByLabel('预约码').fill('ZZZZZZZZ')
  await mine.getByRole('button', { name: '查一查' }).click()
  await mine.getByText('没有找到这个预约').waitFor()
  expect(await mine.locator('[data-told]').count()).toBe(0)
  await mine.getByLabel('预约码').fill(made.code)
  await mine.getByRole('button', { name: '查一查' }).click()
  await mine.locator('[data-told]').getByText('已预约').waitFor()
  await looks(mine, 'slots-own')
  await mine.getByRole('button', { name: '取消这个预约' }).click()
  await mine.getByRole('dialog').getByRole('button', { name: '取消预约' }).click()
  await mine.locator('[data-told]').getByText('已取消').waitFor()
  await line.getByText('已取消').waitFor()

  // The place is free: a student who phones has it, and the window takes it back with a reason.
  await tablet.button('代约').click()
  const dialog = tablet.page.getByRole('dialog', { name: '代学生预约' })
  await dialog.getByLabel('学号').fill(second.studentNo)
  await dialog.getByLabel('姓名').fill(second.name)
  await tablet.shot('slots-phone')
  await dialog.getByRole('button', { name: '约上' }).click()
  const given = (await dialog.locator('[data-given]').textContent()) ?? ''
  expect(given).toMatch(/^A-[0-9A-Z]{3,}$/)
  await dialog.getByRole('button', { name: '好' }).click()
  const phoned = tablet.page.locator(`[data-booking="${given}"]`)
  await tablet.page.getByRole('button', { name: `取消 ${second.name} 的预约` }).click()
  await tablet.button('学生来电取消').click()
  await looks(tablet.page, 'slots-cancel')
  await tablet.page.getByRole('dialog').getByRole('button', { name: '取消预约' }).click()
  await phoned.getByText('取消：学生来电取消').waitFor()
  await tablet.button('打印名单').click()
  await tablet.page.locator('.desk .a4').getByText('预约名单').waitFor()
  expect(await tablet.page.locator('.desk .a4').textContent()).not.toContain(first.studentNo)
  await tablet.shot('slots-paper')
  await tablet.button('返回预约').click()

  // With no network the window promises the last place; meanwhile a student has it. The window is told whom to call.
  await tablet.cutNetwork()
  await tablet.button('代约').click()
  await dialog.getByLabel('学号').fill(third.studentNo)
  await dialog.getByLabel('姓名').fill(third.name)
  await dialog.getByLabel('电话').fill(third.phone)
  await dialog.getByRole('button', { name: '约上' }).click()
  await dialog.getByRole('button', { name: '好' }).click()
  await tablet.page.locator('[data-slot]').getByText('仅存本机').waitFor()
  await book(await onPhone(`/public/items/${sheet.id}/book`), second)
  await tablet.page.context().setOffline(false)
  await tablet.pill('1 件未被接受')
  await tablet.page.getByRole('button', { name: /未被接受/ }).click()
  const lost = tablet.page.locator('[data-lost]')
  await lost.getByText(third.name).waitFor()
  await tablet.sees(/约满/)
  await tablet.shot('slots-lost')
  await lost.getByRole('button', { name: '另选时间' }).click()
  await tablet.page.waitForURL(/\/slots/)
  expect(errors.flat().filter((text) => !text.includes('404'))).toEqual([])
})
