import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BrowserContext, Page, Request } from 'playwright-core'
import { build } from 'vite'
import { listen } from '../../../server/http/listen.ts'
import { appUnderTest, codeFor, password, type Under } from '../../http/app-under-test.ts'
import { killBrowserOf, launchPersistent } from '../../support/chromium.ts'

const windowId = 'student-affairs'

type Prepare = (page: Page) => Promise<unknown>

/** Tabs of one real browser over the real server: what was pushed, and a hand on the answers. */
export interface Tabs {
  readonly context: BrowserContext
  readonly under: Under
  /** Every command sent, by its id, with the page that sent it. */
  readonly sent: { cmdId: string; page: Page }[]
  /** While set, pushes reach the server and their answers wait. */
  hold(): () => void
  /** The first tab: enrolled and signed in. Another host is another store, and another tablet to the server. */
  first(prepare?: Prepare, host?: string): Promise<Page>
  open(prepare?: Prepare, host?: string): Promise<Page>
  /** SIGKILL to the whole browser; another begins on the same profile. */
  killAndReopen(env?: Record<string, string>): Promise<void>
  /** Where the browser keeps its stores. */
  readonly profile: string
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

/** Notes what a push carries. */
function note(request: Request, sent: Tabs['sent']): void {
  if (!request.url().endsWith('/sync/v1/push')) return
  const { commands } = request.postDataJSON() as { commands: { env: string }[] }
  const page = request.frame().page()
  for (const { env } of commands) sent.push({ cmdId: (JSON.parse(env) as { cmdId: string }).cmdId, page })
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
  const sent: Tabs['sent'] = []
  const launch = async (env: Record<string, string> = {}): Promise<BrowserContext> => {
    const launched = await launchPersistent(profile, { env })
    launched.on('request', (request) => note(request, sent))
    return launched
  }
  let context = await launch()
  const open = async (prepare?: Prepare, host = 'localhost'): Promise<Page> => {
    const page = await context.newPage()
    await prepare?.(page)
    await page.goto(`http://${host}:${String(server.port)}/`)
    await page.waitForFunction(() => 'tab' in window)
    return page
  }
  return {
    get context() {
      return context
    },
    ...{ under, sent, open, profile },
    hold: () => {
      let release = (): void => undefined
      held = new Promise((resolve) => (release = resolve))
      return () => {
        held = null
        release()
      }
    },
    killAndReopen: async (env) => {
      killBrowserOf(profile)
      await context.close().catch(() => undefined)
      context = await launch(env)
    },
    first: async (prepare, host) => {
      const page = await open(prepare, host)
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
