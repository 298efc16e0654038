import { afterAll, beforeAll, expect, test } from 'vitest'
import { startApp, type App } from '../support/app.ts'
import { plain, readPdf } from '../support/pdf.ts'
import { Tablet } from '../support/tablet.ts'

const pin = '258036'
const wang = { studentNo: '20240117', name: '示例·王同学', phone: '13800001234' }
const lin = { studentNo: '20240120', name: '示例·林同学' }
const zhao = { studentNo: '20240118', name: '示例·赵同学' }

let app: App
let tablet: Tablet

beforeAll(async () => {
  app = await startApp()
  tablet = await Tablet.open(app.url)
  await tablet.enrol(app.credentials.enrolLink, '学工 1 号')
  await tablet.signIn(app.credentials.A, pin)
  await tablet.pill('已同步')
  await tablet.keepsItself()
  await app.kill9()
})

afterAll(async () => {
  await tablet?.close()
  await app?.stop()
})

const dialog = () => tablet.page.getByRole('dialog').last()

/** 其他办法 of the open case. */
async function way(title: string): Promise<void> {
  await tablet.button('其他办法').click()
  await dialog()
    .locator('.way')
    .filter({ has: tablet.page.getByText(title, { exact: true }) })
    .click()
}

/** The paper on the desk, both ways: one page each, and the words it must have. */
async function paper(open: () => Promise<void>, words: readonly string[]): Promise<void> {
  for (const size of ['a4', 'slip'] as const) {
    if (size === 'slip') await open()
    const { pages, sizes, text } = await readPdf(await tablet.printed(size))
    expect(pages).toHaveLength(1)
    expect(sizes[0]?.width).toBe(size === 'a4' ? 210 : 80)
    for (const said of words) expect(text).toContain(plain(said))
  }
}

const printing = (title: string) => () => tablet.button(`打印${title}`).click()

test('[NBU-7] once the student is known the commonest item takes two taps and no key, without a network', async () => {
  await tablet.begin('在读证明', wang)
  await tablet.tickAll()
  await tablet.keep('当场办结')
  await tablet.button('接待下一位').click()
  const box = tablet.page.getByRole('combobox', { name: '查找事项、办件、学生' })
  await box.fill(wang.studentNo)
  await tablet.page.getByRole('option').first().waitFor()
  await box.press('Enter')
  await tablet.sees('2024****17')
  await tablet.page.evaluate(() => {
    const taps = { clicks: 0, keys: 0 }
    Object.assign(globalThis, { taps })
    document.addEventListener('click', (event) => (taps.clicks += event.isTrusted ? 1 : 0), true)
    document.addEventListener('keydown', () => (taps.keys += 1), true)
  })
  await tablet.page.getByRole('button', { name: /在读证明开具/ }).click()
  const number = await tablet.keep('材料全齐 · 当场办结')
  expect(number).toMatch(/^XG-/)
  expect(await tablet.page.evaluate(() => (globalThis as unknown as { taps: object }).taps)).toEqual({
    clicks: 2,
    keys: 0,
  })
})

test('[ZJJ-24] a charge is assessed here and paid elsewhere: 办结 waits for the receipt number, and the slip says where', async () => {
  await tablet.begin('xszbb', lin)
  await tablet.tickAll()
  await tablet.sees('流程')
  const number = await tablet.keep(/受理 · 承诺/)
  await tablet.openCase(number)
  await tablet.main.click()
  await dialog()
    .getByLabel(/应缴金额/)
    .fill('5')
  await tablet.shot('charge-form')
  await dialog().locator('[data-main]').filter({ hasText: '核定收费 5.00 元' }).click()
  await tablet.sees('填了回执号才能办结')
  await tablet.shot('charge-waits')
  await printing('缴费通知')()
  await paper(printing('缴费通知'), [
    '缴费通知',
    number,
    '5.00 元',
    '每本 5 元',
    '校内公示标准',
    '财务处缴费窗口',
    '不收钱',
  ])
  await tablet.main.click()
  await dialog().locator('[data-main]').click({ force: true })
  await tablet.sees('填了缴费回执号才能办结')
  await tablet.page.keyboard.press('Escape')
  await tablet.go('办件')
  await tablet.button(/待缴费回执 1/).click()
  await tablet.sees('待缴费')
  await tablet.shot('list-receipt')
  await tablet.openCase(number)
  await tablet.button('填缴费回执').click()
  await dialog()
    .getByLabel(/回执号/)
    .fill('HZ-2026-1001')
  await dialog().getByRole('button', { name: '存下回执号' }).click()
  await tablet.sees('缴费回执 HZ-2026-1001')
  await tablet.main.click()
  await dialog().locator('[data-main]').filter({ hasText: '办结' }).click()
  await printing('办结通知')()
  await paper(printing('办结通知'), ['办结通知', number, '5.00 元，已缴，回执号 HZ-2026-1001'])
})

