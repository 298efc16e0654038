import postgres from 'postgres'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { OutboxRow } from '../../client/local/store.ts'
import { newCode } from '../audit/wire-tablet.ts'
import { startApp, type App } from '../support/app.ts'
import { Tablet } from '../support/tablet.ts'

const pin = '385217'
const lin = { studentNo: '20240120', name: '示例·林同学', phone: '13800001234' }
const zhao = { studentNo: '20240118', name: '示例·赵同学', phone: '' }
const wang = { studentNo: '20240117', name: '示例·王同学', phone: '' }

let app: App
let first: Tablet
let second: Tablet
let contested = ''
let ended = ''

const offline = (tablet: Tablet, isOff: boolean) =>
  isOff ? tablet.cutNetwork() : tablet.page.context().setOffline(false)

beforeAll(async () => {
  app = await startApp()
  first = await Tablet.open(app.url)
  second = await Tablet.open(app.url)
  const { A, supervisor, enrolLink } = app.credentials
  await first.enrol(enrolLink, '学工 1 号')
  await first.signIn(A, pin)
  const code = await newCode(app.url, supervisor, 'student-affairs')
  await second.enrol(`${enrolLink.slice(0, -8)}${code}`, '学工 2 号')
  await second.signIn(A, pin)
})
afterEach(async () => {
  await first.shot('refused-first')
  await second.shot('refused-second')
})
afterAll(async () => {
  for (const tablet of [first, second]) await tablet?.close()
  await app?.stop()
})

async function correctPhone(tablet: Tablet, phone: string): Promise<void> {
  await tablet.openCase(contested)
  await tablet.button('更正').click()
  await tablet.page.getByRole('dialog').getByLabel('电话').fill(phone)
  await tablet.button('存下更正').click()
  await tablet.page.getByRole('dialog').waitFor({ state: 'detached' })
}

async function decide(tablet: Tablet, key: '1' | '2', reason: string): Promise<void> {
  await tablet.openCase(contested)
  await tablet.page.getByRole('button', { name: '裁决', exact: true }).click()
  await tablet.sees('两处改动不一致，请选择')
  expect(await tablet.page.locator('fieldset.values input:checked').count()).toBe(0)
  await tablet.page.keyboard.press(key)
  await tablet.page.getByLabel('理由').fill(reason)
  await tablet.main.click()
  await tablet.page.waitForURL(/\/cases\/[^/]+$/)
}

test('[OFF-4] two tablets without a network change one telephone: both are kept, and either can settle it from the case', async () => {
  await first.begin('xszbb', lin)
  await first.tickAll()
  contested = await first.keep(/受理 · 承诺/)
  await first.begin('zdzm', zhao)
  await first.tickAll()
  ended = await first.keep('当场办结')
  await first.pill('已同步')
  await second.openCase(contested)
  for (const tablet of [first, second]) await offline(tablet, true)
  await correctPhone(first, '13900000001')
  await correctPhone(second, '13900000002')
  await offline(second, false)
  await second.pill('已同步')
  await offline(first, false)
  for (const tablet of [first, second]) await tablet.pill('待裁决 1')
})

test('[OFF-4] [I4] what is refused comes back to its author and holds up nothing behind it', async () => {
  for (const tablet of [first, second]) await offline(tablet, true)
  await decide(first, '1', '以第一处为准（示例）')
  await first.openCase(ended)
  await first.button(/撤销“办结”/).click()
  await first.begin('zdzm', wang)
  await first.tickAll()
  const behind = await first.keep('当场办结')
  await decide(second, '2', '以第二处为准（示例）')
  await offline(second, false)
  await second.pill('已同步')
  await second.openCase(ended)
  await second.button('备注').click()
  await second.page.getByRole('dialog').getByRole('textbox').fill('学生来电（示例）')
  await second.button('存下备注').click()
  await second.pill('已同步')
  await offline(first, false)
  await first.pill('2 件未被接受')
  expect(await outcomes()).toMatchObject({ 'case.resolve': 'rejected', 'case.undo': 'rejected' })
  await first.openCase(behind)
  await first.sees('已同步')
})

test('[OFF-4] [I13] the one is corrected and sent again, the other given up with a reason; both answers are in the log', async () => {
  await first.openCase(contested)
  await first.sees(/已由示例·王老师裁决/)
  await first.button('改正后重发').click()
  await first.sees('再裁决一次就是改裁决')
  expect(await first.page.getByLabel('理由').inputValue()).toBe('以第一处为准（示例）')
  await first.main.click()
  await first.page.waitForURL(/\/cases\/[^/]+$/)
  await first.pill('1 件未被接受')
  await offline(first, true)
  await first.page.locator('[aria-live=polite]').first().click()
  await first.button('放弃并说明原因').click()
  await first.button('不再需要这一步。').click()
  await first.shot('refused-drop')
  await first.button('放弃并记下原因').click()
  await first.page.keyboard.press('Escape')
  await offline(first, false)
  await first.pill('已同步')
  expect(await outcomes()).toMatchObject({ 'case.resolve': 'applied', 'outcome.ack': 'applied' })
  await second.openCase(contested)
  await second.button('显示').click()
  await second.sees('13900000002')
})

/** The last outcome of each type on the first tablet's stream. */
async function outcomes(): Promise<Record<string, string>> {
  const [{ streamId } = { streamId: '' }] = await first.stored<OutboxRow>('outbox')
  const sql = postgres(app.databaseUrl(), { max: 1 })
  const rows = await sql<{ type: string; outcome: string }[]>`
    select type, outcome from hall.command_log where stream_id = ${streamId} order by seq`
  await sql.end()
  return Object.fromEntries(rows.map(({ type, outcome }) => [type, outcome]))
}
