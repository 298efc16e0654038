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
  /** Acts not sent when it was last told: as many were lost at most, beside those of the last second. */
  open: number
}

const canaryKey = 'changkai.canary'

/** Remember beside the database that it exists and how far its stream has come. */
export function setCanary({ deviceId }: DeviceMeta, { streamId, nextSeq }: StreamMeta, open = 0): void {
  const canary: Canary = { deviceId, streamId, lastSeq: nextSeq - 1, open }
  keepLocal(canaryKey, canary)
}

let soon: ReturnType<typeof setTimeout> | undefined
let next: (() => void) | null = null

/** The same a second later, once for all that happened meanwhile: no act waits for it. */
export function setCanarySoon(...told: Parameters<typeof setCanary>): void {
  next = () => setCanary(...told)
  soon ??= setTimeout(() => {
    soon = undefined
    next?.()
    next = null
  }, 1_000)
}

function keepLocal(key: string, value: object): void {
  try {
    localStorage.setItem(key, JSON.stringify(value))
  } catch {
    // Without localStorage a loss cannot be told from a new browser; nothing else depends on it.
  }
}

/** Forget it: the device was signed out or wiped on purpose. */
export function dropCanary(): void {
  next = null
  try {
    localStorage.removeItem(canaryKey)
  } catch {
    // As above.
  }
}

/**
 * What was here and is not: a canary with no store, of another device, or ahead of its stream; null when all is well
 * (F30, P22). Another stream of the same device was begun on purpose.
 */
export function lostStore(device: DeviceMeta | null, stream: StreamMeta | null): Canary | null {
  const canary = readCanary()
  if (!canary) return null
  if (!stream || device?.deviceId !== canary.deviceId) return canary
  return stream.streamId !== canary.streamId || stream.nextSeq > canary.lastSeq ? null : canary
}

function readCanary(): Canary | null {
  const { deviceId, streamId, lastSeq, open = 0 } = readLocal<Canary>(canaryKey)
  return deviceId && streamId && typeof lastSeq === 'number' ? { deviceId, streamId, lastSeq, open } : null
}

function readLocal<Value>(key: string): Partial<Value> {
  try {
    return (JSON.parse(localStorage.getItem(key) ?? 'null') ?? {}) as Partial<Value>
  } catch {
    return {}
  }
}

const lossKey = 'changkai.loss'

/** Keep a loss until the server has been told of it, also past the enrolment that follows (P22). */
export function noteLoss({ streamId, open }: Canary): void {
  const known = readLocal<Canary>(lossKey)
  if (known.streamId !== streamId) keepLocal(lossKey, { streamId, open: open + (known.open ?? 0) })
}

/** What SUP-3 is told of this browser's storage with each pull: whether it may be cleared, and acts lost at most. */
export interface StorageReport {
  weak: boolean
  lost: number | null
}

/** Read it anew. */
export async function storageReport(): Promise<StorageReport> {
  const { open } = readLocal<Canary>(lossKey)
  return { weak: !(await readRoom()).isPersistent, lost: open ?? null }
}

/** The server has taken a report of so many acts lost; a loss noted since is still to be told. */
export function lossReported(lost: number): void {
  try {
    if (readLocal<Canary>(lossKey).open === lost) localStorage.removeItem(lossKey)
  } catch {
    // As above.
  }
}
