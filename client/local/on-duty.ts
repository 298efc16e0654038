import { watch } from 'vue'
import { startSync } from '../sync/start-sync.ts'
import { tabletStore, type StoreNotice } from './db.ts'
import { watchIdle } from './idle-lock.ts'
import { profileNow } from './rows.ts'
import { dropSearch, openSearch } from './search.ts'
import { useSession } from './session.ts'

const defaultLockMinutes = 3
const refreshMs = 60_000

/** What the shell shows when the store asks something of the page. */
export interface Shell {
  onNotice(notice: StoreNotice): void
}

/**
 * Bring the tablet to life: session, auto-lock, sync in whichever tab leads, the search index while unlocked.
 * Called once by the app; returns how to stop. Throws `StorageFault` when the store cannot be opened.
 */
export async function goOnDuty(shell: Shell): Promise<() => void> {
  const session = useSession()
  tabletStore().onNotice(shell.onNotice)
  await session.start()
  let minutes = defaultLockMinutes
  let stopSync: (() => void) | null = null
  const stops = [
    watchIdle({ minutes: () => minutes, isUnlocked: () => session.state === 'unlocked', lock: session.lock }),
    watch(
      () => session.device?.deviceId,
      () => {
        stopSync?.()
        stopSync = session.device ? startSync(session.device.hallId) : null
      },
      { immediate: true },
    ),
    watch(
      () => session.state === 'unlocked',
      (isUnlocked) => {
        if (!isUnlocked) return dropSearch()
        void openSearch()
        void profileNow().then((profile) => {
          minutes = profile?.settings.autoLockMinutes.value ?? defaultLockMinutes
        })
      },
      { immediate: true },
    ),
  ]
  const timer = setInterval(() => void session.refresh(), refreshMs)
  return () => {
    clearInterval(timer)
    stopSync?.()
    for (const stop of stops) stop()
  }
}
