import type { DeviceMeta, StreamMeta } from './store.ts'

/** How full the browser's room for us is: share of the quota in percent, null when the browser does not tell. */
export interface Room {
  percent: number | null
  isPersistent: boolean
}

/** Ask the browser never to clear our data by itself; false when it refuses (弱存储, P22). */
export async function askPersist(): Promise<boolean> {
  try {
    return (await navigator.storage.persisted()) || (await navigator.storage.persist())
  } catch {
    return false
  }
}

/** How much room is left, for the status bar. */
export async function readRoom(): Promise<Room> {
  try {
    const { usage, quota } = await navigator.storage.estimate()
    const percent = usage !== undefined && quota ? Math.round((usage * 100) / quota) : null
    return { percent, isPersistent: await navigator.storage.persisted() }
  } catch {
    return { percent: null, isPersistent: false }
  }
}

/** What must be there in IndexedDB, told from outside it (sync.md 2.4). */
export interface Canary {
  deviceId: string
  streamId: string
  lastSeq: number
}

const canaryKey = 'changkai.canary'

/** Remember beside the database that it exists and how far its stream has come. */
export function setCanary({ deviceId }: DeviceMeta, { streamId, nextSeq }: StreamMeta): void {
  const canary: Canary = { deviceId, streamId, lastSeq: nextSeq - 1 }
  try {
    localStorage.setItem(canaryKey, JSON.stringify(canary))
  } catch {
    // Without localStorage a loss cannot be told from a new browser; nothing else depends on it.
  }
}

/** Forget it: the device was signed out or wiped on purpose. */
export function dropCanary(): void {
  try {
    localStorage.removeItem(canaryKey)
  } catch {
    // As above.
  }
}

/** What was here and is not: a canary with no store, or of another life of it; null when all is well (F30, P22). */
export function lostStore(device: DeviceMeta | null, stream: StreamMeta | null): Canary | null {
  const canary = readCanary()
  if (!canary) return null
  const isHere = device?.deviceId === canary.deviceId && stream?.streamId === canary.streamId
  return isHere && stream.nextSeq > canary.lastSeq ? null : canary
}

function readCanary(): Canary | null {
  try {
    const canary = JSON.parse(localStorage.getItem(canaryKey) ?? 'null') as Partial<Canary> | null
    const { deviceId, streamId, lastSeq } = canary ?? {}
    return deviceId && streamId && typeof lastSeq === 'number' ? { deviceId, streamId, lastSeq } : null
  } catch {
    return null
  }
}
