import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startApp, type App } from '../support/app.ts'
import { Tablet } from '../support/tablet.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const levels = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
const sizes = [
  { width: 1280, height: 800 },
  { width: 800, height: 1280 },
  { width: 390, height: 844 },
]

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

/** What axe finds on the page by WCAG 2.2 A and AA, and whether it must be scrolled sideways, in three sizes. */
async function faults(page: Page): Promise<string[]> {
  const found: string[] = []
  for (const size of sizes) {
    await page.setViewportSize(size)
    await page.evaluate(axe)
    const { violations } = await page.evaluate(
      (tags) => (globalThis as unknown as { axe: { run(o: object): Promise<AxeResults> } }).axe.run({ runOnly: tags }),
      levels,
    )
    for (const { id, nodes } of violations)
      found.push(`${String(size.width)}: ${id} ${nodes[0]?.target.join(' ') ?? ''}`)
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    )
    if (overflow > 0) found.push(`${String(size.width)}: scrolls sideways by ${String(overflow)} px`)
  }
  await page.setViewportSize({ width: 1280, height: 800 })
  return found
}

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
