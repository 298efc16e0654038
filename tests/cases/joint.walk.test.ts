import { afterAll, beforeAll, expect, test } from 'vitest'
import { startApp, type App } from '../support/app.ts'
import { openWindows } from '../support/demo-halls.ts'
import { pdfText } from '../support/pdf.ts'
import { Tablet } from '../support/tablet.ts'

let app: App
let general: Tablet
let other: Tablet

beforeAll(async () => {
  app = await startApp('zjj')
  const { logistics } = await openWindows(app, { logistics: ['zjj', 'logistics'] })
  general = await Tablet.open(app.url)
  await general.enrol(app.credentials.enrolLink, '综合 1 号')
  await general.signIn(app.credentials.A, '258036')
  other = await Tablet.open(app.url)
  await other.enrol(logistics.enrolLink, '后勤 1 号')
  await other.signIn(logistics.A, '258036')
  await other.pill('已同步')
})

afterAll(async () => {
  await other?.close()
  await general?.close()
  await app?.stop()
})

const step = (tablet: Tablet, name: string) => tablet.page.locator('.step').filter({ hasText: name })

test('[ZJJ-8] [SSC-20.3] received once, four units’ steps side by side; one window does its own without a network, and both meet', async () => {
  await general.begin('毕业离校手续办理', { studentNo: '20240117', name: '示例·王同学' })
  await general.tickAll()
  await general.sees(/主办，统一受理/)
  const number = await general.keep(/联办受理 · 承诺/)
  await general.button('打印受理回执').click()
  const paper = (await pdfText(await general.printed('a4'))).replaceAll(/\s/g, '')
  for (const told of ['主办', '打包办理', '协办单位', '图书馆']) expect(paper).toContain(told)
  await general.pill('已同步')

  await other.go('办件')
  await other.page.getByText('毕业离校手续办理').first().click()
  await other.sees('联办 0/4')
  await other.cutNetwork()
  await step(other, '后勤处办理').getByLabel(/意见/).fill('水电已结清')
  await step(other, '后勤处办理').getByRole('button', { name: '已办好' }).click()
  await step(other, '后勤处办理').getByText('水电已结清').waitFor()
  await other.pill(/仅存本机/)
  await other.shot('joint-offline')

  await general.openCase(number)
  await step(general, '学生工作部办理').getByRole('button', { name: '已办好' }).click()
  // The library has no window here: the lead writes down what it answered.
  await step(general, '图书馆办理').getByLabel(/意见/).fill('凭还书证明')
  await step(general, '图书馆办理').getByRole('button', { name: '已办好' }).click()
  await general.sees('联办 2/4')

  await other.page.context().setOffline(false)
  await other.pill('已同步')
  await general.sees('联办 3/4')
  await general.sees('水电已结清')
  await general.sees('还有 1 步没办好')
  await general.shot('joint-lead')
})

test('[ZJJ-8] [SSC-20.3] before the last unit has done its part the package cannot be concluded', async () => {
  await general.main.click()
  await general.sees(/还有「财务处办理」没有办好/)
  const before = (await general.stored('outbox')).length
  await general.page.locator('.outcome [data-main]').last().click({ force: true })
  expect((await general.stored('outbox')).length).toBe(before)
})
