import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { build } from 'vite'
import { launchChromium } from '../support/chromium.ts'
import type { BenchServer } from './bench-server.ts'

/** Builds the bench's page as the app is built: same modules, same minifier. Returns its folder. */
export async function buildPage(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'changkai-bench-'))
  await build({
    configFile: false,
    logLevel: 'error',
    root: join(import.meta.dirname, 'page'),
    base: '/bench/',
    build: { outDir: folder, emptyOutDir: true, modulePreload: { polyfill: false }, chunkSizeWarningLimit: 2000 },
  })
  return folder
}

/** Removes a folder made for the run. */
export const dropFolder = (folder: string): void => {
  rmSync(folder, { recursive: true, force: true })
}

/** A tablet: a browser with an empty store of its own, enrolled and signed in at a window. */
export interface Tablet {
  readonly page: Page
  close(): Promise<void>
}

/** Opens tablets, each in a context of its own. */
export interface Tablets {
  readonly version: string
  open(windowId: string): Promise<Tablet>
  close(): Promise<void>
}

/** One browser for the run; a tablet is a context. */
export async function openTablets(server: BenchServer): Promise<Tablets> {
  const browser: Browser = await launchChromium()
  return {
    version: browser.version(),
    open: async (windowId) => {
      const context = await browser.newContext()
      const page = await context.newPage()
      page.on('pageerror', (error) => process.stderr.write(`page: ${error.stack ?? error.message}\n`))
      await page.goto(`${server.origin}/bench/index.html`)
      await page.waitForFunction(() => 'bench' in window)
      await page.evaluate((form) => window.bench.signUp(form), await server.signUp(windowId))
      return { page, close: () => context.close() }
    },
    close: () => browser.close(),
  }
}
