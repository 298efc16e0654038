import { readFile } from 'node:fs/promises'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addDays, localDay } from '../../shared/calendar/day.ts'
import { halls } from '../../shared/profiles/halls.ts'
import { startApp, type App } from '../support/app.ts'
import { pageShots, signInAsSupervisor, visit, type Visit } from '../support/browser-page.ts'
import { launchChromium } from '../support/chromium.ts'
import { Tablet } from '../support/tablet.ts'

let app: App
let browser: Browser
let seen: Visit
let page: Page
let tablet: Tablet | null = null

const today = localDay(Date.now())
const item = halls.nbu.items.find((one) => one.windowId === 'student-affairs' && one.kind === 'committed')
if (!item) throw new Error('the window has no committed item')

beforeAll(async () => {
  app = await startApp()
  browser = await launchChromium()
  seen = await visit(browser)
  page = seen.page
  await signInAsSupervisor(page, app.url, app.credentials.supervisor)
})

afterAll(async () => {
  await tablet?.close()
  await browser?.close()
  await app?.stop()
})

const shot = (name: string): Promise<void> => pageShots(page, name)

const go = async (tab: string): Promise<void> => {
  await page.goto(`${app.url}/settings/import`)
  await page.getByRole('button', { name: tab, exact: true }).click()
}
const synced = () => page.locator('[aria-live=polite]').filter({ hasText: '已同步' }).first().waitFor()

test('[ZJJ-27] [NBU-3] a setting is changed: judged at the field, shown what it would change, published for a later day', async () => {
  await go('规章配置')
  const line = page.locator('[data-setting=limits]')
  await line.getByText('本厅约定').waitFor()
  await line.getByRole('button', { name: '改限时办结' }).click()
  const editor = page.getByRole('group', { name: '修改限时办结' })
  const days = editor.getByLabel('工作日').first()
  await days.fill('0')
  await editor.getByRole('alert').filter({ hasText: '不少于 1' }).waitFor()
  await days.fill('3')
  await expect.poll(() => editor.getByRole('alert').count()).toBe(0)
  await page.locator('[data-setting=profileWinsOverSheet]').getByRole('button').click()
  await page.getByRole('group', { name: '修改时限以哪个为准' }).getByRole('combobox').first().selectOption('yes')
  await shot('setting')
  await page.locator('[data-main]').last().click()
  const dialog = page.getByRole('dialog', { name: '发布新的规章配置' })
  await dialog.getByText(/已收的件按收件时的规章办/).waitFor()
  await dialog.getByText(/项的时限会变|时限都不变/).waitFor()
  await shot('what-if')
  await dialog.getByLabel(/从哪一天起生效/).fill(addDays(today, 5))
  await dialog.getByRole('button', { name: '发布第 2 版' }).click()
  await dialog.waitFor({ state: 'hidden' })
  await synced()
  const history = page.getByRole('region', { name: '历次版本' })
  await history.getByText('未生效').waitFor()
  await history.getByText('第 2 版').click()
  await history
    .getByText(/限时办结：/)
    .first()
    .waitFor()
})

test('[NBU-3] the profile goes out as .json; a file with a mistake says where it is, and changes nothing', async () => {
  await go('规章配置')
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: '导出 .json' }).click(),
  ])
  const text = await readFile(await download.path(), 'utf8')
  const wrong = JSON.parse(text) as { profile: { settings: { grantDays: { value: unknown } } } }
  wrong.profile.settings.grantDays.value = 90
  const choose = (name: string, body: string) =>
    page.setInputFiles('input[type=file]', { name, mimeType: 'application/json', buffer: Buffer.from(body) })
  await choose('改错的.json', JSON.stringify(wrong))
  await page.getByText(/改错的.json 的 settings.grantDays.value：应不多于 7，现在是 90/).waitFor()
  await choose('原样.json', text)
  await page.getByText('文件和现行的规章配置一样，没有要改动的。').waitFor()
  await choose('沙工.json', JSON.stringify(halls.szit))
  await page.getByText(/这是沙洲职业工学院.*的规章配置/).waitFor()
  await shot('files')
})

test('[NBU-2] a concentrated service: received in its days at the window of the profile, else only guidance, offline too', async () => {
  await go('集中服务')
  await page.getByRole('button', { name: '开设集中服务' }).click()
  await page.getByLabel(/^单位/).selectOption('new')
  await page.getByLabel('单位名称').fill('示例·计划财务处')
  await page.getByLabel(/到哪一天/).fill(addDays(today, 2))
  await page.getByLabel(`${item.code} ${item.name}`).check()
  await shot('service')
  await page.locator('[data-main]').last().click()
  await page.getByRole('heading', { name: '示例·计划财务处' }).waitFor()
  await synced()

  tablet = await Tablet.open(app.url)
  await tablet.enrol(app.credentials.enrolLink, '1 号')
  await tablet.signIn(app.credentials.A, '258036')
  await tablet.pill('已同步')
  await tablet.begin(item.code, { studentNo: '20240117', name: '示例·王同学' })
  await tablet.sees('示例·计划财务处正在集中服务，由本窗口收件')
  await tablet.tickAll()
  expect(await tablet.keep('受理')).toMatch(/^XG-/)

  await page.getByLabel('从哪一天起不再办理').fill(today)
  await page.getByLabel('原因').fill('示例：今天不来了')
  await page.getByRole('button', { name: '提前结束', exact: true }).click()
  await page.getByText('今天不来了').first().waitFor()
  await synced()

  await expect
    .poll(async () =>
      (await tablet?.stored<{ kind: string; id: string }>('view'))?.some(({ id }) => id.endsWith(`${item.code}@3`)),
    )
    .toBe(true)
  await tablet.cutNetwork()
  await tablet.begin(item.code, { studentNo: '20240118', name: '示例·李同学' })
  await tablet.sees('只作咨询与指导，不能收件')
  await tablet.tickAll()
  await expect.poll(() => tablet?.main.getAttribute('aria-disabled')).toBe('true')
  await tablet.shot('outside-service')
  await tablet.page.context().setOffline(false)
})
