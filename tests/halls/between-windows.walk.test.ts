import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { ViewRow } from '../../client/local/store.ts'
import { addDays, localDay, momentOf, weekdayName } from '../../shared/calendar/day.ts'
import type { Case } from '../../shared/cases/index.ts'
import { startApp, type App } from '../support/app.ts'
import { openWindows, type DemoWindow } from '../support/demo-halls.ts'
import { Tablet } from '../support/tablet.ts'

const places = {
  teaching: ['nbu', 'teaching'],
  affairs: ['nbu', 'student-affairs'],
  league: ['szit', 'party-league'],
  general: ['zjj', 'general'],
} as const

const wang = { studentNo: '20240117', name: '示例·王同学' }
const lin = { studentNo: '20240120', name: '示例·林同学' }
const pin = '258036'

let app: App
let windows: Record<keyof typeof places, DemoWindow>
let here: Tablet
let there: Tablet
let desk: Tablet

beforeAll(async () => {
  app = await startApp()
  windows = await openWindows(app, places)
  here = await seat(windows.teaching)
  there = await seat(windows.affairs)
  desk = await Tablet.open(app.url)
})

afterEach(async () => {
  await here?.shot('between-here')
  await there?.shot('between-there')
  await desk?.shot('between-desk')
})

afterAll(async () => {
  await here?.close()
  await there?.close()
  await desk?.close()
  await app?.stop()
})

async function seat({ A, enrolLink }: DemoWindow): Promise<Tablet> {
  const tablet = await Tablet.open(app.url)
  await tablet.enrol(enrolLink, '1 号')
  await tablet.signIn(A, pin)
  await tablet.pill('已同步')
  return tablet
}

const dialog = (tablet: Tablet) => tablet.page.getByRole('dialog').last()
const online = (tablet: Tablet) => tablet.page.context().setOffline(false)

/** Received at the first window and, with no network there, sent on its way to the other. */
async function sentOn(visitor: typeof wang): Promise<string> {
  await here.begin('缓考申请', visitor)
  await here.tickAll()
  const number = await here.keep(/受理 · 承诺/)
  await here.pill('已同步')
  await here.cutNetwork()
  await here.openCase(number)
  await here.button('其他办法').click()
  await dialog(here).getByRole('button', { name: '转办到别的窗口' }).click()
  await dialog(here).locator('label').filter({ hasText: '学工服务' }).click()
  await dialog(here)
    .getByLabel(/为什么转/)
    .fill('示例：请接着核对学籍')
  await dialog(here).getByRole('button', { name: '转办', exact: true }).click()
  await here.sees('已转往学工服务，等对方接收')
  await here.sees('对方接收之前，仍由本窗口负责')
  await here.pill(/仅存本机 1 件/)
  return number
}

/** The case as a tablet holds it; undefined where it does not. */
async function caseOn(tablet: Tablet, number: string): Promise<Case | undefined> {
  const rows = await tablet.stored<ViewRow>('view')
  return rows.find(({ kind, image }) => kind === 'case' && image.number === number)?.image as unknown as Case
}

async function openComing(number: string): Promise<void> {
  await there.go('办件')
  await there.page
    .getByRole('link', { name: new RegExp(number.split('-').slice(2).join('-')) })
    .first()
    .click()
  await there.sees('教学服务转来，等本窗口接收')
  await there.sees('示例：请接着核对学籍')
}

test('[REF-CQ3.2] [OFF-3] 转办 with no network: it stands with both once it is sent, is taken with no network, and is the other’s then', async () => {
  const number = await sentOn(wang)
  expect(await caseOn(there, number)).toBeUndefined()
  await online(here)
  await here.pill('已同步')
  await openComing(number)
  expect((await caseOn(there, number))?.windowId).toBe('teaching')
  await there.cutNetwork()
  await there.button('接收转办').click()
  await there.page.getByText('教学服务转来，等本窗口接收').waitFor({ state: 'detached' })
  await there.pill(/仅存本机 1 件/)
  await there.shot('transfer-taken')
  // Until the other window is heard of again, the first one still answers for it.
  await here.sees('已转往学工服务，等对方接收')
  await online(there)
  await there.pill('已同步')
  await expect.poll(async () => (await caseOn(there, number))?.handler.actorId).toBe(windows.affairs.A.actorId)
  await here.page.getByText('等对方接收').waitFor({ state: 'detached' })
  await here.shot('transfer-gone')
  await there.main.filter({ hasText: '办结' }).click()
  await dialog(there).locator('[data-main]').filter({ hasText: '办结' }).click()
  await there.sees('办结：')
  await there.pill('已同步')
})

