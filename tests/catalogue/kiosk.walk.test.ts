import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { localDay } from '../../shared/calendar/day.ts'
import { halls } from '../../shared/profiles/halls.ts'
import { startApp, type App } from '../support/app.ts'
import { pageShots, signInAsSupervisor, visit } from '../support/browser-page.ts'
import { launchChromium } from '../support/chromium.ts'
import { smtpSink, type SmtpSink } from '../support/smtp-sink.ts'
import { Tablet } from '../support/tablet.ts'

const found = halls.nbu.items.find((item) => item.kind === 'committed' && item.code.startsWith('XG-'))
if (!found) throw new Error('the window has no committed item')
const sheet = found
const visitor = { studentNo: '20240117', name: '示例·王同学', phone: '13800001234' }

let app: App
let browser: Browser
let sink: SmtpSink

beforeAll(async () => {
  sink = await smtpSink()
  const mail = { SMTP_URL: sink.url, MAIL_FROM: 'hall@example.edu.cn', PUBLIC_URL: 'https://hall.example.edu.cn' }
  app = await startApp(undefined, mail)
  browser = await launchChromium()
})

afterAll(async () => {
  await browser?.close()
  await app?.stop()
  await sink?.stop()
})

test('[SZIT-10] number and code of the receipt show where the case stands at a terminal and on a phone, without a name', async () => {
  const tablet = await Tablet.open(app.url)
  await tablet.enrol(app.credentials.enrolLink, '学工 1 号')
  await tablet.signIn(app.credentials.A, '246810')
  await tablet.begin(sheet.code, visitor)
  await tablet.tickAll()
  const number = await tablet.keep(/受理/)
  await tablet.pill(/已同步/)
  await tablet.button('打印受理回执').click()
  await tablet.sees(/查询码 [0-9A-Z]{6}/)
  const receipt = (await tablet.page.locator('.desk .a4').textContent()) ?? ''
  const code = /查询码 ([0-9A-Z]{6})/.exec(receipt)?.[1] ?? ''
  await tablet.close()

  const { page, context, errors } = await visit(browser)
  await page.clock.install()
  await page.goto(`${app.url}/kiosk/nbu`)
  await page.getByRole('button', { name: '我的件办到哪里了' }).click()
  await page.getByLabel('办件号').fill(number)
  await page.getByLabel('查询码').fill('000000')
  await page.getByRole('button', { name: '查一查' }).click()
  await page.getByText('办件号或查询码不对').waitFor()
  expect(await page.locator('[data-told]').count()).toBe(0)
  await page.getByLabel('查询码').fill(code.toLowerCase())
  await page.getByRole('button', { name: '查一查' }).click()
  await page.locator('[data-told]').getByText('办理中').waitFor()
  expect(await page.textContent('body')).not.toContain('王同学')
  // Left alone it starts anew, and keeps nothing of the visitor.
  await page.clock.fastForward(61_000)
  await page.getByRole('heading', { name: '你好，请选一项' }).waitFor()
  expect(await page.textContent('body')).not.toContain(number)
  expect(errors.filter((text) => !text.includes('404'))).toEqual([])
  await context.close()

  const phone = await visit(browser, { width: 390, height: 844 })
  await phone.page.goto(`${app.url}/public/nbu/case/${number}#${code}`)
  await phone.page.locator('[data-told]').getByText('办理中').waitFor()
  await phone.context.close()
})

test('[SZIT-10] a terminal shows an item, and prints its guide and an application form', async () => {
  const { page, context, errors } = await visit(browser)
  await page.goto(`${app.url}/kiosk/nbu`)
  await page.getByRole('button', { name: '事项指南和申请表' }).click()
  await page.getByLabel('找事项').fill(sheet.name)
  await page.getByRole('button', { name: sheet.name }).first().click()
  await page.getByRole('button', { name: '打印申请表' }).click()
  await page.getByRole('heading', { name: `${sheet.name}申请表` }).waitFor()
  await page.getByRole('button', { name: '返回事项' }).last().click()
  await page.getByRole('button', { name: '打印指南' }).click()
  await page.getByRole('heading', { name: '一事一表' }).waitFor()
  expect(errors).toEqual([])
  await context.close()
})

test('[NBU-5] a student follows an item without signing in, and sees what changed: old and new', async () => {
  const student = await visit(browser, { width: 390, height: 844 })
  await student.page.goto(`${app.url}/public/nbu`)
  await student.page.getByLabel('找事项').fill(sheet.name)
  await student.page.getByRole('link', { name: sheet.name }).first().click()
  await student.page.getByRole('button', { name: '关注改动' }).click()
  await student.page.getByRole('button', { name: '已关注' }).waitFor()

  const { page, context } = await visit(browser)
  await signInAsSupervisor(page, app.url, app.credentials.supervisor)
  await page.goto(`${app.url}/items/${sheet.id}`)
  await page.getByRole('button', { name: '改一版' }).click()
  await page.getByLabel('承诺工作日').fill('2')
  await page.getByLabel('生效日期').fill(localDay(Date.now()))
  await page.getByRole('button', { name: '看改动' }).click()
  await page.getByRole('button', { name: '发布第 2 版' }).click()
  await page.waitForURL(/@2$/)

  const follows = student.page.locator('[data-follows]')
  await expect
    .poll(
      async () => {
        await student.page.goto(`${app.url}/public/nbu`)
        await follows
          .getByText(/有改动|没有改动/)
          .first()
          .waitFor()
        return follows.textContent()
      },
      { timeout: 60_000 },
    )
    .toMatch(new RegExp(`${String(sheet.promise.workingDays)} 个工作日.*现在 2 个工作日`, 's'))
  // Not before: it is this page that sends what was published.
  await context.close()
  expect(student.errors).toEqual([])
  await student.context.close()
})

test('[NBU-5] what a student follows is written to an address too, once its letter has been answered', async () => {
  const { page, context, errors } = await visit(browser, { width: 390, height: 844 })
  await page.goto(`${app.url}/public/items/${sheet.id}`)
  await page.getByRole('button', { name: '关注改动' }).click()
  await page.goto(`${app.url}/public/nbu`)
  await page.getByLabel('邮箱').fill('student')
  await page.getByRole('button', { name: '发确认信' }).click({ force: true })
  await page.getByText('请先填邮箱').waitFor()
  await page.getByLabel('邮箱').fill('student@example.edu.cn')
  await page.getByRole('button', { name: '发确认信' }).click()
  await page.getByText('确认信已发到 student@example.edu.cn').waitFor()
  await pageShots(page, 'mail-asked')
  const letter = sink.letters.find(({ to }) => to === 'student@example.edu.cn')
  const link = new URL(/https:\S+#confirm\.\S+/.exec(letter?.text ?? '')?.[0] ?? '')
  await page.goto(`${app.url}${link.pathname}${link.hash}`)
  await page.getByRole('heading', { name: '确认邮件订阅' }).waitFor()
  await pageShots(page, 'mail-confirm')
  await page.getByRole('button', { name: '确认订阅' }).click()
  await page.getByRole('heading', { name: '订阅好了' }).waitFor()
  await page.getByRole('listitem').getByText(sheet.name).waitFor()
  await pageShots(page, 'mail-confirmed')
  await page.goto(`${app.url}/public/nbu/mail#end.somebody.guessed`)
  await page.reload()
  await page.getByRole('button', { name: '不再接收' }).click()
  await page.getByText('这个链接不完整').waitFor()
  await pageShots(page, 'mail-end')
  expect(errors.filter((text) => !text.includes('404'))).toEqual([])
  await context.close()
})
