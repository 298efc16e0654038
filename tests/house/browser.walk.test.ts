import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { launchChromium, launchPersistent } from '../support/chromium.ts'

test('a real Chromium starts and runs the script of a page', async () => {
  const browser = await launchChromium()
  try {
    const page = await browser.newPage()
    await page.goto('data:text/html,<p id=p></p><script>p.textContent = [1, 2, 3].toReversed().join()</script>')
    expect(await page.textContent('#p')).toBe('3,2,1')
  } finally {
    await browser.close()
  }
})

test('what a page keeps in a profile is there when the browser opens again', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'profile-'))
  const server = createServer((_, answer) => answer.end('<!doctype html>')).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const visit = async (): Promise<number> => {
    const context = await launchPersistent(folder)
    const page = await context.newPage()
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
    const visits = await page.evaluate(() => (localStorage.visits = String(Number(localStorage.visits ?? 0) + 1)))
    await context.close()
    return Number(visits)
  }
  try {
    expect([await visit(), await visit()]).toEqual([1, 2])
  } finally {
    server.close()
    await rm(folder, { recursive: true, force: true })
  }
})
