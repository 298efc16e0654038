import { randomUUID } from 'node:crypto'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { calendarsFromChineseDays } from '../../server/calendar/seed-calendars.ts'
import { addDays, formatDay, localDay } from '../../shared/calendar/day.ts'
import { addWorkdays, isWorkday } from '../../shared/calendar/workdays.ts'
import type { Case } from '../../shared/cases/index.ts'
import { reckonPromise } from '../../shared/limits/index.ts'
import { halls } from '../../shared/profiles/halls.ts'
import { enrolWire, make, numberOf, receiveArgs, send, type WireTablet } from '../audit/wire-tablet.ts'
import { startApp, type App } from '../support/app.ts'
import { signInAsSupervisor, visit } from '../support/browser-page.ts'
import { launchChromium } from '../support/chromium.ts'

const { profile, items } = halls.nbu
const found = items.find((one) => one.windowId === 'student-affairs' && one.kind === 'committed')
if (!found) throw new Error('the window has no committed item')
const item = found

let app: App
let browser: Browser
let page: Page
let tablet: WireTablet
const errors: string[] = []
const now = Date.now()
const today = localDay(now)
const year = Number(today.slice(0, 4))
const calendars = calendarsFromChineseDays('nbu', [year, year + 1])
const ctxv = { profile: profile.id, item: item.id, calendars: calendars.map(({ id }) => id).sort() }

/** A case of the window, promised for a day; null: received, and nothing said since. */
async function received(on: string | null, workingDays = 5): Promise<string> {
  const aggId = randomUUID()
  const student = { name: '示例·许同学', studentNo: `2024011${String(tablet.tablet.n)}`, phone: '13800001234' }
  const common = { aggId, ctxv, at: Date.now(), forge: { online: true } }
  const args = receiveArgs(item, numberOf(tablet, 'XG', now), student)
  const promise = { workingDays, on: on ?? '', level: 'ordinary', reason: '须审核（示例）', beyondReason: null }
  const accepting = { ...common, type: 'case.accept', args: promise, saw: { state: 'open' } }
  await send(tablet, make(tablet, [{ ...common, type: 'case.receive', args }, ...(on === null ? [] : [accepting])]))
  return aggId
}

/** A case as the server has it, by what a later note of the tablet brings back. */
async function caseNow(aggId: string): Promise<Case> {
  const note = { type: 'case.note', aggId, at: Date.now(), ctxv, args: { text: '核对（示例）' } }
  const { rows } = await send(tablet, make(tablet, [note]))
  return rows.find(({ id }) => id === aggId)?.image as unknown as Case
}

const cases = { past: '', near: '', far: '', silent: '' }
const reckoned = reckonPromise({ receivedAt: now, workingDays: 5, profile, calendars }).dueOn

beforeAll(async () => {
  app = await startApp()
  tablet = await enrolWire(app.url, '学工 1 号', {
    code: app.credentials.enrolLink.slice(-8),
    person: app.credentials.A,
  })
  cases.past = await received(addDays(today, -1))
  cases.near = await received(addWorkdays(calendars, today, 1).on)
  cases.far = await received(reckoned)
  cases.silent = await received(null)
  browser = await launchChromium()
  const visited = await visit(browser)
  page = visited.page
  page.on('pageerror', (error) => errors.push(error.message))
  await signInAsSupervisor(page, app.url, app.credentials.supervisor)
})

afterAll(async () => {
  await browser?.close()
  await app?.stop()
})

const sizes = [
  { width: 1280, height: 800 },
  { width: 800, height: 1280 },
  { width: 390, height: 844 },
]

/** Pictures for whoever looks at the screens, in three sizes. */
async function shots(name: string): Promise<void> {
  const folder = process.env.SHOTS
  if (!folder) return
  for (const size of sizes) {
    await page.setViewportSize(size)
    await page.screenshot({ path: `${folder}/${name}-${String(size.width)}.png` })
  }
  await page.setViewportSize(sizes[0] ?? { width: 1280, height: 800 })
}

const tab = async (name: RegExp): Promise<void> =>
  page.getByRole('navigation', { name: '督查' }).getByRole('button', { name }).click()

