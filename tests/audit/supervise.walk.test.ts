import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startApp, type App } from '../support/app.ts'
import { signInAsSupervisor, visit } from '../support/browser-page.ts'
import { launchChromium } from '../support/chromium.ts'
import { playContestedDay, type ContestedDay } from './contested-day.ts'
import { receiveAfterTheGrant } from './held-many.ts'
import { enrolWire, make, send } from './wire-tablet.ts'

let app: App
let browser: Browser
let page: Page
let day: ContestedDay
const crashes: string[] = []

beforeAll(async () => {
  app = await startApp()
  day = await playContestedDay(app, Date.now())
  browser = await launchChromium()
  page = (await visit(browser)).page
  page.on('pageerror', (error) => crashes.push(error.message))
  await signInAsSupervisor(page, app.url, app.credentials.supervisor)
})

afterAll(async () => {
  await browser?.close()
  await app?.stop()
})

const rowsText = async (): Promise<string[]> =>
  (await page.locator('table.log tbody tr').allTextContents()).map((text) => text.replace(/\s+/g, ' '))

const openTab = async (name: RegExp): Promise<void> => {
  await page.getByRole('navigation', { name: '督查' }).getByRole('button', { name }).click()
}

const log = async (query = ''): Promise<string[]> => {
  await page.goto(`${app.url}/supervise/log${query}`)
  await page.locator('table.log tbody tr').first().waitFor()
  return rowsText()
}

test('[SUP-2] the log shows who did what as what, on which tablet, by both clocks, and what came of it', async () => {
  const rows = await log()
  const corrected = rows.find((row) => row.includes('更正') && row.includes('李同学'))
  for (const part of ['B岗', '学工 2 号', '离线', '收到', '平板时钟快 12 分', '待裁决', day.numbers[0]])
    expect(corrected).toContain(part)
  const refused = rows.find((row) => row.includes('不予办理'))
  expect(refused).toContain('待主管处理')
  expect(refused).toContain('请主管核对后处理')
  const concluded = rows.find((row) => row.includes('办结') && row.includes('王老师'))
  for (const part of ['A岗', '学工 1 号', '已同步']) expect(concluded).toContain(part)
  expect(concluded).not.toContain('离线')
})

test('[SUP-2] filters ask the server, stand in the address, and find nothing in words', async () => {
  const offline = await log('?offline=yes')
  expect(offline.every((row) => row.includes('离线'))).toBe(true)
  expect(offline).toHaveLength(3)
  await page.getByLabel('结果', { exact: true }).selectOption('待主管处理')
  await page.waitForURL(/outcome=held/)
  await expect.poll(rowsText).toHaveLength(1)
  await page.getByLabel('谁', { exact: true }).selectOption({ label: '示例·王老师' })
  await page.getByText('没有符合的记录').waitFor()
  await page.getByRole('button', { name: '清除筛选' }).click()
  await page.waitForURL((url) => url.search === '')
})

test('[SUP-2] an act that arrives stands in the log without a reload; J, K and Enter open it', async () => {
  const before = (await log()).length
  const { one, ctxv, cases } = day
  const note = { type: 'case.note', aggId: cases.quiet, at: Date.now(), ctxv, args: { text: '已电话告知（示例）' } }
  await send(one, make(one, [note]))
  await expect.poll(async () => (await rowsText()).length).toBe(before + 1)
  expect((await rowsText())[0]).toContain('备注')
  await page.keyboard.press('j')
  await page.keyboard.press('j')
  await page.keyboard.press('k')
  await page.keyboard.press('Enter')
  const drawer = page.getByRole('dialog')
  await expect.poll(() => drawer.textContent()).toContain('日志序号')
  await page.keyboard.press('Escape')
  await drawer.waitFor({ state: 'detached' })
})

