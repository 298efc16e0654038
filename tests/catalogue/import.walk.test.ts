import { readFile } from 'node:fs/promises'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { columns, rowOfItem } from '../../shared/catalogue/import-columns.ts'
import { halls } from '../../shared/profiles/halls.ts'
import { startApp, type App } from '../support/app.ts'
import { signInAsSupervisor, visit, type Visit } from '../support/browser-page.ts'
import { launchChromium } from '../support/chromium.ts'
import { byCode, gbkCsvOf, readGbkTable, readXlsxTable, xlsxOf, type Table } from './sheet-files.ts'

const { profile, items } = halls.nbu
const head = columns.map(({ header }) => header)
const first = items.find((item) => item.kind === 'committed' && item.code.startsWith('XG-'))
if (!first) throw new Error('the window has no committed item')

/** A row like an item of the hall, with some columns written otherwise. */
const rowLike = (changes: Readonly<Record<string, string>>): string[] =>
  rowOfItem(first, profile).map((text, at) => changes[head[at] ?? ''] ?? text)

const xlsxTable: Table = [
  head,
  rowLike({
    事项编码: 'XG-801',
    事项名称: '示例·勤工岗位证明',
    承诺工作日: '3',
    生效日期: '2026-11-02',
    别名: '勤工证明\n岗位证明',
  }),
  rowLike({
    事项编码: 'XG-802',
    事项名称: '示例·“引号”，逗号与 | 竖线',
    承诺工作日: '12',
    材料: '申请表｜窗口可领\n近照｜一寸、白底｜两张',
  }),
  rowLike({ 事项编码: first.code, 事项名称: first.name, 地点: '服务大厅 9 号位（示例）' }),
]
const csvTable: Table = [
  head,
  rowLike({
    事项编码: 'XG-811',
    事项名称: '示例·龘字与𠮷以外的生僻字：犇、喆、垚'.replace('𠮷', '吉'),
    承诺工作日: '5',
  }),
  rowLike({
    事项编码: 'XG-801',
    事项名称: '示例·勤工岗位证明（新）',
    承诺工作日: '4',
    生效日期: '2026-11-03',
    别名: '勤工证明',
  }),
]

let app: App
let browser: Browser
let seen: Visit
let page: Page

beforeAll(async () => {
  app = await startApp()
  browser = await launchChromium()
  seen = await visit(browser)
  page = seen.page
  await signInAsSupervisor(page, app.url, app.credentials.supervisor)
})

afterAll(async () => {
  await browser?.close()
  await app?.stop()
})

const choose = async (name: string, buffer: Buffer): Promise<void> => {
  await page.goto(`${app.url}/settings/import`)
  await page.setInputFiles('input[type=file]', { name, mimeType: '', buffer })
  await page.getByRole('heading', { name }).waitFor()
}

const publish = async (label: string): Promise<void> => {
  await page.getByRole('button', { name: label }).click()
  await page.getByRole('heading', { name: /都已同步$/ }).waitFor({ timeout: 60_000 })
}

const download = async (format: string): Promise<Buffer> => {
  await page.goto(`${app.url}/settings/import`)
  const [file] = await Promise.all([page.waitForEvent('download'), page.click(`[data-export="${format}"]`)])
  return readFile(await file.path())
}

test('[SSC-17] a real .xlsx of items goes in through the app, is published and comes out the same', async () => {
  await choose('本学期事项.xlsx', await xlsxOf(xlsxTable))
  await page.getByRole('button', { name: /^新增 ?2$/ }).waitFor()
  await page.getByRole('button', { name: /^改动 ?1$/ }).click()
  expect(await page.textContent('.change')).toContain('服务大厅 9 号位（示例）')
  await publish('发布 3 项')
  const out = byCode(await readXlsxTable(await download('xlsx')))
  for (const row of xlsxTable.slice(1)) expect(out.get(row[0] ?? '')).toEqual(row)
  expect(out.size).toBe(items.length + 2)
})

test('[SSC-17] a GBK .csv changes what is there and adds what is not, and comes out the same in GBK', async () => {
  await choose('改动.csv', gbkCsvOf(csvTable))
  expect(await page.textContent('header .m')).toContain('GB18030')
  await page.getByRole('button', { name: /^改动 ?1$/ }).waitFor()
  await publish('发布 2 项')
  const bytes = await download('csv-gbk')
  const out = byCode(readGbkTable(bytes))
  for (const row of csvTable.slice(1)) expect(out.get(row[0] ?? '')).toEqual(row)
  expect(out.get('XG-802')).toEqual(xlsxTable[2])
  await choose('items-nbu-gbk.csv', bytes)
  await page.getByText('文件和现在的事项完全一样').waitFor()
})

test('[SSC-17] one day for all of them is what the sheets say afterwards', async () => {
  await choose('明年.xlsx', await xlsxOf([head, rowLike({ 事项编码: 'XG-821', 事项名称: '示例·明年起的事项' })]))
  await page.getByText('全部从同一天起').click()
  await page.getByLabel('从哪一天起').fill('2027-03-01')
  await publish('发布 1 项')
  // Not in force yet, so not among the items of today; the same file again is then a change of its day.
  expect(byCode(await readXlsxTable(await download('xlsx'))).has('XG-821')).toBe(false)
  await choose('明年.xlsx', await xlsxOf([head, rowLike({ 事项编码: 'XG-821', 事项名称: '示例·明年起的事项' })]))
  expect(await page.textContent('.change')).toContain('2027-03-01')
})

test('a wrong spreadsheet tells sheet, row, column, what belongs there and what is; nothing of it is loaded', async () => {
  const before = await download('csv-gbk')
  const wrong: Table = [
    head,
    rowLike({ 事项编码: 'XG-831', 事项名称: '示例·好的一行' }),
    rowLike({ 事项编码: 'XG-832', 事项名称: '', 办理窗口: '没有这个窗口' }),
    rowLike({ 事项编码: '832', 类型: '快办件' }),
  ]
  await choose('有错的.xlsx', await xlsxOf(wrong))
  await page.locator('table.errors tbody tr').first().waitFor()
  const errors = await page.locator('table.errors tbody tr').allTextContents()
  const told = errors.map((text) => text.replace(/\s+/g, ' '))
  expect(
    told.some((text) => text.includes('事项 · 第 3 行') && text.includes('事项名称') && text.includes('必须填写')),
  ).toBe(true)
  expect(told.some((text) => text.includes('第 4 行') && text.includes('快办件'))).toBe(true)
  const main = page.locator('[data-main]')
  expect(await main.getAttribute('aria-disabled')).toBe('true')
  await main.click({ force: true })
  expect(await page.locator('[data-progress]').count()).toBe(0)
  expect((await download('csv-gbk')).equals(before)).toBe(true)
})

test('a file that is none is refused in a sentence, and the page goes on', async () => {
  await page.goto(`${app.url}/settings/import`)
  await page.setInputFiles('input[type=file]', { name: '照片.png', mimeType: 'image/png', buffer: Buffer.from('x') })
  await page.getByText('不是 .xlsx、.csv 或 .json 文件').waitFor()
  await choose('坏的.xlsx', Buffer.from('PK\u0003\u0004 not a zip'))
  await page.getByText('文件有 1 处错误，什么都没有改动。').waitFor()
  expect(seen.errors).toEqual([])
})