test('[SSC-20.2] a case can rest for a reason told in writing, and goes on where it was', async () => {
  await tablet.begin('xszbb', zhao)
  await tablet.tickAll()
  const number = await tablet.keep(/受理 · 承诺/)
  await tablet.openCase(number)
  await tablet.button('其他办法').click()
  await dialog().getByRole('button', { name: '核定收费' }).waitFor()
  await tablet.shot('other-ways')
  await dialog().getByRole('button', { name: '中止' }).click()
  await dialog()
    .getByLabel(/为什么中止/)
    .fill('示例：制卡机维修，修好后恢复')
  await dialog().getByRole('button', { name: '中止并出通知' }).click()
  const open = async () => {
    await tablet.sees('已中止')
    await tablet.button('打印中止通知').click()
  }
  await paper(open, ['中止通知', number, '制卡机维修', '中止期间不计时'])
  await tablet.sees('先恢复办理，再给结果')
  await tablet.shot('paused')
  await tablet.button('恢复办理').click()
  await tablet.sees('恢复办理，继续计时')
  await way('转办到别的窗口')
  await dialog()
    .getByRole('radio', { name: /创业就业/ })
    .check({ force: true })
  await dialog()
    .getByLabel(/为什么转/)
    .fill('示例：由创业就业窗口接着办')
  await tablet.shot('transfer')
  await dialog().getByRole('button', { name: '转办', exact: true }).click()
  await tablet.sees('已转往创业就业，等对方接收')
  await tablet.go('办件')
  await tablet.button(/转办中 1/).click()
  await tablet.sees(number.split('-').slice(2).join('-'))
  await tablet.openCase(number)
  await tablet.button('收回').click()
  await dialog()
    .getByLabel(/为什么不接收/)
    .fill('示例：改由本窗口办')
  await dialog().getByRole('button', { name: '退回' }).click()
  await tablet.sees('没有接收，退回')
})

test('[ZJJ-26] papers that are complete are not returned for want of them; an appeal upheld takes the case up again', async () => {
  await tablet.begin('在读证明', zhao)
  await tablet.tickAll()
  await tablet.button('不予办理').click()
  await tablet.sees('材料已齐')
  await tablet.shot('refusal-warned')
  await tablet.page.getByRole('radio').first().check({ force: true })
  const number = await tablet.keep('不予办理')
  await tablet.openCase(number)
  await way('登记学生的申诉')
  await dialog()
    .getByRole('radio', { name: /应收未收/ })
    .check({ force: true })
  await dialog()
    .getByLabel(/学生怎么说/)
    .fill('示例：材料都齐，学籍也在')
  await tablet.shot('appeal')
  await dialog().getByRole('button', { name: '登记申诉' }).click()
  await tablet.sees('由督查处理，结果会答复学生')
  await app.restart()
  await tablet.sendNow()
  await tablet.pill('已同步')

  const supervisor = await Tablet.open(app.url)
  await supervisor.page.goto(`${app.url}/sign-in`)
  await supervisor.signIn(app.credentials.supervisor)
  await supervisor.go('办件')
  await supervisor.button(/申诉 1/).click()
  await supervisor.page
    .getByRole('link', { name: /在读证明/ })
    .first()
    .click()
  await supervisor.button('处理申诉').click()
  const desk = supervisor.page.getByRole('dialog').last()
  await desk.getByRole('radio', { name: /申诉成立/ }).check({ force: true })
  await desk.getByLabel(/理由/).fill('示例：学籍已核实，应当受理')
  await supervisor.shot('appeal-decide')
  await desk.getByRole('button', { name: '处理', exact: true }).click()
  await supervisor.sees('申诉成立，继续办理')
  await supervisor.close()
  await tablet.sees('申诉成立，继续办理')
  await tablet.sees('应收未收，待考核核实')
  await printing('申诉答复')()
  await paper(printing('申诉答复'), ['申诉答复', number, '申诉成立', '学籍已核实'])
  await way('退件')
  await dialog()
    .getByRole('radio', { name: /逾期未补正/ })
    .check({ force: true })
  await tablet.sees('应当办理')
  await dialog()
    .getByRole('radio', { name: /不归本厅受理/ })
    .check({ force: true })
  await dialog()
    .getByLabel(/退件通知会写/)
    .fill('示例：由二级学院受理')
  await tablet.shot('return')
  await dialog().getByRole('button', { name: '退件' }).click()
  await paper(printing('退件通知'), ['退件通知', number, '由二级学院受理', '退还的材料', '怎样申诉'])
})

test('[NBU-8] what began online goes on at the window under the number it has, and is found by it', async () => {
  await tablet.begin('在读证明', wang)
  await tablet.button('学生已在网上申报或预约').click()
  await tablet.page.getByLabel(/网上申报号/).fill('WS-20261120-88')
  await tablet.tickAll()
  await tablet.shot('began')
  const number = await tablet.keep('当场办结')
  await tablet.go('窗口')
  const box = tablet.page.getByRole('combobox', { name: '查找事项、办件、学生' })
  await box.fill('WS-20261120-88')
  await tablet.page.getByRole('option').first().waitFor()
  await box.press('Enter')
  await tablet.sees(number)
  await tablet.sees('网上申报号 WS-20261120-88')
  await printing('办结通知')()
  await paper(printing('办结通知'), [number, '网上申报号', 'WS-20261120-88'])
})
