import { NetFault } from '../../client/local/engine.ts'
import { StorageFault } from '../../client/local/storage-fault.ts'
import { clearOldHalt, exchange } from '../../client/sync/exchange.ts'
import { pullOnce } from '../../client/sync/pull.ts'
import { pushOnce } from '../../client/sync/push.ts'
import type { Tab, World } from './world.ts'

/** What a leader does in one turn. */
export type Turn = 'push' | 'pull' | 'both'

/** One turn of a leader: the loop's own exchange, or only half of it. A new leader first tries what an older server refused. */
async function turn(tab: Tab, what: Turn): Promise<void> {
  const { engine } = tab
  if (!tab.hasLed) await clearOldHalt(engine)
  tab.hasLed = true
  if (what === 'both') await exchange(engine, neverAborted)
  else if (what === 'push') await pushOnce(engine)
  else for (let i = 0; i < 2; i += 1) await pullOnce(engine)
}

const neverAborted = new AbortController().signal

/** Start a turn that may end in a fault of the network, which a leader takes as the weather it is. */
export function startSync(world: World, tab: Tab, what: Turn): void {
  if (tab.isSyncing) return
  if (tab.tablet.tabs.some((other) => other !== tab && other.isSyncing)) world.trace.say(tab.name, 'leads too')
  tab.isSyncing = true
  void turn(tab, what).then(
    () => {
      tab.isSyncing = false
      tab.tablet.isAnswered = true
    },
    (error: unknown) => {
      tab.isSyncing = false
      tab.tablet.isAnswered = false
      if (!(error instanceof NetFault) && !(error instanceof StorageFault)) world.sim.fail(error)
    },
  )
}
