import postgres from 'postgres'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { OutboxRow, OutcomeRow, ViewRow } from '../../client/local/store.ts'
import type { Case } from '../../shared/cases/index.ts'
import { canonicalJson } from '../../shared/core/canonical.ts'
import type { Envelope } from '../../shared/core/envelope.ts'
import { startApp, type App } from '../support/app.ts'
import { pdfText } from '../support/pdf.ts'
import { Tablet } from '../support/tablet.ts'

const pinA = '258036'
const pinB = '739104'
const wang = { studentNo: '20240117', name: '示例·王同学', phone: '13800001234' }
const zhao = { studentNo: '20240118', name: '示例·赵同学', phone: '' }
const chen = { studentNo: '20240119', name: '示例·陈同学', phone: '' }
const lin = { studentNo: '20240120', name: '示例·林同学', phone: '' }
const wu = { studentNo: '20240122', name: '示例·吴同学', phone: '' }
const huang = { studentNo: '20240121', name: '示例·黄同学', phone: '' }

let app: App
let first: Tablet
let second: Tablet
let desk: Tablet
const numbers: Record<'promised' | 'instant' | 'told' | 'refused' | 'byB' | 'other', string> = {
  ...{ promised: '', instant: '', told: '', refused: '', byB: '', other: '' },
}

beforeAll(async () => {
  app = await startApp()
  first = await Tablet.open(app.url)
  second = await Tablet.open(app.url)
  desk = await Tablet.open(app.url)
})

afterEach(async () => {
  for (const [name, tablet] of Object.entries({ first, second, desk })) await tablet.shot(`day-${name}`)
})

afterAll(async () => {
  for (const tablet of [first, second, desk]) await tablet?.close()
  await app?.stop()
})

test('a supervisor makes a code, two tablets are enrolled, A and B sign in and choose their PINs', async () => {
  const { A, B, supervisor, enrolLink } = app.credentials
  await first.enrol(enrolLink, '学工 1 号')
  await first.signIn(B, pinB)
  await first.signOut()
  await first.signIn(A, pinA)
  await desk.page.goto(`${app.url}/sign-in`)
  await desk.signIn(supervisor)
  await second.enrol(await newLink(), '学工 2 号')
  await second.signIn(B, pinB)
})

/** The link a supervisor reads out to whoever enrols the next tablet. */
async function newLink(): Promise<string> {
  await desk.page.goto(`${app.url}/supervise/devices`)
  await desk.page.getByLabel('新平板放在哪个窗口').selectOption({ label: '学工服务' })
  await desk.button(/登记码/).click()
  const link = desk.page.locator('[data-link]')
  await link.waitFor()
  return (await link.textContent())?.trim() ?? ''
}

test('[SSC-20.2] A receives a committed item: promised by the calendar, receipt printed, seen on the second tablet', async () => {
  await first.begin('xszbb', wang)
  await first.tickAll()
  numbers.promised = await first.keep(/受理 · 承诺/)
  await first.pill('已同步')
  await first.button('打印受理回执').click()
  const text = await pdfText(await first.printed())
  for (const words of ['受理回执', numbers.promised, '学生证补办', '个工作日', wang.name]) expect(text).toContain(words)
  expect(text).not.toContain(wang.studentNo)
  await second.go('办件')
  await second.sees('学生证补办')
})

test('[OFF-1] the server is killed: every outcome, a supplement and a conclusion go on, and paper says where it is', async () => {
  for (const tablet of [first, second]) await tablet.keepsItself()
  await app.kill9()
  await first.begin('zdzm', zhao)
  await first.tickAll()
  numbers.instant = await first.keep('当场办结')
  await first.pill(/离线/)

  await first.begin('xszbb', chen)
  await first.page.getByRole('checkbox').first().check({ force: true })
  numbers.told = await first.keep(/一次性告知/)
  await first.button('打印一次性告知书').click()
  const notice = await pdfText(await first.printed('slip'))
  for (const words of ['一次性告知书', numbers.told, '一寸近照', '身份证', '遗失说明']) expect(notice).toContain(words)

  await first.begin('xszbb', lin)
  await first.tickAll()
  await first.button('不予办理').click()
  await first.page.getByRole('radio').first().check({ force: true })
  await first.page.getByLabel('告知书会写').fill('学籍系统里查不到在籍记录')
  numbers.refused = await first.keep('不予办理')
})

test('[OFF-1] [F1] the browser is killed and opened again without a server: everything is still there and goes on', async () => {
  const before = await first.stored<OutboxRow>('outbox')
  await first.killAndReopen()
  await first.unlock('王老师', pinA)
  expect(await first.stored<OutboxRow>('outbox')).toEqual(before)
  await first.openCase(numbers.told)
  await first.main.filter({ hasText: '学生补来了材料' }).click()
  await first.tickAll()
  await first.main.filter({ hasText: /受理 · 承诺/ }).click()
  await first.sees(/承诺.*前办结/)
  await first.openCase(numbers.promised)
  await correctPhone(first, '13900000001')
})

async function correctPhone(tablet: Tablet, phone: string): Promise<void> {
  await tablet.button('更正').click()
  await tablet.page.getByRole('dialog').getByLabel('电话').fill(phone)
  await tablet.button('存下更正').click()
  await tablet.page.getByRole('dialog').waitFor({ state: 'hidden' })
}

test('[OFF-4] the second tablet, offline too, changes the same field of the same case, and receives its own', async () => {
  await second.openCase(numbers.promised)
  await correctPhone(second, '13900000002')
  await second.begin('zdzm', huang)
  await second.tickAll()
  numbers.other = await second.keep('当场办结')
})

