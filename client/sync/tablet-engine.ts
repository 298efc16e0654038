import { version } from '../../package.json'
import { tabletStore } from '../local/db.ts'
import { uuid7 } from '../local/entropy.ts'
import type { Clock, Engine } from '../local/engine.ts'
import { randomText, sha256Hex } from '../local/keys.ts'
import { lossReported, storageReport } from '../local/storage.ts'
import { net, reach } from './online.ts'
import { tabletRegister, wholeRegister } from './tablet-register.ts'
import { tabletReporter } from './tablet-report.ts'

/** A line of the watch log: what happened, when by the tablet; kept in memory, never personal data. */
export interface WatchLine {
  at: number
  event: string
  facts: Record<string, string | number>
}

const keptLines = 200
const lines: WatchLine[] = []

/** The last lines of the watch log, oldest first. */
export function watchLog(): readonly WatchLine[] {
  return lines
}

/** This page's clocks. Its monotonic time begins with the page, so a page is a `boot`. */
export const pageClock: Clock = {
  wall: () => Date.now(),
  mono: () => performance.now(),
  boot: crypto.randomUUID(),
}

const tell = tabletReporter(storageReport)

/** The engine of this browser: its store, clocks, network and the commands of every room. */
export const tabletEngine: Engine = {
  get store() {
    return tabletStore()
  },
  clock: pageClock,
  entropy: { uuid: uuid7, salt: () => randomText(16), random: () => Math.random(), sha256: sha256Hex },
  net,
  register: tabletRegister,
  wholeRegister,
  app: version,
  isOnline: () => reach.value.state === 'online',
  tell: () => tell(tabletEngine),
  told: ({ lost }) => {
    if (lost !== undefined) lossReported(Number(lost))
  },
  report(event, facts) {
    lines.push({ at: Date.now(), event, facts })
    if (lines.length > keptLines) lines.shift()
  },
}
