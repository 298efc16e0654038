import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { startApp, type App } from '../support/app.ts'
import { Tablet } from '../support/tablet.ts'

const pin = '258036'
const wang = { studentNo: '20240117', name: '示例·王同学', phone: '13800001234' }

let app: App
let tablet: Tablet
let desk: Tablet
let left = ''
let promised = ''

beforeAll(async () => {
  app = await startApp('ssc')
  tablet = await Tablet.open(app.url)
  desk = await Tablet.open(app.url)
})

afterEach(async () => {
  await tablet.shot('day-close-tablet')
  await desk.shot('day-close-desk')
})

afterAll(async () => {
  await tablet?.close()
  await desk?.close()
  await app?.stop()
})

const sizes = [
  { width: 1280, height: 800 },
  { width: 800, height: 1280 },
  { width: 390, height: 844 },
]

/** Pictures for whoever looks at the screen, in three sizes. */
async function shots(of: Tablet, name: string): Promise<void> {
  for (const size of sizes) {
    await of.page.setViewportSize(size)
    await of.shot(`${name}-${String(size.width)}`)
  }
  await of.page.setViewportSize(sizes[0] ?? { width: 1280, height: 800 })
}

test('[SSC-21] an item done and taken back is open: leaving leads to 收工, which names it and nothing else', async () => {
  await tablet.enrol(app.credentials.enrolLink, '1 号')
  await tablet.signIn(app.credentials.A, pin)
  await tablet.pill('已同步')
  await tablet.begin('介绍信', wang)
  await tablet.tickAll()
  left = await tablet.keep('当场办结')
  await tablet.openCase(left)
  await tablet.button(/撤销“办结”/).click()
  await tablet.sees('已收件，还没有结果')
  await tablet.begin('法人证书', { ...wang, studentNo: '20240118', name: '示例·赵同学' })
  await tablet.tickAll()
  promised = await tablet.keep(/受理 · 承诺/)
  await tablet.keepsItself()
  await app.kill9()
  await tablet.go('更多')
  await tablet.button(/退出/).click()
  await tablet.page.waitForURL(/day-close/)
  const matters = () => tablet.page.locator('[data-left]').allTextContents()
  await expect.poll(matters).toEqual([expect.stringContaining(left)])
  expect(await tablet.page.locator('.pane').textContent()).not.toContain(promised)
  await shots(tablet, 'day-close')
})

test('[SSC-21] without the network each is answered for before signing out, and the sheet waits on the tablet', async () => {
  expect(await tablet.main.getAttribute('aria-disabled')).toBe('true')
  await tablet.page.getByLabel(/为什么今天没了结/).fill('学生约好明早再来（示例）')
  await tablet.main.click()
  await tablet.page.waitForURL(/sign-in/)
  await tablet.unlock(app.credentials.A.label.split(' · ')[1] ?? '', pin)
  await tablet.pill(/离线/)
  await tablet.go('更多')
  await tablet.button('收工').click()
  await tablet.sees(/已收工，1 件没了结，已写明/)
  await tablet.sees('仅存本机')
})

test('[SSC-21] [REF-SU3] once there is a network the supervisor reads who left what, in their own words', async () => {
  await app.restart()
  await tablet.sendNow()
  await tablet.pill('已同步')
  await desk.page.goto(`${app.url}/sign-in`)
  await desk.signIn(app.credentials.supervisor)
  await desk.page.goto(`${app.url}/supervise/replies`)
  const sheet = desk.page.locator('[data-close]')
  await sheet.waitFor()
  for (const words of [left, '学生约好明早再来（示例）', app.credentials.A.label.split(' · ')[1] ?? '—'])
    await expect.poll(() => sheet.textContent()).toContain(words)
  // Of the promised and the open case only the second has told the student nothing.
  await desk.sees('还没有回音的 1 件')
  await expect.poll(() => desk.page.locator('[data-open]').textContent()).toContain(left)
  await shots(desk, 'day-close-read')
})

test('[SUP-1] the supervisor reminds of a case: its handler sees it at the window and on the case, until something is done', async () => {
  await desk.page.goto(`${app.url}/supervise/limits`)
  await desk.page.locator('button.count').first().click()
  await desk.page.locator('[data-case]').getByRole('button', { name: '催办' }).click()
  await desk.page.getByLabel('要说的话').fill('学生来问过一次（示例）')
  await desk.page.getByRole('dialog').getByRole('button', { name: '催办', exact: true }).click()
  await tablet.go('窗口')
  const urged = tablet.page.getByRole('region', { name: '催办' })
  await urged.getByRole('link').waitFor({ timeout: 60_000 })
  await shots(tablet, 'urged-window')
  await urged.getByRole('link').click()
  await tablet.sees(/催办：请.+抓紧办理/)
  await tablet.sees('学生来问过一次（示例）')
  await shots(tablet, 'urged-case')
  await tablet.button('备注').click()
  await tablet.page.getByLabel('只给经办人看').fill('已回电（示例）')
  await tablet.button('存下备注').click()
  await tablet.page.getByText(/抓紧办理/).waitFor({ state: 'detached' })
  expect(promised).not.toBe('')
})
