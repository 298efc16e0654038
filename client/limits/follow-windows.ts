import { watch } from 'vue'
import { followAlso } from '../local/follow.ts'
import { useSession } from '../local/session.ts'
import { useHall } from '../local/use-hall.ts'
import { sendNow } from '../sync/start-sync.ts'
import { tabletEngine } from '../sync/tablet-engine.ts'

/**
 * A supervisor's own browser follows every window of the hall once it is asked about all of them (SUP-1, REF-SU3): the
 * lists then stand without the network too. A tablet at a window never does (sync.md 4.2).
 */
export function useAllWindows(): void {
  const session = useSession()
  const { profile } = useHall()
  const isOwn = () => session.device?.kind === 'browser' && session.post?.windowId === null
  watch(
    () => (isOwn() ? (profile.value?.windows ?? []).map(({ id }) => `window:${id}`) : []),
    async (scopes) => {
      if (scopes.length > 0 && (await followAlso(tabletEngine, scopes))) sendNow()
    },
    { immediate: true },
  )
}
