import type { LocalStore } from '../local/store.ts'
import type { Timers } from './nap.ts'

const beatMs = 20_000
const lookMs = 10_000
/** A lead without a sign of work for so long is stolen (F35); a tab nobody looks at leaves the first try to others. */
const staleMs = 60_000
const hiddenStaleMs = 90_000

/** What the lease rests on: the shared store, timers, a name for each sign of life, and whether this tab is seen. */
export interface LeaseSite extends Timers {
  store(): LocalStore
  uuid(): string
  isHidden(): boolean
}

/** Show that the leader works, until `signal` ends: a frozen page writes nothing, nor does one whose store hangs. */
export function holdLease(site: LeaseSite, signal: AbortSignal): void {
  let cancel = (): void => undefined
  const beat = (): void => {
    if (signal.aborted) return
    cancel = site.after(beatMs, beat)
    const lease = { key: 'lease' as const, beat: site.uuid() }
    site
      .store()
      .transact('write', ['meta'], (tx) => tx.put('meta', [lease]))
      .catch(() => undefined) // no sign is the sign
  }
  signal.addEventListener('abort', () => cancel())
  beat()
}

/**
 * Call `stale` when the leader has shown nothing for a minute of this tab's own waking time: counted in looks, so that
 * neither a clock set wrong nor a sleep of the whole machine makes a thief.
 */
export function watchLease(site: LeaseSite, stale: () => void, signal: AbortSignal): void {
  let [last, unchangedMs, lookedAt]: [string | null, number, number] = [null, 0, site.mono()]
  const look = async (): Promise<void> => {
    const beat = await readBeat(site.store())
    const now = site.mono()
    unchangedMs = beat === last ? unchangedMs + Math.min(now - lookedAt, 2 * lookMs) : 0
    last = beat
    lookedAt = now
    if (unchangedMs >= (site.isHidden() ? hiddenStaleMs : staleMs) && !signal.aborted) stale()
  }
  let cancel = (): void => undefined
  const again = (): void => {
    if (signal.aborted) return
    cancel = site.after(lookMs, () => {
      look().then(again, again) // a store that cannot be read tells nothing of the leader
    })
  }
  signal.addEventListener('abort', () => cancel())
  again()
}

async function readBeat(store: LocalStore): Promise<string | null> {
  const lease = await store.transact('read', ['meta'], (tx) => tx.get('meta', 'lease'))
  return lease?.key === 'lease' ? lease.beat : null
}