test('[OFF-5] [ZJJ-19] A hands the tablet to B without a network; B has only the B-role’s rights', async () => {
  await first.go('交接班')
  await first.main.filter({ hasText: '交班' }).click()
  await first.sees('两个人都确认，才算交接')
  await first.type(pinB)
  await first.sees('接班')
  await first.button('其余都相符').click()
  await first.main.filter({ hasText: '确认接班' }).click()
  await first.page.waitForURL(/window/)
  await first.begin('zdzm', wu)
  await first.button(/不予办理.*仅 A/).click({ force: true })
  expect(await first.page.getByRole('radio').count()).toBe(0)
  await first.tickAll()
  numbers.byB = await first.keep('当场办结')
})

test('[OFF-2] the pill and each case say what is only here', async () => {
  const open = (await first.stored<OutcomeRow>('outcome')).filter((row) => row.open === 1)
  const matters = new Set(open.map((row) => row.aggId)).size
  await first.pill(`仅存本机 ${String(matters)} 件`)
  await first.go('办件')
  await first.sees('仅存本机')
  await first.page.reload()
  await first.unlock('李同学', pinB)
  await first.pill(`仅存本机 ${String(matters)} 件`)
})

test('[OFF-3] the server comes back: every act arrives once, in order, under the right actor and role', async () => {
  await app.restart()
  // One is told to send; the other finds the server by itself, within the longest back-off.
  await first.sendNow()
  await first.pill(/已同步|待裁决/)
  await second.pill(/已同步|待裁决/, 90_000)
  const sql = postgres(app.databaseUrl(), { max: 1 })
  for (const tablet of [first, second]) {
    const acts = (await tablet.stored<OutboxRow>('outbox')).toSorted((a, b) => a.seq - b.seq)
    const rows = await sql<Logged[]>`select cmd_id, seq, actor_id, role, online, envelope, outcome from hall.command_log
      where stream_id = ${acts[0]?.streamId ?? ''} order by pos`
    expect(rows.map((row) => row.envelope)).toEqual(acts.map((act) => act.env))
    for (const row of rows) {
      const env = JSON.parse(row.envelope) as Envelope
      expect({ actor: row.actor_id, role: row.role, online: row.online }).toEqual({
        ...{ actor: env.actorId, role: env.role, online: env.online },
      })
      expect(row.outcome).toMatch(/applied|merged|conflict/)
    }
  }
  await sql.end()
})

interface Logged {
  envelope: string
  actor_id: string
  role: string
  online: boolean
  outcome: string
}

test('[OFF-5] [I11] what A did is A’s and what B did is B’s, whoever carried it', async () => {
  const acts = (await first.stored<OutboxRow>('outbox')).toSorted((a, b) => a.seq - b.seq)
  const by = acts.map((act) => (JSON.parse(act.env) as Envelope).role)
  const taken = acts.findIndex((act) => (JSON.parse(act.env) as Envelope).type === 'handover.confirm')
  expect(new Set(by.slice(0, taken))).toEqual(new Set(['roleA']))
  expect(new Set(by.slice(taken))).toEqual(new Set(['roleB']))
})

test('[SUP-2] [OFF-4] the supervisor sees the log with both times and the conflict with both values, and settles it', async () => {
  await desk.page.goto(`${app.url}/supervise`)
  await desk.sees('两处改动不一致')
  await desk.sees('13900000001')
  await desk.sees('13900000002')
  await desk.type('2')
  await desk.page.locator('textarea').first().fill('已电话向学生核实')
  await desk.main.click()
  await desk.pill('已同步')
  await desk.page.goto(`${app.url}/supervise/log`)
  const line = desk.page.locator('tr').filter({ hasText: numbers.byB }).filter({ hasText: '离线' }).first()
  await line.waitFor()
  for (const words of ['示例·李同学', 'B岗', '学工 1 号', '平板时间', '收到'])
    expect(await line.textContent()).toContain(words)
  for (const tablet of [first, second]) await tablet.pill('已同步')
})

test('[I7] tablet, second tablet and Postgres hold the same, record by record', async () => {
  const sql = postgres(app.databaseUrl(), { max: 1 })
  const stored = await sql<Image[]>`select id, ver, image from hall.cases where hall_id = 'nbu'
    union all select id, ver, image from hall.handovers where hall_id = 'nbu'`
  await sql.end()
  expect(stored.length).toBe(7)
  for (const tablet of [first, second]) {
    const held = async () =>
      byId((await tablet.stored<ViewRow>('view')).filter((row) => ['case', 'handover'].includes(row.kind)))
    // The supervisor's decision reaches the tablets by a live hint: it may still be on its way.
    await expect.poll(held).toEqual(byId(stored))
  }
  const settled = stored.find((row) => row.image.number === numbers.promised)
  expect(settled?.image.pii.phone).toMatch(/^1390000000[12]$/)
  expect(settled?.image.conflicts).toHaveLength(1)
  expect(settled?.image.conflicts[0]?.settled?.reason).toBe('已电话向学生核实')
})

interface Image {
  id: string
  ver: number
  image: Case
}

const byId = (rows: readonly Parameters<typeof plain>[0][]) =>
  Object.fromEntries(rows.map((row) => [row.id, plain(row)]))

const plain = ({ id, ver, image }: Pick<Image, 'id' | 'ver'> & { image: unknown }) => canonicalJson({ id, ver, image })