test('[OFF-4] [REF-CQ3.2] called back while the other takes it with no network: the first to arrive stands, the other is told so', async () => {
  const number = await sentOn(lin)
  await online(here)
  await here.pill('已同步')
  await openComing(number)
  await there.cutNetwork()
  await there.button('接收转办').click()
  await there.pill(/仅存本机 1 件/)
  await here.button('收回').click()
  await dialog(here)
    .getByLabel(/为什么不接收/)
    .fill('示例：学生又来了，本窗口接着办')
  await dialog(here).getByRole('button', { name: '退回' }).click()
  await here.sees('没有接收，退回')
  await here.pill('已同步')
  await online(there)
  await there.pill('1 件未被接受')
  await there.page.locator('button.pill').click()
  await dialog(there).getByText(`${number}现在没有转给本窗口`).waitFor()
  await there.shot('transfer-late')
  // The case is not here any more, so there is nothing to put right or to hand to a colleague: only to let go.
  expect(
    await dialog(there)
      .getByRole('button', { name: /转给同事|改正后重发/ })
      .count(),
  ).toBe(0)
  await there.button('放弃并说明原因').click()
  await dialog(there).getByText('不再需要这一步。').click()
  await dialog(there).getByRole('button', { name: '放弃并记下原因' }).click()
  await there.pill('已同步')
  expect(await caseOn(there, number)).toBeUndefined()
  expect((await caseOn(here, number))?.windowId).toBe('teaching')
})

/** The supervisor of a hall, at their own PC. */
async function supervise({ supervisor }: DemoWindow, page: string): Promise<void> {
  await desk.page.context().clearCookies()
  await desk.page.goto(`${app.url}/sign-in`)
  await desk.signIn(supervisor)
  await desk.pill('已同步')
  await desk.page.goto(`${app.url}${page}`)
}

test('[ZJJ-6] hours that meet a student’s class are shown before the post is filed, and the B of the window who is free is proposed', async () => {
  await supervise(windows.general, '/settings/people/of/zjj-rc-b')
  await desk.button('改课表').click()
  const week = (label: string) => desk.page.getByLabel(new RegExp(`：${label}$`))
  const hours = async (from: string, to: string) => {
    await week('周几').selectOption({ label: '周二' })
    await week('从').fill(from)
    await week('到').fill(to)
    await desk.button('加上').click()
  }
  await hours('10:00', '11:40')
  await desk.button('保存课表').click()
  // The form shows the line as well: kept is when the form has gone.
  await desk.button('改课表').waitFor()
  await desk.sees('周二 10:00–11:40 上课')
  await desk.pill('已同步')
  await desk.page.goto(`${app.url}/settings/people/posts`)
  await desk.page.getByRole('region', { name: '综合事务' }).getByRole('button', { name: '安排' }).click()
  const form = desk.page.getByRole('dialog', { name: '安排岗位' })
  await form.getByLabel('谁').selectOption('zjj-rc-b')
  await form.getByLabel('岗位').selectOption('roleB')
  await hours('11:00', '12:00')
  await form.getByText(/周二 10:00–11:40 上课/).waitFor()
  await form.getByText(new RegExp(`周二 11:00–12:00 有空的 B角：\\s*${windows.general.B.name}`)).waitFor()
  expect(await form.getByRole('button', { name: '安排', exact: true }).getAttribute('aria-disabled')).toBe('true')
})

test('[SZIT-2] a window two units keep in turn: whose turn it is stands on its strip and sheets by the calendar, with no network too', async () => {
  const today = localDay(Date.now())
  const tomorrow = addDays(today, 1)
  await supervise(windows.league, '/settings/turns')
  const form = desk.page.getByRole('form', { name: '排一轮' })
  for (const [unit, day] of [
    ['团委', today],
    ['党委工作部', tomorrow],
  ] as const) {
    await form.getByLabel('单位').selectOption({ label: unit })
    await form.getByLabel('从哪一天起').fill(today)
    await form.getByLabel(weekdayName(day), { exact: true }).check()
    await form.getByRole('button', { name: '排定' }).click()
    await desk.page.getByRole('region', { name: '排定的轮次' }).getByText(unit).waitFor()
  }
  await desk.pill('已同步')
  await there.close()
  there = await seat(windows.league)
  const strip = () => there.page.locator('.strip .win').textContent()
  await expect.poll(strip, { timeout: 30_000 }).toBe('党团事务窗口 · 团委')
  await there.go('事项')
  await there.page.getByRole('link', { name: /入团申请/ }).click()
  await there.sees(/党团事务窗口（今天由团委值守）/)
  await there.cutNetwork()
  await there.page.clock.setFixedTime(momentOf(tomorrow, '09:00'))
  await expect.poll(strip, { timeout: 30_000 }).toBe('党团事务窗口 · 党委工作部')
})