test('[SUP-1] each window and day in a table, near and past listed; 催办 reaches the case with the supervisor’s word', async () => {
  await tab(/^限时/)
  await page.locator(`[data-case="${cases.past}"]`).waitFor()
  const line = (id: string) => page.locator(`[data-case="${id}"]`)
  expect(await line(cases.past).textContent()).toContain('超期')
  expect(await line(cases.near).textContent()).toContain('临期')
  expect(await line(cases.far).count()).toBe(0)
  const row = page.locator('tr[data-window="student-affairs"]')
  expect((await row.locator('[data-column="past"]').textContent())?.trim()).toBe('1')
  await shots('limits')
  // Five working days from a day off end beyond the days that have a column of their own.
  await row.locator(`[data-column="${reckoned}"] button, [data-column="later"] button`).click()
  await line(cases.far).waitFor()
  expect(await line(cases.past).count()).toBe(0)
  await page.getByRole('button', { name: '只看临期和超期' }).click()
  await line(cases.past).getByRole('button', { name: '催办' }).click()
  await page.getByLabel('要说的话').fill('学生明天要用，请今天办好（示例）')
  await page.getByRole('dialog').getByRole('button', { name: '催办', exact: true }).click()
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await expect.poll(async () => line(cases.past).textContent()).toMatch(/催办 今天 \d\d:\d\d（示例·高老师）/)
  await expect.poll(async () => (await caseNow(cases.past)).reminders?.length, { timeout: 20_000 }).toBe(1)
  const image = await caseNow(cases.past)
  const [reminder] = image.reminders ?? []
  expect(reminder).toMatchObject({ way: 'urge', to: { actorName: image.handler.actorName } })
  expect(reminder && image.pii[reminder.key]).toBe('学生明天要用，请今天办好（示例）')
})

test('[REF-SU3] what has no outcome and no reply is named with who has it; with a promise it is not among them', async () => {
  await tab(/^着落/)
  await page.getByRole('heading', { name: '还没有回音的 1 件' }).waitFor()
  const open = page.locator('[data-open]')
  expect(await open.count()).toBe(1)
  expect(await open.textContent()).toContain('经办人 示例·')
  await shots('replies')
  await page.getByRole('button', { name: /连同已承诺、已告知的 4 件/ }).click()
  await page.getByRole('heading', { name: '还没有结果的 4 件' }).waitFor()
})

test('[ZJJ-27] the calendar shows the year, says what is not announced, and what a closed day would change before it counts', async () => {
  await page.goto(`${app.url}/settings/calendar`)
  await page.getByRole('button', { name: `${String(year + 1)} 年 · 未公布` }).click()
  await page.getByText(`${String(year + 1)} 年的放假安排还没有公布。`).waitFor()
  await shots('calendar-next-year')
  await page.getByRole('button', { name: `${String(year)} 年 · 已公布` }).click()
  let shut = addDays(today, 1)
  while (!isWorkday(calendars, shut)) shut = addDays(shut, 1)
  if (!shut.startsWith(today.slice(0, 7))) {
    await page.getByRole('button', { name: new RegExp(`^${String(Number(shut.slice(5, 7)))}月，办公`) }).click()
  }
  await page.locator(`[data-day="${shut}"]`).click()
  await page.getByRole('radio', { name: /本厅闭厅/ }).check({ force: true })
  await page.getByLabel('名称或原因').fill('停电检修（示例）')
  await page.getByRole('button', { name: '记下这一改' }).click()
  await page.getByText(`${formatDay(shut)}：按周几 → 本厅闭厅（停电检修（示例））`).waitFor()
  const effect = page.locator(`[data-effect="${cases.far}"]`)
  await effect.waitFor()
  const after = addWorkdays(calendars, reckoned, 1).on
  expect(await effect.textContent()).toContain(`${formatDay(reckoned)} → ${formatDay(after)}`)
  await effect.scrollIntoViewIfNeeded()
  await shots('calendar')
  await page.getByLabel('为什么改').fill('配电房检修（示例）')
  await page.getByRole('button', { name: '发布第 2 版' }).click()
  await page.getByText(/^第 2 版，.*配电房检修（示例）$/).waitFor()
  await expect.poll(() => page.locator(`[data-day="${shut}"]`).getAttribute('aria-label')).toContain('本厅闭厅')
  expect(errors).toEqual([])
})