test('[OFF-4] two telephones: equal cards, nothing chosen, a reason asked for, both kept, who decided is told', async () => {
  await page.goto(`${app.url}/supervise`)
  await page.getByRole('heading', { name: '待裁决 2' }).waitFor()
  const cards = page.locator('fieldset.values label')
  // The tablets' names come with the log, a moment after the values themselves.
  await cards.filter({ hasText: '学工 2 号' }).waitFor()
  const titles = (await cards.allTextContents()).map((text) => text.replace(/\s+/g, ' '))
  for (const part of ['13911112222', '示例·王老师', '学工 1 号', '在线']) expect(titles[0]).toContain(part)
  for (const part of ['13722223333', '示例·李同学', '学工 2 号', '离线', '平板快 12 分，已校正'])
    expect(titles[1]).toContain(part)
  expect(await page.locator('fieldset.values input:checked').count()).toBe(0)
  const main = page.locator('[data-main]')
  expect(await main.getAttribute('aria-disabled')).toBe('true')
  await page.keyboard.press('2')
  expect(await main.getAttribute('aria-disabled')).toBe('true')
  await page.keyboard.press('r')
  await page.keyboard.press('Enter')
  expect(await page.getByText('李同学打开这件办件就看得到').textContent()).toContain('原样留在记录里')
  await page.keyboard.press('Control+Enter')
  await page.getByRole('heading', { name: '已裁决：电话不一致' }).waitFor()
  expect(await page.locator('.done').textContent()).toContain('示例·高老师选了第 2 处“13722223333”')
  await page.getByRole('heading', { name: '待裁决 1' }).waitFor()
  // The tablets get it with what they next exchange: the value, and who decided why.
  await expect.poll(async () => caseOn('phone').then(({ pii }) => pii.phone)).toBe('13722223333')
  const { conflicts } = await caseOn('phone')
  expect(conflicts[0].settled).toMatchObject({
    choice: 'other',
    reason: '已核对纸面材料，以此为准。',
    actorName: '示例·高老师',
  })
  expect(conflicts[0].kept.actorName).toBe('示例·王老师')
})

/** The case as the server gives it back to tablet 1 after an act there. */
async function caseOn(which: 'phone' | 'result' | 'quiet') {
  const { one, ctxv, cases } = day
  const note = { type: 'case.note', aggId: cases[which], at: Date.now(), ctxv, args: { text: '核对（示例）' } }
  const { rows } = await send(one, make(one, [note]))
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- looked at as it comes
  return rows.find(({ id }) => id === cases[which])?.image as Record<string, any>
}

test('[OFF-4] the server down: a conflict that was pulled is settled all the same, and the log says plainly that it is online only', async () => {
  await page.goto(`${app.url}/supervise`)
  await page.getByRole('heading', { name: '待裁决 1' }).waitFor()
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null)
  await app.kill9()
  await page.keyboard.press('1')
  await page.getByLabel('理由').fill('学生已当面签收（示例）。')
  await page.getByRole('button', { name: '按“办结”裁决' }).click()
  await page.getByRole('heading', { name: '已裁决：办理结果不一致' }).waitFor()
  await page.getByRole('button', { name: /离线 · 仅存本机 1 件/ }).waitFor()
  await openTab(/^日志/)
  await page.getByText('日志要联网才能看。').waitFor()
  await app.restart()
  await page.getByRole('button', { name: /离线 · 仅存本机 1 件/ }).click()
  await page.getByRole('button', { name: '现在发送' }).press('Enter')
  await page.keyboard.press('Escape')
  await page.locator('table.log tbody tr').first().waitFor({ timeout: 90_000 })
  await expect.poll(async () => (await rowsText())[0], { timeout: 60_000 }).toContain('裁决')
  const image = await caseOn('result')
  expect(image.conclusion.resultNote).toBe('学生当面领取')
  expect(image.conflicts[0].settled.choice).toBe('kept')
})

