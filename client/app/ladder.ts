import { storageFaultOf } from '../local/storage-fault.ts'
import { tabletEngine } from '../sync/tablet-engine.ts'

/** The steps taken when the tablet's store does not open (sync.md §8), in their order; reopening is the store's own. */
export type LadderStep = 'reload' | 'read' | 'exported' | 'anew' | 'failed'

const logKey = 'changkai.ladder'
const keptSteps = 20
/** A reload longer ago belongs to another trouble. */
const sameTroubleMs = 10 * 60_000

interface Taken {
  step: LadderStep
  at: number
}

/** The steps taken on this tablet, oldest first; outside the store, since that is what is broken. */
function ladderLog(): Taken[] {
  try {
    return JSON.parse(localStorage.getItem(logKey) ?? '[]') as Taken[]
  } catch {
    return []
  }
}

/** Write a step down, for whoever looks into it later, and in the watch log. */
export function logStep(step: LadderStep, facts: Record<string, number> = {}): void {
  tabletEngine.report(`store-${step}`, facts)
  try {
    localStorage.setItem(logKey, JSON.stringify([...ladderLog(), { step, at: Date.now() }].slice(-keptSteps)))
  } catch {
    // Told in the watch log at least.
  }
}

/** Step 2: load the page anew, once. True when it was done, and nothing else is to be shown. */
export function reloadedOnce(error: unknown): boolean {
  const kind = storageFaultOf(error)?.kind
  if (kind !== 'broken' && kind !== 'gone') return false
  const last = ladderLog().findLast(({ step }) => step === 'reload')
  if (last && Math.abs(Date.now() - last.at) < sameTroubleMs) return false
  logStep('reload')
  globalThis.location.reload()
  return true
}
