import { afterAll, beforeAll, expect, test } from 'vitest'
import { startApp, type App } from '../support/app.ts'
import { pdfText } from '../support/pdf.ts'
import { Tablet } from '../support/tablet.ts'

const wang = { studentNo: '20240117', name: '示例·王同学' }
const lin = { studentNo: '20240120', name: '示例·林同学' }
const zhao = { studentNo: '20240118', name: '示例·赵同学' }

let app: App
let tablet: Tablet

beforeAll(async () => {
  app = await startApp('zjj')
  tablet = await Tablet.open(app.url)
  await tablet.enrol(app.credentials.enrolLink, '综合 1 号')
  await tablet.signIn(app.credentials.A, '258036')
  await tablet.pill('已同步')
  await tablet.keepsItself()
  await app.kill9()
})

afterAll(async () => {
  await tablet?.close()
  await app?.stop()
})

test('[NBU-7] an on-the-spot item with everything there is done by two taps, without a network', async () => {
  await tablet.begin('在读证明', wang)
  await tablet.tickAll()
  const number = await tablet.keep('当场办结')
  await tablet.openCase(number)
  await tablet.sees('办结：')
})

test('[ZJJ-25] one notice tells what is missing and what does not conform, each with the way to put it right', async () => {
  await tablet.begin('学生证补办', lin)
  for (const material of [0, 2]) await tablet.page.getByRole('checkbox').nth(material).check({ force: true })
  await tablet.button('遗失说明：不符合').click()
  await tablet.keep(/一次性告知/)
  await tablet.button('打印一次性告知书').click()
  const text = await pdfText(await tablet.printed('slip'))
  for (const told of ['一寸近照', '近6个月内', '遗失说明', '不符合', '本人签名', '补到哪里'])
    expect(text.replaceAll(/\s/g, '')).toContain(told)
})

test('[ZJJ-27] a sixth working day cannot be promised: the screen says why, and nothing is kept until it is five', async () => {
  await tablet.begin('学生证补办', zhao)
  await tablet.tickAll()
  await tablet.page.getByRole('button', { name: '改', exact: true }).click()
  await tablet.button('多一天').click()
  await tablet.sees('最长 5 个工作日，不能承诺 6 个工作日')
  const before = (await tablet.stored('outbox')).length
  await tablet.main.click({ force: true })
  expect(await tablet.page.locator('.done').count()).toBe(0)
  expect((await tablet.stored('outbox')).length).toBe(before)
  await tablet.button('少一天').click()
  const number = await tablet.keep(/受理 · 承诺/)
  await tablet.openCase(number)
  await tablet.sees('5 个工作日')
})
