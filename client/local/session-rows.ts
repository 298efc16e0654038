import { estimatedNow } from '../sync/clock.ts'
import { api } from '../sync/online.ts'
import { tabletStore } from './db.ts'
import { NetFault, type Clock } from './engine.ts'
import { knownPerson, type KnownPerson } from './grants.ts'
import { dropCanary, lostStore, noteLoss, type Canary } from './storage.ts'
import type { DeviceMeta } from './store.ts'

/** What the sign-in page needs of the store. */
export interface TabletRows {
  device: DeviceMeta | null
  people: KnownPerson[]
  lost: Canary | null
  now: number
}

/** The device, the people who have signed in on it, and whether a store that was here has gone. */
export async function readTablet(clock: Clock): Promise<TabletRows> {
  const { device, stream, server, rows } = await tabletStore().transact('read', ['meta', 'actor'], async (tx) => ({
    device: await tx.get('meta', 'device'),
    stream: await tx.get('meta', 'stream'),
    server: await tx.get('meta', 'server'),
    rows: await tx.all('actor'),
  }))
  const own = device?.key === 'device' ? device : null
  const now = estimatedNow(server?.key === 'server' ? server.samples : [], clock)
  const people = own ? await Promise.all(rows.map((row) => knownPerson(row, { device: own, clock, at: now }))) : []
  const lost = lostStore(own, stream?.key === 'stream' ? stream : null)
  if (lost) noteLoss(lost)
  return { device: own, people: people.filter((person) => person !== null), lost, now }
}

/** A browser that is no tablet keeps nothing once all is sent (sync.md §14); false when acts still wait. */
export async function emptyBrowser(): Promise<boolean> {
  if (!(await tabletStore().emptyIfSent())) return false
  dropCanary()
  return true
}

/** End the person's session at the server; false when it did not answer. Untold, it runs out by itself. */
export async function endSession(): Promise<boolean> {
  return api('DELETE', '/api/v1/session').then(
    () => true,
    (error: unknown) => error instanceof NetFault && error.kind === 'refused',
  )
}

const dutyKey = 'changkai.onDuty'

/** Who was at this tablet last, so that a reload shows their lock and not the list. An id, no key. */
export function onDuty(): string | null {
  try {
    return localStorage.getItem(dutyKey)
  } catch {
    return null
  }
}

/** Remember, or forget, who is at this tablet. */
export function setOnDuty(actorId: string | null): void {
  try {
    if (actorId) localStorage.setItem(dutyKey, actorId)
    else localStorage.removeItem(dutyKey)
  } catch {
    // A browser without localStorage shows the list of people instead.
  }
}
