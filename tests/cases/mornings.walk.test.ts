import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { startApp, type App } from '../support/app.ts'
import { openWindows, type DemoWindow } from '../support/demo-halls.ts'
import { guide, handOn, nobodys } from '../support/morning-contacts.ts'
import { loggedOf } from '../support/morning-log.ts'
import { Morning } from '../support/morning.ts'
import { plain } from '../support/pdf.ts'

const places = {
  nbu: ['nbu', 'teaching'],
  ssc: ['ssc', 'general'],
  szit: ['szit', 'student-affairs'],
  zjj: ['zjj', 'general'],
  szu: ['szu', 'teaching'],
} as const

let app: App
let windows: Record<keyof typeof places, DemoWindow>
let here: Morning

beforeAll(async () => {
  app = await startApp()
  windows = await openWindows(app, places)
})

afterEach(async ({ task }) => {
  await here?.tablet.shot(`morning-${task.name.replaceAll(/[^a-z]/g, '').slice(0, 24)}`)
  await here?.tablet.close()
})

afterAll(async () => {
  await app?.stop()
})

/** What is done in every one of these mornings, by command. */
const inAll = {
  ...{ 'case.receive': 5, 'case.accept': 3, 'case.supplementNotice': 1, 'case.materialGiven': 1, 'case.refuse': 1 },
  ...{ 'case.stepDone': 1, 'case.conclude': 1, 'contact.open': 1, 'handover.open': 1, 'handover.confirm': 1 },
  'case.take': 3,
}
const rest = { 'case.pause': 1, 'case.resume': 1 }

/** These words are on the paper, and those of other halls are not. */
function expectTold(paper: string, words: readonly string[], others: readonly string[]): void {
  for (const said of words) expect(paper).toContain(plain(said))
  for (const other of others) expect(paper).not.toContain(plain(other))
}

/** B takes the tablet with no network, has what was promised in hand, and only the rights of a B. */
async function secondShift(query: string, roleWord: '角' | '岗', kept: string): Promise<void> {
  await here.handOver()
  await here.expectSignedInAs(`B${roleWord} 学生助理`)
  expect((await here.case(kept)).handler.actorId).toBe(here.at.B.actorId)
  await here.expectOnlyA(query, '不予办理', roleWord)
}

test('[NBU-7] [OFF-5] a morning at 宁波大学: 流程 and date are told, A岗 and B岗, 休学 goes to two units, all of it synced', async () => {
  here = await Morning.begin(app.url, windows.nbu)
  const { tablet } = here
  await here.expectSignedInAs('A岗 窗口人员')
  const { number, day } = await here.promised('缓考申请', 3)
  const paper = await here.paper('受理回执', [number, '承诺办结', day])
  expectTold(
    paper,
    ['流程', '教务处学生事务中心专用章', '由教务处解释', '领导小组办公室', '9:00–11:00、12:00–16:30', 'A岗'],
    ['原由', '办理依据', 'A角'],
  )
  await tablet.pill('已同步')
  await tablet.cutNetwork()
  await here.brings(await here.told('缓考申请'), 3)
  await here.refused('缓考申请', '不予办理', '已超过规定的申请期限')
  await here.charged('中英文成绩单', { fee: '10.00', said: ['中文免费，英文每份 10 元', '财务处缴费窗口'] })
  await here.joint('休学申请', { days: 5, parts: { own: '教务处', other: '学生发展与服务处', of: 2 } })
  await handOn(here, '学工服务', '直到问题解决或给予明确答复')
  await secondShift('缓考申请', '岗', number)
  await here.instant('选课咨询')
  await here.reload()
  await here.back()
  const acts = {
    ...inAll,
    'case.receive': 6,
    'case.charge': 1,
    'case.receiptNo': 1,
    'case.conclude': 2,
    'contact.handOn': 1,
  }
  expect(await loggedOf(app, here)).toEqual(acts)
})

test('[SSC-20.2] [SSC-20.3] [SSC-21] a morning at 师生服务中心: 原由 and date are told, and what is left is answered for before leaving', async () => {
  here = await Morning.begin(app.url, windows.ssc)
  const { tablet } = here
  await here.expectSignedInAs('A角 窗口人员')
  const { number, day } = await here.promised('法人证书', 2)
  const paper = await here.paper('受理回执', [number, '承诺办结', day])
  expectTold(paper, ['原由', '须经校长办公室审批用途', '周五 16:00', 'A角'], ['交材料：少了什么', '办理依据', 'A岗'])
  await tablet.pill('已同步')
  await tablet.cutNetwork()
  await here.brings(await here.told('法人证书'), 2)
  // A ground of the regulation itself (二十(二)), which the sheet has not.
  await here.refused('法人证书', '不予办理', '不符合学校规章制度')
  await here.rests(number, '示例：等用印审批')
  await here.joint('大型活动', { days: 5, parts: { own: '校长办公室', other: '学生工作部', of: 3 } })
  await tablet.sees('主办：综合服务（示例）')
  await handOn(here, '人事服务（示例）', '直到引导到有关窗口，或已明确答复学生')
  await secondShift('学校介绍信', '角', number)
  const left = await here.instant('学校介绍信')
  await tablet.openCase(left)
  await tablet.button(/撤销“办结”/).click()
  await tablet.sees('已收件，还没有结果')
  await tablet.go('更多')
  await tablet.button(/退出/).click()
  await tablet.page.waitForURL(/day-close/)
  await tablet.sees(left)
  expect(await tablet.main.getAttribute('aria-disabled')).toBe('true')
  await tablet.page
    .getByLabel(/为什么今天没了结/)
    .first()
    .fill('学生约好明早再来（示例）')
  await tablet.main.click()
  await tablet.page.waitForURL(/sign-in/)
  await here.reload()
  await here.back()
  const acts = { ...inAll, ...rest, 'contact.handOn': 1, 'case.undo': 1, 'dayClose.file': 1 }
  expect(await loggedOf(app, here)).toEqual(acts)
})

