import { cpSync } from 'node:fs'
import type { BrowserContext, Page } from 'playwright-core'
import { launchPersistent } from '../support/chromium.ts'
import { busyWindow } from './bench-hall.ts'
import { dropFolder, folderFor } from './browser.ts'
import { figure, median } from './figures.ts'
import type { Bench, Workload } from './workload.ts'

const listed = 50

/** When things were on the screen, ms since the navigation began; told by the page itself. */
interface Seen {
  lock: number | null
  lastKey: number
  list: number | null
  /** How long the PIN's key derivation took, which is slow on purpose. */
  kdf: number
}

declare global {
  interface Window {
    seen: Seen
  }
}

/** Runs in every page before its own scripts: notes when the lock and the list have been painted. */
function watchScreen(count: number): void {
  const seen: Seen = { lock: null, lastKey: 0, list: null, kdf: 0 }
  window.seen = seen
  const painted = (note: (at: number) => void): void => {
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel()
      port1.onmessage = () => note(performance.now())
      port2.postMessage(null)
    })
  }
  let [hasLock, hasList] = [false, false]
  new MutationObserver(() => {
    if (!hasLock && document.querySelector('[role="dialog"][aria-label="锁屏"] button')) {
      hasLock = true
      painted((at) => (seen.lock = at))
    }
    if (!hasList && document.querySelectorAll('main a[href^="/cases/"]').length >= count) {
      hasList = true
      painted((at) => (seen.list = at))
    }
  }).observe(document, { childList: true, subtree: true })
  const derive = SubtleCrypto.prototype.deriveBits
  SubtleCrypto.prototype.deriveBits = async function (...args) {
    const from = performance.now()
    const bits = await derive.apply(this, args)
    seen.kdf += performance.now() - from
    return bits
  }
  document.addEventListener('keydown', ({ timeStamp }) => (seen.lastKey = timeStamp), true)
}

async function startAt(profile: string, url: string): Promise<{ context: BrowserContext; page: Page }> {
  const context = await launchPersistent(profile)
  // tsx names inner functions through a helper that a page does not have.
  await context.addInitScript('globalThis.__name = (named) => named')
  await context.addInitScript(watchScreen, listed)
  const page = context.pages()[0] ?? (await context.newPage())
  await page.goto(url)
  return { context, page }
}

const pin = '271828'
/** Nobody has typed a PIN before the lock has been on the screen this long. */
const handMs = 1_000

/** Start the browser, open the app, type the PIN, wait for the list. */
async function openApp(profile: string, origin: string): Promise<{ lock: number; unlock: number; kdf: number }> {
  const { context, page } = await startAt(profile, `${origin}/cases`)
  await page.waitForFunction(() => window.seen.lock !== null)
  await page.waitForTimeout(handMs)
  await page.keyboard.type(pin)
  await page.waitForFunction(() => window.seen.list !== null)
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null)
  const seen = await page.evaluate(() => window.seen)
  await context.close()
  return { lock: seen.lock ?? 0, unlock: (seen.list ?? 0) - seen.lastKey, kdf: seen.kdf }
}

async function openRaw(profile: string, origin: string): Promise<number> {
  const { context, page } = await startAt(profile, `${origin}/bench/raw-list.html`)
  await page.waitForFunction(() => window.seen.list !== null)
  const seen = await page.evaluate(() => window.seen)
  await context.close()
  return seen.list ?? 0
}

async function rounds({ tablets, server, hall, quick }: Bench) {
  await hall.grow(10_000)
  const tablet = await tablets.open(busyWindow)
  await tablet.page.evaluate(() => window.bench.pullAll())
  await tablet.end()
  // The raw page gets a copy without the app's service worker, which would answer for any address.
  const rawProfile = folderFor('raw')
  cpSync(tablet.profile, rawProfile, { recursive: true })
  try {
    const done = []
    for (let round = 0; round < (quick ? 3 : 12); round += 1) {
      const ours = await openApp(tablet.profile, server.origin)
      const raw = await openRaw(rawProfile, server.origin)
      if (round > 0) done.push({ ...ours, raw }) // the first start installs the app
    }
    return done
  } finally {
    dropFolder(rawProfile)
    dropFolder(tablet.profile)
  }
}

/** Browser started, app opened from its own cache, PIN typed, 50 open cases of 10,000 stored on the screen. */
export const coldOpen: Workload = {
  id: 'cold-open',
  size: 10_000,
  async run(bench) {
    const done = await rounds(bench)
    return [
      figure({
        id: 'cold-open',
        label: 'cold open of the installed app to 50 open cases of 10,000, without the person and the key derivation',
        ours: done.map(({ lock, unlock, kdf }) => lock + unlock - kdf),
        raw: done.map(({ raw }) => raw),
        rawLabel: 'the same list read by raw IndexedDB and painted',
        reach: 1.3,
        facts: {
          openToLockMs: median(done.map(({ lock }) => lock)),
          pinToListMs: median(done.map(({ unlock }) => unlock)),
          keyDerivationMs: median(done.map(({ kdf }) => kdf)),
        },
      }),
    ]
  },
}
