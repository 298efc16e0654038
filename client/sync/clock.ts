import type { Clock } from '../local/engine.ts'
import type { ClockSample } from '../local/store.ts'

/** Tablets' crystals drift: assume 100 ppm between exchanges. */
const driftPerMs = 0.0001
const samplesKept = 8
/** After a reboot the monotonic clock says nothing about samples of the boot before: the wall may have been set. */
const unknownErr = 600_000

/** One exchange's sample: t0, t3 by the tablet's wall clock, t1, t2 by the server's, ms. */
export function sampleOf(times: { t0: number; t1: number; t2: number; t3: number }, clock: Clock): ClockSample {
  const { t0, t1, t2, t3 } = times
  return {
    off: Math.round((t1 - t0 + (t2 - t3)) / 2),
    err: Math.max(0, Math.ceil((t3 - t0 - (t2 - t1)) / 2)),
    mono: Math.floor(clock.mono()),
    boot: clock.boot,
    wall: t3,
  }
}

/** The samples with one more, the oldest dropped. */
export function keepSample(samples: readonly ClockSample[], sample: ClockSample): ClockSample[] {
  return [...samples, sample].slice(-samplesKept)
}

/** How far the server's clock is from this tablet's, and how far that may be wrong, ms. */
export interface Offset {
  off: number
  offErr: number
}

/** Reading two clocks takes time: a step this small is none. */
const noStepMs = 2_000

/**
 * The best estimate now. Samples of this boot know whether the wall was moved since, so one of an earlier boot counts
 * only when there is none; then, and with no sample at all, ± 10 min (sync.md §7).
 */
export function estimate(samples: readonly ClockSample[], clock: Clock): Offset {
  const now = { wall: clock.wall(), mono: clock.mono() }
  const rated = samples.filter(({ boot }) => boot === clock.boot).map((sample) => sinceSample(sample, now))
  return rated
    .toReversed()
    .reduce((best, next) => (next.offErr < best.offErr ? next : best), rated.at(-1) ?? unknownSince(samples))
}

const unknownSince = (samples: readonly ClockSample[]): Offset => ({
  off: samples.at(-1)?.off ?? 0,
  offErr: unknownErr,
})

/**
 * A sample brought up to now. A wall that fell behind the monotonic clock was set back: monotonic time is used. One that
 * ran ahead of it was set forward, or the tablet slept and its monotonic clock stood: both remain possible, so the time
 * is not moved and the error reaches back to what the monotonic clock says.
 */
function sinceSample({ off, err, mono, wall }: ClockSample, now: { wall: number; mono: number }): Offset {
  const passed = Math.max(0, now.mono - mono)
  const drift = driftPerMs * passed
  const step = wall === undefined ? 0 : Math.round(now.wall - wall - passed)
  const isStep = Math.abs(step) > noStepMs + drift
  const moved = isStep && step < 0 ? -step : 0
  return { off: off + moved, offErr: Math.ceil(err + drift) + (isStep ? Math.max(0, step) : Math.abs(step)) }
}

/** The server's time by the best estimate, UTC ms: a wall set back does not bring back a right that has ended. */
export function estimatedNow(samples: readonly ClockSample[], clock: Clock): number {
  return clock.wall() + estimate(samples, clock).off
}