test('[SZIT-1] [OFF-5] a morning at 沙洲职业工学院: A is a student, B stands in, three units, the 咨询台 helps on', async () => {
  here = await Morning.begin(app.url, windows.szit)
  const { tablet } = here
  await here.expectSignedInAs('A角 学生助理')
  const { number, day } = await here.promised('xszbb', 5)
  const paper = await here.paper('受理回执', [number, '承诺办结', day])
  expectTold(paper, ['流程', '学生处—学生社区事务专用章', '由学生处解释', '咨询台'], ['原由', '办理依据'])
  await tablet.pill('已同步')
  await tablet.cutNetwork()
  await here.brings(await here.told('xszbb'), 5)
  await here.refused('火车购票优惠卡', '不予办理', '家庭居住地与学校在同一城市')
  await here.rests(number, '示例：制卡机维修')
  await here.joint('退住宿', { days: 5, parts: { own: '学生处', other: '信管中心', of: 3 } })
  await handOn(here, '咨询台', '直到对方接手，或已明确答复学生')
  await secondShift('火车购票优惠卡', '角', number)
  await here.instant('火车购票优惠卡')
  await here.reload()
  await here.back()
  const acts = { ...inAll, ...rest, 'contact.handOn': 1 }
  expect(await loggedOf(app, here)).toEqual(acts)
})

test('[ZJJ-8] [ZJJ-25] [ZJJ-27] [ZJJ-28] a morning at 张家界: no sixth day, one package of four units, nobody’s matter is reported', async () => {
  here = await Morning.begin(app.url, windows.zjj)
  const { tablet } = here
  await here.expectSignedInAs('A角 窗口人员')
  await tablet.begin('学生证补办', here.next())
  await tablet.tickAll()
  await tablet.page.getByRole('button', { name: '改', exact: true }).click()
  await tablet.button('多一天').click()
  await tablet.sees('最长 5 个工作日，不能承诺 6 个工作日')
  await tablet.main.click({ force: true })
  expect(await here.done()).toEqual([])
  await tablet.button('少一天').click()
  const number = await tablet.keep(/受理 · 承诺/)
  const paper = await here.paper('受理回执', [number, '承诺办结', await here.dueDay(number, 5)])
  expectTold(paper, ['第二十七条', '由“一站式”学生服务大厅解释'], ['交材料：少了什么', '原由', '办理依据'])
  await tablet.pill('已同步')
  await tablet.cutNetwork()
  const told = await here.told('学生证补办', '遗失说明')
  await here.paper('一次性告知书', [told, '不符合', '请重新准备', '补到哪里', '第二十五条'])
  await here.brings(told, 5)
  await here.refused('在读证明', '不予办理', '不是全日制在籍学生')
  await here.rests(number, '示例：制卡机维修')
  await here.joint('毕业离校', { days: 5, parts: { own: '学生工作部', other: '财务处', of: 4 } })
  await tablet.sees(/主办：学生服务大厅（综合事务统一受理，打包办理）/)
  await nobodys(here, '示例：校门口路灯不亮', '示例·张副校长')
  await secondShift('在读证明', '角', number)
  await here.instant('在读证明')
  await here.reload()
  await here.back()
  const acts = { ...inAll, ...rest, 'contact.report': 1 }
  expect(await loggedOf(app, here)).toEqual(acts)
})

test('[REF-CQ4] [REF-CQ4.2] a morning at 宿州学院: 依据, 时限, 程序 and 材料 are told, the handler leads what several units do', async () => {
  here = await Morning.begin(app.url, windows.szu)
  const { tablet } = here
  await here.expectSignedInAs('A角 窗口人员')
  const { number, day } = await here.promised('缓考申请', 3)
  const paper = await here.paper('受理回执', [number, '承诺办结', day])
  expectTold(paper, ['流程', '办理依据', '收下的材料'], ['原由'])
  await tablet.pill('已同步')
  await tablet.cutNetwork()
  await here.brings(await here.told('缓考申请'), 3)
  await here.refused('缓考申请', '不予办理', '已超过规定的申请期限')
  await here.rests(number, '示例：等学院核对')
  await here.joint('休学申请', { days: 5, parts: { own: '教务处', other: '学生处', of: 2 } })
  await tablet.sees(`主办：教学教务（示例） ${here.at.A.name}`)
  await handOn(here, '就业服务（示例）', '直到对方接手，或已明确答复学生')
  expect(await guide(here, '快递查询、代领')).toContain(plain('校内快递服务站'))
  await secondShift('缓考申请', '角', number)
  await here.instant('选课咨询')
  await here.reload()
  await here.back()
  const acts = { ...inAll, ...rest, 'contact.open': 2, 'contact.handOn': 1, 'contact.guide': 1 }
  expect(await loggedOf(app, here)).toEqual(acts)
})
