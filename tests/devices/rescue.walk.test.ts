import { rmSync } from 'node:fs'
import { join } from 'node:path'
import postgres from 'postgres'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { OutboxRow, OutcomeRow } from '../../client/local/store.ts'
import { startApp, type App } from '../support/app.ts'
import { temporaryFolder } from '../support/postgres.ts'
import { Tablet } from '../support/tablet.ts'

let app: App
let tablet: Tablet
let desk: Tablet
const folder = temporaryFolder()
const file = join(folder, 'saved.json')

beforeAll(async () => {
  app = await startApp()
  tablet = await Tablet.open(app.url)
  desk = await Tablet.open(app.url)
  await tablet.enrol(app.credentials.enrolLink, '学工 1 号')
  await tablet.signIn(app.credentials.A, '258036')
  await desk.page.goto(`${app.url}/sign-in`)
  await desk.signIn(app.credentials.supervisor)
})

afterEach(async () => {
  for (const [name, one] of Object.entries({ tablet, desk })) await one.shot(`rescue-${name}`)
})

afterAll(async () => {
  await tablet?.close()
  await desk?.close()
  await app?.stop()
  rmSync(folder, { recursive: true, force: true })
})

const logged = async (): Promise<string[]> => {
  const sql = postgres(app.databaseUrl(), { max: 1 })
  try {
    const rows = await sql<{ envelope: string }[]>`select l.envelope from hall.command_log l
      join hall.device d on d.kind = 'tablet' and d.id = (l.envelope::jsonb ->> 'deviceId') order by l.pos`
    return rows.map((row) => row.envelope)
  } finally {
    await sql.end()
  }
}

test('[P22] [OFF-1] a tablet long without network offers a file of what waits, and saves it offline', async () => {
  const { page } = tablet
  await expect
    .poll(() => tablet.stored<{ key: string }>('meta').then((rows) => rows.map(({ key }) => key)))
    .toContain('rescue')
  await tablet.cutNetwork()
  for (let n = 1; n <= 13; n += 1) {
    await tablet.begin('zdzm', { studentNo: `202401${String(n).padStart(2, '0')}`, name: '示例·王同学' })
    await tablet.tickAll()
    await tablet.keep('当场办结')
  }
  await tablet.pill(/离线/)
  await page.locator('[aria-live=polite]').first().click()
  await tablet.sees('26 步还只在这台平板上')
  const download = page.waitForEvent('download')
  await tablet.button('导出应急文件').click()
  const saved = await download
  expect(saved.suggestedFilename()).toMatch(/^应急文件-\d{8}-\d{4}-26步\.json$/)
  await saved.saveAs(file)
  await tablet.sees('已导出 26 步')
  const waiting = await tablet.stored<OutcomeRow>('outcome')
  expect(waiting.map(({ state }) => state)).toEqual(Array(26).fill('pending'))
})

test('[P22] [I2] the supervisor loads it elsewhere, sees what became of each act, and loading it again changes nothing', async () => {
  const { page } = desk
  await desk.go('督查')
  await page.goto(`${app.url}/supervise/devices`)
  await desk.button('载入应急文件').click()
  const input = page.getByLabel('选应急文件')
  await input.setInputFiles(file)
  await desk.sees('共 26 步，新载入 26 步，早已收到 0 步。')
  await expect.poll(() => page.locator('.rows li').filter({ hasText: '已同步' }).count()).toBe(26)
  await input.setInputFiles(file)
  await desk.sees('共 26 步，新载入 0 步，早已收到 26 步。')
  expect(await logged()).toHaveLength(26)
})

test('[P22] [R5] [I25] the tablet comes back, sends by itself, and every act settles without being done twice', async () => {
  await tablet.page.context().setOffline(false)
  await tablet.button('现在发送').press('Enter') // or it has sent by itself by then, and there is nothing to press
  await tablet.pill('已同步')
  await expect
    .poll(
      async () =>
        (await tablet.stored<OutcomeRow>('outcome')).map(({ state, outcome }) => `${state} ${String(outcome)}`),
      { timeout: 30_000 },
    )
    .toEqual(Array(26).fill('settled applied'))
  const own = await tablet.stored<OutboxRow>('outbox')
  expect((await logged()).toSorted()).toEqual(own.map(({ env }) => env).toSorted())
})

test('[P22] a file cut short is told as such, in plain words', async () => {
  await desk.page.getByLabel('选应急文件').setInputFiles({
    name: '应急文件.json',
    mimeType: 'application/json',
    buffer: Buffer.from('{"format":"changkai-rescue"'),
  })
  await desk.sees('这不是应急文件，或者文件不完整')
})
