import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { chromium, type Browser, type BrowserContext, type LaunchOptions } from 'playwright-core'
import { chineseFonts } from './fonts.ts'
import { unpackChromium } from './unpack-chromium.ts'

const installed = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]
const quiet = ['--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run']
const args = ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', ...quiet]

/** A browser that starts on this machine: its path, and the environment its process needs. */
export type Found = { path: string; env: Record<string, string> }

const environment = (libraries?: string): Record<string, string> => {
  const env = Object.fromEntries(Object.entries(process.env).flatMap(([key, value]) => (value ? [[key, value]] : [])))
  return libraries ? { ...env, LD_LIBRARY_PATH: [libraries, env.LD_LIBRARY_PATH].filter(Boolean).join(':') } : env
}

const trouble = ({ path, env }: Found): string | undefined => {
  const { status, stderr, error } = spawnSync(path, ['--version', '--no-sandbox'], { env, encoding: 'utf8' })
  return status === 0 ? undefined : (error?.message ?? (stderr.trim() || `exit ${String(status)}`)).split('\n')[0]
}

const advice = 'apt-get install -y libnss3 libnspr4 libexpat1 (or chromium), or set CHROMIUM_PATH to a browser'

async function find(): Promise<Found> {
  const own = process.env.CHROMIUM_PATH || installed.find((path) => existsSync(path))
  const found: Found[] = []
  if (own) found.push({ path: own, env: environment() })
  else {
    const { path, libraries } = await unpackChromium()
    found.push({ path, env: environment() }, { path, env: environment(libraries) })
  }
  let said: string | undefined
  for (const one of found) {
    said = trouble(one)
    if (!said) return one
  }
  throw new Error(`No Chromium starts here (${found[0]?.path ?? ''}: ${said ?? ''}). To mend it: ${advice}`)
}

let known: Promise<Found> | undefined

/**
 * The browser for the walks: CHROMIUM_PATH, else one installed, else the one from npm — with the libraries of its own
 * package when the system has none. Fails with one line that says what to install; no walk is ever left out.
 */
export const findChromium = (): Promise<Found> => (known ??= find())

/** The path alone, for those who start it themselves. */
export const executablePath = async (): Promise<string> => (await findChromium()).path

const settings = async (options: LaunchOptions = {}): Promise<LaunchOptions> => {
  const { path, env } = await findChromium()
  return {
    ...options,
    executablePath: path,
    args: [...args, ...(options.args ?? [])],
    env: { ...env, FONTCONFIG_FILE: chineseFonts(), ...(options.env as Record<string, string> | undefined) },
  }
}

/** The browser may crash before it has said a word (seen once in some thousand starts): it is started once more, then told. */
const started = async <Got>(launch: () => Promise<Got>): Promise<Got> => {
  try {
    return await launch()
  } catch (error) {
    if (!/signal=SIG(SEGV|BUS|ABRT|TRAP)/.test(String(error))) throw error
    return launch()
  }
}

/** A fresh browser; the caller closes it. */
export const launchChromium = async (options?: LaunchOptions): Promise<Browser> => {
  const all = await settings(options)
  return started(() => chromium.launch(all))
}

type PersistentOptions = NonNullable<Parameters<typeof chromium.launchPersistentContext>[1]>

/** A browser whose profile (IndexedDB, service worker) stays in `userDataDir`, so that it can be killed and opened again. */
export const launchPersistent = async (
  userDataDir: string,
  options: PersistentOptions = {},
): Promise<BrowserContext> => {
  const all = { ...options, ...(await settings(options)) }
  return started(() => chromium.launchPersistentContext(userDataDir, all))
}

/** SIGKILL every process of the browser that holds this profile. */
export function killBrowserOf(folder: string): void {
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    if (commandOf(pid).includes(folder)) process.kill(Number(pid), 'SIGKILL')
  }
}

function commandOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
  } catch {
    return ''
  }
}
