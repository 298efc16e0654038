import { afterAll, beforeAll, expect, test } from 'vitest'
import { startApp, type App } from '../support/app.ts'
import { plain, readPdf, type Printed } from '../support/pdf.ts'
import { Tablet } from '../support/tablet.ts'

const pin = '258036'
const wang = { studentNo: '20240117', name: '示例·王同学', phone: '13800001234' }
const lin = { studentNo: '20240120', name: '示例·林同学', phone: '' }
const zhao = { studentNo: '20240118', name: '示例·赵同学', phone: '' }

let app: App
let tablet: Tablet

beforeAll(async () => {
  app = await startApp()
  tablet = await Tablet.open(app.url)
  await tablet.enrol(app.credentials.enrolLink, '学工 1 号')
  await tablet.signIn(app.credentials.A, pin)
})

afterAll(async () => {
  await tablet?.close()
  await app?.stop()
})

/** Prints what lies on the desk, both ways; checks that each is one page of its own size. */
async function print(button: string): Promise<Record<'a4' | 'slip', string>> {
  const texts = { a4: '', slip: '' }
  for (const size of ['a4', 'slip'] as const) {
    await tablet.button(button).click()
    const paper: Printed = await readPdf(await tablet.printed(size))
    expect(paper.pages).toHaveLength(1)
    expect(paper.sizes[0]).toMatchObject(size === 'a4' ? { width: 210, height: 297 } : { width: 80 })
    texts[size] = paper.text
  }
  return texts
}

function expectAll(text: string, words: readonly string[]): void {
  for (const said of words) expect(text).toContain(plain(said))
}

test('[SSC-20.2] [NBU-7] the receipt bears hall, number, promised date and its reckoning, and that the server has it', async () => {
  await tablet.begin('xszbb', wang)
  await tablet.tickAll()
  const number = await tablet.keep(/受理 · 承诺/)
  await tablet.pill('已同步')
  const { a4, slip } = await print('打印受理回执')
  for (const text of [a4, slip]) {
    const told = [
      '受理回执',
      '宁波大学',
      '学生事务中心',
      number,
      wang.name,
      '学生证补办',
      '5 个工作日',
      '次日起算',
      '流程',
      '盖章处',
    ]
    expectAll(text, told)
    expect(text).toMatch(/承诺办结\d+月\d+日/)
    expect(text).toContain(plain('打印时已联网，本件已送达'))
    expect(text).not.toContain(wang.studentNo)
    expect(text).not.toContain(wang.phone)
  }
  expect(a4).toContain(plain('（学号 2024****17）'))
})

test('[SSC-20.1] the notice names all that is missing with the way to it; a second one of what was knowable is marked', async () => {
  await tablet.begin('xszbb', lin)
  await tablet.page.getByRole('checkbox').nth(0).check({ force: true })
  await tablet.page.getByRole('checkbox').nth(3).check({ force: true })
  const number = await tablet.keep(/一次性告知/)
  const first = await print('打印一次性告知书')
  for (const text of [first.a4, first.slip]) {
    expectAll(text, ['一次性告知书', number, '一寸近照 1 张', '近 6 个月内，白底', '身份证', '补到哪里', '只告知一次'])
    expect(text).not.toContain(plain('二次告知：'))
  }
  await tablet.openCase(number)
  await tablet.main.click()
  const desk = tablet.page.getByRole('dialog')
  await desk.getByRole('button', { name: '全部齐全' }).click()
  await desk.getByRole('button', { name: '遗失说明：不符合' }).click()
  await desk.locator('[data-main]').click()
  await tablet.sees('这会记为二次告知')
  await tablet.shot('second-notice')
  const before = (await tablet.stored('outbox')).length
  await tablet.button('仍要告知，记为二次告知').click()
  await tablet.sees('本可在第一次告知时一并说明')
  expect((await tablet.stored('outbox')).length).toBeGreaterThan(before)
  const second = await print('打印一次性告知书')
  expectAll(second.a4, ['一次性告知书（第 2 次）', '遗失说明', '不符合', '记为二次告知', '不在你'])
})

test('[REF-CQ4] [SSC-20.2] [ZJJ-26] the refusal gives ground, basis and reason, and how to appeal', async () => {
  await tablet.begin('xszbb', zhao)
  await tablet.tickAll()
  await tablet.button('不予办理').click()
  await tablet.page.getByRole('radio').first().check({ force: true })
  await tablet.page.getByLabel(/告知书会写/).fill('学籍系统里查不到在籍记录')
  const number = await tablet.keep('不予办理')
  const { a4, slip } = await print('打印不予办理告知书')
  for (const text of [a4, slip]) {
    expectAll(text, [
      '不予办理告知书',
      number,
      '不是全日制在籍学生',
      '学籍系统里查不到在籍记录',
      '怎样申诉',
      '领导小组办公室',
    ])
  }
})

test('[OFF-2] printed without a server, paper says that it was; the number stays, and printed again it says it arrived', async () => {
  await tablet.keepsItself()
  await app.kill9()
  await tablet.begin('zdzm', zhao)
  await tablet.tickAll()
  const number = await tablet.keep('当场办结')
  await tablet.openCase(number)
  const before = await print('打印办结通知')
  expectAll(before.a4, ['办结通知', number, '办理结果', '打印时仅存本机', '办件号不变，本纸不用换'])
  await app.restart()
  await tablet.sendNow()
  await tablet.pill('已同步')
  const after = await print('打印办结通知')
  expectAll(after.slip, [number, '打印时已联网，本件已送达'])
})

test('[SSC-17] [NBU-4] the sheet prints as its page says, and anybody reads the same without signing in', async () => {
  await tablet.go('事项')
  await tablet.page.getByRole('link', { name: /学生证补办/ }).click()
  await tablet.sees('谁来解释')
  // Every word of the page in its order, signs and all; only numbers and what joins two of them are the paper's own.
  const words = await tablet.page.locator('.sheet dd').evaluateAll((all) =>
    all.flatMap((one) => {
      const texts = document.createTreeWalker(one, NodeFilter.SHOW_TEXT)
      const found: string[] = []
      while (texts.nextNode()) found.push(texts.currentNode.textContent ?? '')
      return found
    }),
  )
  await tablet.button('打印').click()
  const staff = await readPdf(await tablet.printed())
  expect(words.length).toBeGreaterThan(20)
  const paper = plain(staff.text)
  let from = 0
  for (const word of words.map(plain).filter(Boolean)) {
    expect(paper.slice(from)).toContain(word)
    from = paper.indexOf(word, from) + word.length
  }

  const link = tablet.page.getByRole('link', { name: /public\/items/ })
  const visitor = await Tablet.open(app.url)
  await visitor.page.goto((await link.getAttribute('href')) ?? '')
  await visitor.sees('带什么来')
  expect(await visitor.page.locator('.strip').count()).toBe(0)
  await visitor.button('打印这张表').click()
  const open = await readPdf(await visitor.printed())
  await visitor.close()
  expect(open.text).toBe(staff.text)
  expectAll(open.text, ['内容、流程、结果由学生发展与服务处', '第 1 版', '承诺时限', '不予办理的情形'])
})
