import { actTime, type Envelope } from '../../shared/core/envelope.ts'

/** Between which moments of the server's clock an act was done, UTC ms. */
export interface Interval {
  readonly lo: number
  readonly hi: number
}

/** What is sure without the tablet's clock: not before the stream's previous act, not after receipt. */
export interface Bounds {
  readonly floor: number | null
  readonly receivedAt: number
}

const farthest = 8_640_000_000_000_000

/**
 * The interval of an act (sync.md §7): the tablet's estimate ± its own error, clipped by what is sure. A clock that
 * contradicts both leaves the nearest sure moment; it never refuses anything. Without an envelope only the bounds stand.
 */
export function actInterval(
  env: Pick<Envelope, 'wall' | 'off' | 'offErr'> | null,
  { floor, receivedAt }: Bounds,
): Interval {
  const least = Math.min(floor ?? -farthest, receivedAt)
  if (!env) return { lo: floor === null ? receivedAt : least, hi: receivedAt }
  const clip = (ms: number) => Math.min(Math.max(ms, least), receivedAt)
  return { lo: clip(actTime(env) - env.offErr), hi: clip(actTime(env) + env.offErr) }
}
