import { afterAll, beforeAll, expect, test } from 'vitest'
import { plain, readPdf } from '../support/pdf.ts'
import type { Tablet } from '../support/tablet.ts'
import { twoWindows, type TwoWindows } from './two-windows.ts'

let hall: TwoWindows
let here: Tablet
let there: Tablet
let desk: Tablet

beforeAll(async () => {
  hall = await twoWindows()
  ;({ here, there, desk } = hall)
})
afterAll(async () => {
  await hall?.stop()
})

const cut = (tablet: Tablet, isOffline: boolean) =>
  isOffline ? tablet.cutNetwork() : tablet.page.context().setOffline(false)
const tile = (tablet: Tablet, name: string) =>
  tablet.page.getByRole('group', { name: '是什么事' }).getByText(name, { exact: true })
const row = (tablet: Tablet, name: string) => tablet.page.locator('a.case', { hasText: name }).first()
const numberOn = async (tablet: Tablet) => {
  const text =
    (await tablet.page
      .getByText(/首问 XG-\d{6}-\w+-\d+/)
      .first()
      .textContent()) ?? ''
  return /XG-\d{6}-\w+-\d+/.exec(text)?.[0] ?? ''
}

test('[NBU-6] [REF-CQ3.1] offline, one tap takes a matter of one’s own and the second closes it, with both on record', async () => {
  await cut(here, true)
  await here.go('首问')
  await tile(here, '本窗口的事').click()
  await here.sees('您是首问责任人')
  await here.shot('reception-own')
  await here.main.click()
  await here.sees('已了结')
  const course = () => here.page.locator('.tl .what').allInnerTexts()
  await expect.poll(course).toEqual(['已解决', '首问登记：本窗口的事'])
  await here.sees('仅存本机')
  await cut(here, false)
  await here.pill('已同步')
})

test('[REF-CQ3.2] [NBU-6] handed on with no network it stands with both windows; the receiver takes it, offline as well', async () => {
  await cut(here, true)
  await here.go('窗口')
  await here.page.getByRole('navigation', { name: '不是本窗口的事' }).getByText('转首问').click()
  await here.page.getByRole('radio', { name: /创业就业/ }).check({ force: true })
  await here.page.getByLabel('什么事（可不填）').fill('示例：问三方协议怎么改')
  await here.shot('reception-hand-on')
  await here.main.filter({ hasText: '转首问 → 创业就业' }).click()
  await here.sees('还没有人接手')
  await here.button('联系对方').click()
  await here.page.getByLabel('联系谁').fill('示例·丙老师')
  await here.shot('reception-reach')
  await here.button('记下联系').click()
  await here.sees('电话联系上了')
  const number = await numberOn(here)
  await here.page.getByRole('button', { name: /等我办 1/ }).waitFor()
  await cut(here, false)
  await here.pill('已同步')

  await there.go('首问')
  await row(there, '其他窗口的事').click()
  await there.sees(number)
  await cut(there, true)
  await there.main.filter({ hasText: '接手' }).click()
  await there.sees(/示例·.*接手（创业就业）/)
  await there.button('已答复').click()
  await there.page.getByLabel('告知了什么').fill('示例：到就业系统申请改派')
  await there.button('已明确答复').click()
  await there.sees('示例：到就业系统申请改派')
  await row(here, '其他窗口的事').waitFor()
  await cut(there, false)
  await there.pill('已同步')
  await here.sees('示例：到就业系统申请改派')
})

test('[REF-CQ3.3] [ZJJ-28a] outside the hall: procedure and place of the guidance entry are printed and logged, no case opened', async () => {
  const before = (await here.stored<{ kind: string }>('view')).filter(({ kind }) => kind === 'case').length
  await here.go('窗口')
  await here.page.getByRole('navigation', { name: '不是本窗口的事' }).getByText('指引').click()
  await here.page.getByText('快递查询、代领').click()
  await here.shot('reception-guide')
  await here.main.filter({ hasText: '指引并打印' }).click()
  const { text } = await readPdf(await here.printed('slip'))
  for (const words of ['指引单', '快递查询、代领', '凭取件码到站领取', '校内快递服务站']) {
    expect(text).toContain(plain(words))
  }
  await here.sees(/指引：校内快递服务站/)
  const after = (await here.stored<{ kind: string }>('view')).filter(({ kind }) => kind === 'case').length
  expect(after).toBe(before)
})

test('[REF-CQ3.4] [SZIT-3] a complaint by phone is refused without name and phone; complete it is numbered and with the supervisor', async () => {
  await here.go('首问')
  await here.button('首问登记').click()
  await tile(here, '投诉意见').click()
  await here.page.getByRole('button', { name: '投诉', exact: true }).click()
  await here.page.getByRole('button', { name: '电话', exact: true }).click()
  await here.page.getByLabel('反映的事项').fill('示例：等了一上午没有人理')
  await here.main.click()
  await here.sees('举报或投诉要记下反映人的姓名和联系电话，还缺：姓名、联系电话。')
  await here.shot('reception-complaint')
  await here.page.getByLabel('反映人姓名').fill('示例·赵同学')
  await here.page.getByLabel('联系电话').fill('13800001234')
  await here.main.click()
  await here.sees(/已登记，首问编号 XG-/)
  await here.pill('已同步')
  await desk.page.goto(`${hall.app.url}/supervise/reception`)
  await desk.button(/^投诉 1/).click()
  await row(desk, '投诉').click()
  await desk.sees('示例：等了一上午没有人理')
  await desk.shot('reception-supervise')
  const left = async () => JSON.stringify(await here.stored('view')).includes('等了一上午没有人理')
  await expect.poll(left, { timeout: 30_000 }).toBe(false)
})

test('[REF-CQ4.2] papers incomplete: the handler cannot close it before what was found out is told', async () => {
  await here.go('首问')
  await here.button('首问登记').click()
  await tile(here, '查明后告知').click()
  await here.page.getByLabel('要查明什么').fill('示例：转专业又要退宿，先办哪一样')
  await here.page.getByLabel('教务处').check()
  await here.main.click()
  await here.sees('写明结果才能了结')
  await here.main.filter({ hasText: '已答复' }).click()
  const send = here.page.getByRole('dialog').getByRole('button', { name: '已明确答复' })
  await send.click({ force: true })
  await here.sees('请写告知了什么。')
  await here.page.getByLabel('告知了什么').fill('示例：先办转专业，再凭通知退宿')
  await send.click()
  await here.sees('已了结')
})
