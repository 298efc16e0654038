import type { Engine } from '../../../client/local/engine.ts'
import { tabletStore } from '../../../client/local/db.ts'
import { tabletEngine } from '../../../client/sync/tablet-engine.ts'

/** Where the time of the engine goes, ms: its transactions, its requests; what is left is our own code. */
export interface Parts {
  readMs: number
  writeMs: number
  netMs: number
}

let parts: Parts = { readMs: 0, writeMs: 0, netMs: 0 }

async function timed<Value>(part: keyof Parts, work: () => Promise<Value>): Promise<Value> {
  const from = performance.now()
  try {
    return await work()
  } finally {
    parts[part] += performance.now() - from
  }
}

let aheadMs = 0

/** Let time pass: from now on this tablet's clocks are so far ahead of the machine's. */
export function skipTo(ms: number): void {
  aheadMs = ms
}

/** What the tablet's wall clock says. */
export const wallNow = (): number => Date.now() + aheadMs

// The very store that the screens read from, so that what it remembers is one.
const store = tabletStore()
const transact = store.transact.bind(store)
store.transact = (mode, tables, body) =>
  timed(mode === 'read' ? 'readMs' : 'writeMs', () => transact(mode, tables, body))

/** The app's engine, with a clock around its store and its network. */
export const engine: Engine = {
  ...tabletEngine,
  store,
  net: {
    push: (body) => timed('netMs', () => tabletEngine.net.push(body)),
    pull: (query) => timed('netMs', () => tabletEngine.net.pull(query)),
  },
  isOnline: () => tabletEngine.isOnline(),
}

/** The parts since the last time this was asked. */
export function takeParts(): Parts {
  const taken = parts
  parts = { readMs: 0, writeMs: 0, netMs: 0 }
  return taken
}
