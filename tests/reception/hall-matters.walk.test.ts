import { afterAll, beforeAll, expect, test } from 'vitest'
import { plain, readPdf } from '../support/pdf.ts'
import { Tablet } from '../support/tablet.ts'
import { twoWindows, type TwoWindows } from './two-windows.ts'

let hall: TwoWindows
let here: Tablet
let there: Tablet
let desk: Tablet

beforeAll(async () => {
  hall = await twoWindows({ windowId: 'library-information', login: 'nbu-ts-a' })
  ;({ here, there, desk } = hall)
})
afterAll(async () => {
  await hall?.stop()
})

const cut = (tablet: Tablet, isOffline: boolean) =>
  isOffline ? tablet.cutNetwork() : tablet.page.context().setOffline(false)
const row = (tablet: Tablet, name: string) => tablet.page.locator('a.case', { hasText: name }).first()
const quick = async (name: string) => {
  await here.go('窗口')
  await here.page.getByRole('navigation', { name: '不是本窗口的事' }).getByText(name).click()
}

test('[ZJJ-28] nobody’s matter: reply promised, reported, assigned to a unit, which answers the student', async () => {
  await quick('无主登记')
  await here.page.getByLabel('什么事', { exact: false }).first().fill('示例：校门口临时停车证')
  expect(await here.page.getByLabel(/承诺回复日期/).inputValue()).toMatch(/^\d{4}-\d\d-\d\d$/)
  await here.shot('reception-nobodys')
  await here.main.filter({ hasText: '无主登记' }).click()
  await here.main.filter({ hasText: '汇报' }).click()
  expect(await here.page.getByLabel('向谁汇报').inputValue()).toBe('分管校领导')
  await here.button('记下汇报').click()
  await here.sees('已报校领导，等转交')
  await here.pill('已同步')

  await desk.page.goto(`${hall.app.url}/supervise/reception`)
  await desk.button(/^无主 1/).click()
  await row(desk, '无主登记').click()
  await desk.main.filter({ hasText: '转交部门' }).click()
  await desk.page.getByText('图书馆与信息中心').click()
  await desk.page.getByRole('dialog').getByRole('button', { name: '转交' }).click()
  await desk.sees('转交图书馆与信息中心办理')
  await desk.shot('reception-passed')

  await there.go('首问')
  await row(there, '无主登记').click()
  await there.main.filter({ hasText: '反馈结果' }).click()
  await there.page.getByRole('textbox', { name: /处理结果/ }).fill('示例：到保卫处开放日办理')
  await there.button('已反馈').click()
  await there.pill('已同步')
  await here.sees('示例：到保卫处开放日办理')
  await here.sees('已了结')
})

test('[SZIT-9] an emergency with no network: whom to call at once, the calls on record, on reconnect first with the supervisor', async () => {
  await cut(here, true)
  await quick('突发事件')
  await here.sees('大厅值班负责人（示例）')
  await here.sees('您是首问责任人')
  await here.shot('reception-emergency')
  const duty = here.page.getByRole('listitem').filter({ hasText: '大厅值班负责人' })
  expect(await duty.getByRole('link').getAttribute('href')).toBe('tel:8101')
  await duty.getByRole('button', { name: '打通了', exact: true }).click()
  await here.sees('电话联系上了')
  await cut(here, false)
  await here.pill('已同步')
  // Wherever the supervisor is, the rail says so; the list has it on top.
  await desk.page.locator('nav a', { hasText: '督查' }).getByText('1', { exact: true }).waitFor()
  await desk.page.goto(`${hall.app.url}/supervise/reception`)
  await desk.page.locator('a.case').first().getByText('突发事件').waitFor()
})

test('[REF-CQ6] a lapse that a supervisor puts forward counts nothing until it is verified', async () => {
  await row(desk, '突发事件').click()
  await desk.button('提出首问失误').click()
  await desk.page.getByText('冷漠对待，应当告知没有明确告知').click()
  await desk.page.getByLabel(/情况/).fill('示例：学生在意见簿里写了')
  await desk.button('提出，待核实').click()
  await desk.button(/^失误 1/).click()
  await desk.sees('核实以前不计入考核')
  await desk.shot('reception-lapses')
  await desk.page.getByRole('button', { name: '属实', exact: true }).click()
  await desk.page.getByLabel('怎样核实的').fill('示例：已向双方核实')
  await desk.page.getByRole('dialog').getByRole('button', { name: '属实' }).click()
  await desk.sees('属实，计入考核')
  await desk.button(/^失误 0/).waitFor()
  const held = await here.stored<{ image: { form?: string } }>('view')
  expect(held.filter(({ image }) => image.form === 'lapse')).toEqual([])
})

test('[SZIT-9] [SZIT-3] a fault report is taken as its own kind and passed on by the desk itself', async () => {
  await here.go('首问')
  await here.button('首问登记').click()
  await here.page.getByRole('group', { name: '是什么事' }).getByText('报修', { exact: true }).click()
  await here.page.getByLabel('在哪里，什么坏了').fill('示例：3 号楼 201 门锁')
  await here.main.filter({ hasText: '登记' }).click()
  await here.main.filter({ hasText: '转交部门' }).click()
  await here.page.getByText('图书馆与信息中心').click()
  await here.page.getByRole('dialog').getByRole('button', { name: '转交' }).click()
  await here.sees('已转部门，等结果')
  await there.go('首问')
  await row(there, '报修').waitFor()
})

test('[SSC-18] the map says which window an item is at, open or when next, offline too; a slip shows the way', async () => {
  await cut(here, true)
  await here.go('首问')
  await here.button('大厅地图').click()
  await here.page.getByRole('combobox').first().fill('xszbb')
  await here.page.getByRole('option').first().click()
  await here.sees('1 号窗口')
  await here.page
    .getByRole('button', { name: /图书信息/ })
    .first()
    .click()
  await here.sees('6 号窗口')
  await here.sees(/岗在岗/)
  await here.shot('reception-map')
  await here.button('打印指路单').click()
  const { text } = await readPdf(await here.printed('slip'))
  for (const words of ['指路单', '6 号窗口，图书信息', '现在']) expect(text).toContain(plain(words))
  await cut(here, false)

  const visitor = await Tablet.open(hall.app.url)
  await visitor.page.goto(`${hall.app.url}/public/nbu/map`)
  await visitor.sees(/开放中|现在不开放，下次/)
  await visitor.page.getByRole('combobox').first().fill('xszbb')
  await visitor.page.getByRole('option').first().click()
  await visitor.sees('1 号窗口')
  await visitor.shot('reception-public-map')
  await visitor.close()
})

test('[REF-CQ5] [REF-CQ4] any window reads another unit’s item offline, and one print has basis, limit, procedure and all papers', async () => {
  await cut(there, true)
  await there.go('事项')
  await there.page.getByRole('combobox').first().fill('xszbb')
  await there.page
    .getByRole('link', { name: /学生证补办/ })
    .first()
    .click()
  await there.sees('谁来解释')
  await there.button('打印').click()
  const { text } = await readPdf(await there.printed())
  for (const words of ['办理依据', '承诺时限', '办理流程', '所需材料', '一寸近照', '学生证补办']) {
    expect(text).toContain(plain(words))
  }
  await cut(there, false)
})
