import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { OutboxRow } from '../../client/local/store.ts'
import { startApp, type App } from '../support/app.ts'
import { Tablet } from '../support/tablet.ts'

let app: App
let tablet: Tablet

beforeAll(async () => {
  app = await startApp()
  tablet = await Tablet.open(app.url)
  await tablet.enrol(app.credentials.enrolLink, '学工 1 号')
  await tablet.signIn(app.credentials.A, '258036')
})

afterAll(async () => {
  await tablet?.close()
  await app?.stop()
})

test('[F29] [P1] a tablet with no room says so at once: the act is not shown as done, and what was filled in stays', async () => {
  const { page } = tablet
  await tablet.begin('zdzm', { studentNo: '20240117', name: '示例·王同学' })
  await tablet.tickAll()
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('Storage.overrideQuotaForOrigin', { origin: app.url, quotaSize: 1 })
  // Chromium remembers the room it last found for half a minute.
  await page.waitForTimeout(32_000)
  await tablet.main.filter({ hasText: '当场办结' }).click()
  await tablet.sees('本机存储空间不足，这一步没有保存')
  expect(await page.locator('.done').count()).toBe(0)
  expect(await tablet.stored<OutboxRow>('outbox')).toEqual([])
  expect(await page.getByLabel('学号').inputValue()).toBe('20240117')
  // The page says what can be done: room made of what the server has, and a copy of the form outside the tablet.
  await tablet.sees('本机存储满了')
  await tablet.button('清理已送达的记录').click()
  await tablet.sees('没有可以清掉的了')
  const download = page.waitForEvent('download')
  await tablet.button('另存屏幕上填的').click()
  const copy = await (await download).path()
  expect(readFileSync(copy, 'utf8')).toMatch(/学号.*：20240117/)
  await tablet.button('知道了').click()
  await cdp.send('Storage.overrideQuotaForOrigin', { origin: app.url })
  await tablet.keep('当场办结')
  expect(await tablet.stored<OutboxRow>('outbox')).toHaveLength(2)
})
