import { actTime, type Envelope } from '../../shared/core/envelope.ts'

/** Between which moments of the server's clock an act was done, UTC ms. */
export interface Interval {
  readonly lo: number
  readonly hi: number
}

/** What is sure without the tablet's clock: not before the stream's previous act or its grant, not after receipt. */
export interface Bounds {
  readonly floor: number | null
  readonly receivedAt: number
}

/**
 * The interval of an act (sync.md §7): the tablet's estimate ± its own error, clipped by what is sure. An estimate that
 * lies outside what is sure says nothing, so all that is sure remains: one wrong clock then neither dates the acts
 * behind it (R14) nor makes a right last longer by being set back. It never refuses anything (I19).
 */
export function actInterval(
  env: Pick<Envelope, 'wall' | 'off' | 'offErr'> | null,
  { floor, receivedAt }: Bounds,
): Interval {
  const least = floor === null ? null : Math.min(floor, receivedAt)
  const whole = { lo: least ?? receivedAt, hi: receivedAt }
  if (!env) return whole
  const [lo, hi] = [actTime(env) - env.offErr, actTime(env) + env.offErr]
  if (lo > receivedAt || (least !== null && hi < least)) return whole
  return { lo: Math.max(lo, least ?? lo), hi: Math.min(hi, receivedAt) }
}
