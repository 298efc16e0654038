import { afterAll, beforeAll, expect, test } from 'vitest'
import { startApp, type App } from '../support/app.ts'
import { axeFaults as faults } from '../support/axe-faults.ts'
import { Tablet } from '../support/tablet.ts'

let app: App
let tablet: Tablet
let desk: Tablet
const troubles: string[] = []

beforeAll(async () => {
  app = await startApp()
  tablet = await Tablet.open(app.url)
  desk = await Tablet.open(app.url)
  for (const { page } of [tablet, desk]) {
    page.on('pageerror', (error) => troubles.push(error.message))
    page.on('console', (line) => {
      if (/Content Security Policy|Refused to/.test(line.text())) troubles.push(line.text())
    })
  }
})

afterAll(async () => {
  await tablet?.close()
  await desk?.close()
  await app?.stop()
})

test('every screen of a tablet can be read and used by everyone, at three sizes', async () => {
  const { page } = tablet
  await page.goto(app.credentials.enrolLink)
  await page.getByLabel('平板名称').waitFor()
  expect(await faults(page), 'enrol').toEqual([])
  await tablet.enrol(app.credentials.enrolLink, '学工 1 号')
  expect(await faults(page), 'sign-in').toEqual([])
  await tablet.signIn(app.credentials.A, '258036')
  await tablet.sees('本窗口常办')
  expect(await faults(page), 'window').toEqual([])
  await tablet.begin('xszbb', { studentNo: '20240117', name: '示例·王同学' })
  expect(await faults(page), 'sheet open').toEqual([])
  await tablet.tickAll()
  expect(await faults(page), 'all there').toEqual([])
  const number = await tablet.keep(/受理 · 承诺/)
  expect(await faults(page), 'done').toEqual([])
  await tablet.openCase(number)
  expect(await faults(page), 'case').toEqual([])
  for (const place of ['办件', '事项', '交接班']) {
    await tablet.go(place)
    await page.waitForLoadState('networkidle')
    expect(await faults(page), place).toEqual([])
  }
})

test('[SUP-2] every screen of a supervisor can be read and used by everyone, at three sizes', async () => {
  await desk.page.goto(`${app.url}/sign-in`)
  await desk.signIn(app.credentials.supervisor)
  for (const path of ['supervise', 'supervise/log', 'supervise/held', 'supervise/devices', 'settings/import']) {
    await desk.page.goto(`${app.url}/${path}`)
    await desk.page.locator('nav').first().waitFor()
    await desk.page.waitForTimeout(500)
    expect(await faults(desk.page), path).toEqual([])
  }
})

test('[T5] no screen broke, and none asked for what the content policy forbids', () => {
  expect(troubles).toEqual([])
})
