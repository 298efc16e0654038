import { afterEach, expect, test } from 'vitest'
import { startApp, type App } from '../support/app.ts'
import { Tablet } from '../support/tablet.ts'
import { szitNames } from './szit-listed.ts'

let app: App | null = null
let tablet: Tablet | null = null

afterEach(async () => {
  await tablet?.close()
  await app?.stop()
  tablet = null
  app = null
})

/** The groups under 事项, as an A who has just signed in sees them: the names come in the expected order, or it fails. */
async function itemsSeen(names: readonly string[], demo?: 'szit' | 'zjj'): Promise<Map<string, string[]>> {
  app = await startApp(demo)
  tablet = await Tablet.open(app.url)
  await tablet.enrol(app.credentials.enrolLink, '1 号')
  await tablet.signIn(app.credentials.A, '258036')
  await tablet.go('事项')
  await tablet.page.waitForURL(/items/)
  await tablet.pill('已同步')
  const groups = tablet.page.locator('.pane.list section')
  await expect.poll(() => groups.locator('h2').allInnerTexts(), { timeout: 30_000 }).toEqual(names)
  const lines = await Promise.all((await groups.all()).map((group) => group.getByRole('link').allInnerTexts()))
  return new Map(names.map((name, at) => [name, lines[at] ?? []]))
}

const expectItems = (windows: Map<string, string[]>): void => {
  for (const [name, items] of windows) expect([name, items.length > 0]).toEqual([name, true])
}

test('[NBU-1] the tablet shows the seven windows in order with their items; 校园文化 has those of its three units', async () => {
  const names = ['学工服务', '创业就业', '教学服务', '研究生服务', '校园文化', '图书信息', '留学生服务']
  expectItems(await itemsSeen(names))
  for (const unit of ['团委', '宣传部', '保卫处']) {
    await tablet?.page.getByLabel('责任部门').selectOption({ label: unit })
    await expect.poll(() => tablet?.page.locator('.pane.list h2').allInnerTexts()).toEqual(['校园文化'])
  }
})

test('[SZIT-1] the tablet shows the six windows with every service the document lists, then the 咨询台', async () => {
  const six = [
    '党团事务窗口',
    '教务事务窗口',
    '学生事务窗口',
    '就业管理事务窗口',
    '信息管理事务窗口',
    '后勤（保卫）事务窗口',
  ]
  const windows = await itemsSeen([...six, '咨询台'], 'szit')
  for (const [window, names] of Object.entries(szitNames)) {
    const lines = windows.get(window)?.map((line) => line.split('\n')[0]) ?? []
    expect(lines).toEqual(expect.arrayContaining(names))
  }
})

test('[ZJJ-4] the tablet shows nine areas named as in 第四条, each with its items', async () => {
  const text = '综合事务、日常事务、咨询投诉、成绩查询、一卡通办理、党团服务、后勤保障、就业创业、财务收费'
  expectItems(await itemsSeen(text.split('、'), 'zjj'))
})
