import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BrowserContext, Page } from 'playwright-core'
import { build } from 'vite'
import { listen } from '../../../server/http/listen.ts'
import { appUnderTest, codeFor, password, type Under } from '../../http/app-under-test.ts'
import { launchPersistent } from '../../support/chromium.ts'

const windowId = 'student-affairs'

/** Tabs of one real browser over the real server: what was pushed, and a hand on the answers. */
export interface Tabs {
  readonly context: BrowserContext
  readonly under: Under
  /** Every command sent, by its id, with the page that sent it. */
  readonly sent: { cmdId: string; page: Page }[]
  /** While set, pushes reach the server and their answers wait. */
  hold(): () => void
  /** The first tab: enrolled and signed in. */
  first(): Promise<Page>
  open(prepare?: (page: Page) => Promise<void>): Promise<Page>
  close(): Promise<void>
}

async function buildPage(): Promise<string> {
  const outDir = mkdtempSync(join(tmpdir(), 'changkai-tabs-'))
  await build({
    ...{ configFile: false, logLevel: 'error', root: import.meta.dirname },
    build: { outDir, emptyOutDir: true, modulePreload: { polyfill: false }, target: 'esnext' },
  })
  return outDir
}

/** Builds the page, starts the server over a database of its own and a browser with an empty profile. */
export async function openTabs(): Promise<Tabs> {
  const folder = await buildPage()
  const profile = mkdtempSync(join(tmpdir(), 'changkai-tabs-profile-'))
  const under = await appUnderTest(['nbu'], folder)
  let held: Promise<void> | null = null
  const { fetch } = under.app
  under.app.fetch = async (request, ...more) => {
    const answer = await fetch(request, ...more)
    if (request.url.endsWith('/push') && held) await held
    return answer
  }
  const server = await listen(under.app, { port: 0, host: '127.0.0.1', tls: null })
  const context = await launchPersistent(profile)
  const sent: Tabs['sent'] = []
  context.on('request', (request) => {
    if (!request.url().endsWith('/sync/v1/push')) return
    const { commands } = request.postDataJSON() as { commands: { env: string }[] }
    const page = request.frame().page()
    for (const { env } of commands) sent.push({ cmdId: (JSON.parse(env) as { cmdId: string }).cmdId, page })
  })
  const open = async (prepare?: (page: Page) => Promise<void>): Promise<Page> => {
    const page = await context.newPage()
    await prepare?.(page)
    await page.goto(`http://localhost:${String(server.port)}/`)
    await page.waitForFunction(() => 'tab' in window)
    return page
  }
  return {
    ...{ context, under, sent, open },
    hold: () => {
      let release = (): void => undefined
      held = new Promise((resolve) => (release = resolve))
      return () => {
        held = null
        release()
      }
    },
    first: async () => {
      const page = await open()
      const code = await codeFor(under.deps, 'nbu', windowId)
      await page.evaluate((form) => window.tab.signUp(form), { code, login: 'nbu-xg-a', password, windowId })
      return page
    },
    close: async () => {
      await context.close()
      await under.stop()
      await server.close(100)
      for (const path of [folder, profile]) rmSync(path, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}