test('[SUP-2] a held act is released with a reason: the case changes for its window, and the log says who and why', async () => {
  await page.goto(`${app.url}/supervise/held`)
  await page.getByRole('heading', { name: '待主管处理 1' }).waitFor()
  await page.locator('table.log tbody tr').first().click()
  const drawer = page.getByRole('dialog')
  const button = drawer.getByRole('button', { name: '核对后放行' })
  expect(await button.getAttribute('aria-disabled')).toBe('true')
  await drawer.getByLabel('核对的情况').fill('已向李同学核对，书面决定已交给学生（示例）')
  await button.click()
  await page.getByText('没有待主管处理的操作').waitFor({ timeout: 30_000 })
  await page.goto(`${app.url}/supervise/log?outcome=held`)
  await page.locator('table.log tbody tr', { hasText: '已放行' }).first().click()
  for (const said of ['示例·高老师', '书面决定已交给学生（示例）'])
    await expect.poll(() => page.getByRole('dialog').textContent()).toContain(said)
  const { refusal, acts } = await caseOn('quiet')
  expect(refusal.by.actorName).toBe('示例·李同学')
  expect(acts.map(({ type }: { type: string }) => type)).toContain('held.release')
})

test('[SUP-3] tablets are listed with their window; a code made here enrols another one', async () => {
  await page.goto(`${app.url}/supervise/devices`)
  await page.getByRole('heading', { name: '平板 2 台' }).waitFor()
  await page.getByRole('button', { name: '生成登记码' }).click({ force: true })
  await page.getByText('请先选这台平板放在哪个窗口。').first().waitFor()
  await page.getByLabel('新平板放在哪个窗口').selectOption('学工服务')
  await page.getByRole('button', { name: '生成登记码' }).click()
  const dialog = page.getByRole('dialog')
  await expect.poll(() => dialog.textContent()).toMatch(/还有 (10|9) 分钟有效/)
  const link = (await page.locator('[data-link]').textContent())?.trim() ?? ''
  expect((await page.locator('[data-code]').textContent())?.replace(/\s/g, '')).toBe(link.slice(-8))
  await dialog.getByRole('img', { name: '登记链接的二维码' }).waitFor()
  const third = await enrolWire(app.url, '学工 3 号', { code: link.slice(-8), person: app.credentials.B })
  expect(third.tablet.windowId).toBe('student-affairs')
  await page.getByRole('button', { name: '好了' }).click()
  await page.reload()
  await page.getByRole('heading', { name: '平板 3 台' }).waitFor()
  expect(crashes).toEqual([])
})

test('[SUP-2] after two weeks without a network 55 acts of one tablet are held: they are released at once, each on record', async () => {
  const ids = await receiveAfterTheGrant(app, day, 55)
  await page.goto(`${app.url}/supervise/held`)
  await page.getByRole('heading', { name: '待主管处理 50+' }).waitFor()
  await page.getByRole('button', { name: '成批放行' }).click()
  const drawer = page.getByRole('dialog')
  await drawer.getByText('选出 55 条。').waitFor()
  await drawer.getByLabel('哪台平板').selectOption({ label: '学工 1 号（55 条）' })
  const button = drawer.getByRole('button', { name: '核对后放行 55 条' })
  expect(await button.getAttribute('aria-disabled')).toBe('true')
  await drawer.getByLabel('核对的情况').fill('断网两周，已与王老师逐件核对纸面登记（示例）')
  await button.click()
  await drawer.getByText('已放行 55 条，都已同步').waitFor({ timeout: 60_000 })
  await drawer.getByRole('button', { name: '关闭' }).last().click()
  await page.getByText('没有待主管处理的操作').waitFor({ timeout: 30_000 })
  const released = await fetchLog('?type=held.release')
  expect(released.filter(({ kind, aggId }) => kind === 'case' && ids.includes(aggId))).toHaveLength(50)
  expect(crashes).toEqual([])
})

/** A page of the log as the page itself would ask for it. */
const fetchLog = (query: string) =>
  page.evaluate(async (asked) => {
    const answer = await fetch(`/api/v1/log${asked}`, { headers: { Accept: 'application/json', 'X-Changkai': '1' } })
    return ((await answer.json()) as { rows: { kind: string; aggId: string }[] }).rows
  }, query)
