import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { build } from 'vite'
import { launchPersistent } from '../support/chromium.ts'
import type { BenchServer } from './bench-server.ts'

const root = join(import.meta.dirname, '../..')

// Whatever ends the run, its folders go.
const made = new Set<string>()
process.once('exit', () => {
  for (const folder of made) rmSync(folder, { recursive: true, force: true })
})

/** A folder for this run. */
export function folderFor(what: string): string {
  const folder = mkdtempSync(join(tmpdir(), `changkai-${what}-`))
  made.add(folder)
  return folder
}

/** Builds the bench's page as the app is built: same modules, same minifier. Returns its folder. */
export async function buildPage(): Promise<string> {
  const folder = folderFor('bench')
  const page = join(import.meta.dirname, 'page')
  await build({
    configFile: false,
    logLevel: 'error',
    root: page,
    base: '/bench/',
    build: {
      ...{ outDir: folder, emptyOutDir: true, modulePreload: { polyfill: false }, chunkSizeWarningLimit: 2000 },
      ...{ target: 'esnext', rolldownOptions: { input: [join(page, 'index.html'), join(page, 'raw-list.html')] } },
    },
  })
  return folder
}

/** Builds the app itself, beside whatever is in `dist`. Returns its folder. */
export async function buildApp(): Promise<string> {
  const outDir = folderFor('app')
  await build({
    configFile: join(root, 'vite.config.ts'),
    root: join(root, 'client'),
    logLevel: 'error',
    build: { outDir, emptyOutDir: true },
  })
  return outDir
}

/** Removes a folder before the run's end: profiles are large. */
export const dropFolder = (folder: string): void => {
  rmSync(folder, { recursive: true, force: true })
  made.delete(folder)
}

/** A tablet: a browser with an empty store of its own on the disk, enrolled and signed in at a window. */
export interface Tablet {
  readonly page: Page
  /** The browser's folder. */
  readonly profile: string
  /** Ends the browser; its folder stays. */
  end(): Promise<void>
  /** Ends the browser and removes its folder. */
  close(): Promise<void>
}

/** Opens tablets; the version is that of the browser they run in. */
export interface Tablets {
  version(): string
  open(windowId: string): Promise<Tablet>
}

/** Tablets against a server. Each has a profile of its own: a private context would keep IndexedDB in memory. */
export function openTablets(server: BenchServer): Tablets {
  let version = ''
  return {
    version: () => version,
    open: async (windowId) => {
      const profile = folderFor('tablet')
      const context = await launchPersistent(profile)
      version = context.browser()?.version() ?? version
      const end = () => context.close()
      const close = async () => {
        await end()
        dropFolder(profile)
      }
      const page = context.pages()[0] ?? (await context.newPage())
      page.on('pageerror', (error) => process.stderr.write(`page: ${error.stack ?? error.message}\n`))
      await page.goto(`${server.origin}/bench/index.html`)
      await page.waitForFunction(() => 'bench' in window)
      await page.evaluate((form) => window.bench.signUp(form), await server.signUp(windowId))
      return { page, profile, end, close }
    },
  }
}
