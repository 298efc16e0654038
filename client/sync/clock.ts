import type { Clock } from '../local/engine.ts'
import type { ClockSample } from '../local/store.ts'

/** Tablets' crystals drift: assume 100 ppm between exchanges. */
const driftPerMs = 0.0001
const samplesKept = 8
/** After a reboot the monotonic clock says nothing about samples of the boot before. */
const unknownErr = 600_000

/** One exchange's sample: t0, t3 by the tablet's wall clock, t1, t2 by the server's, ms. */
export function sampleOf(times: { t0: number; t1: number; t2: number; t3: number }, clock: Clock): ClockSample {
  const { t0, t1, t2, t3 } = times
  return {
    off: Math.round((t1 - t0 + (t2 - t3)) / 2),
    err: Math.max(0, Math.ceil((t3 - t0 - (t2 - t1)) / 2)),
    mono: Math.floor(clock.mono()),
    boot: clock.boot,
  }
}

/** The samples with one more, the oldest dropped. */
export function keepSample(samples: readonly ClockSample[], sample: ClockSample): ClockSample[] {
  return [...samples, sample].slice(-samplesKept)
}

/** The best estimate now: offset to the server's clock and how far it may be wrong, ms. No sample: 0 ± 10 min. */
export function estimate(samples: readonly ClockSample[], clock: Clock): { off: number; offErr: number } {
  const mono = clock.mono()
  const rated = samples.map((sample) => ({
    off: sample.off,
    offErr: sample.boot === clock.boot ? Math.ceil(sample.err + driftPerMs * Math.abs(mono - sample.mono)) : unknownErr,
  }))
  return rated
    .toReversed()
    .reduce((best, next) => (next.offErr < best.offErr ? next : best), rated.at(-1) ?? { off: 0, offErr: unknownErr })
}
