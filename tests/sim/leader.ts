import { NetFault } from '../../client/local/engine.ts'
import { StorageFault } from '../../client/local/storage-fault.ts'
import { pullOnce } from '../../client/sync/pull.ts'
import { pushOnce } from '../../client/sync/push.ts'
import type { Tab, World } from './world.ts'

/** What a leader does in one turn. */
export type Turn = 'push' | 'pull' | 'both'

/** One turn of a leader: push what waits, then pull until caught up. */
async function turn(tab: Tab, what: Turn): Promise<void> {
  if (what !== 'pull') for (let i = 0; i < 3 && (await pushOnce(tab.engine)).sent > 0; i += 1);
  if (what === 'push') return
  for (let i = 0; i < 12; i += 1) {
    const page = await pullOnce(tab.engine)
    if (!page || (page.isLast && i >= tab.tablet.follows.length)) return
  }
}

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
