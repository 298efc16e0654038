import type { Clock } from '../local/engine.ts'
import type { ClockSample } from '../local/store.ts'

/** Tablets' crystals drift: assume 100 ppm between exchanges. */
const driftPerMs = 0.0001
const samplesKept = 8
/** After a reboot the monotonic clock says nothing about samples of the boot before: the wall may have been set. */
const unknownErr = 600_000
/** Reading two clocks takes time: a step this small is none. */
const noStepMs = 2_000

/** When an exchange began, by both clocks of the tablet, ms. */
export interface Begun {
  t0: number
  mono: number
}

/** The beginning of an exchange, to be given back to `sampleOf` when the answer is there. */
export function beginExchange(clock: Clock): Begun {
  return { t0: Math.floor(clock.wall()), mono: clock.mono() }
}

/**
 * One exchange's sample: t0, t3 by the tablet's wall clock, t1, t2 by the server's, ms. None of an exchange in which the
 * wall was moved or the tablet slept: half the step would be taken for the offset.
 */
export function sampleOf(
  { t0, mono }: Begun,
  { t1, t2 }: { t1: number; t2: number },
  clock: Clock,
): ClockSample | null {
  const t3 = Math.floor(clock.wall())
  if (Math.abs(t3 - t0 - (clock.mono() - mono)) > noStepMs) return null
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

/**
 * The best estimate now. Samples of this boot know whether the wall was moved since, so one of an earlier boot counts
 * only when there is none; then, and with no sample at all, ± 10 min (sync.md §7). Of the older ones only those count
 * since which the two clocks agree: a step back and a sleep together look like one smaller step.
 */
export function estimate(samples: readonly ClockSample[], clock: Clock): Offset {
  const now = { wall: clock.wall(), mono: clock.mono() }
  const rated = samples.filter(({ boot }) => boot === clock.boot).map((sample) => sinceSample(sample, now))
  const [newest, ...older] = rated.toReversed()
  if (!newest) return { off: samples.at(-1)?.off ?? 0, offErr: unknownErr }
  const sound = older.filter(({ isStep }) => !isStep)
  const { off, offErr } = sound.reduce((best, next) => (next.offErr < best.offErr ? next : best), newest)
  return { off, offErr }
}

/**
 * A sample brought up to now, and whether the wall has gone otherwise than the monotonic clock since. A wall that fell
 * behind was set back: monotonic time is used. One that ran ahead was set forward, or the tablet slept and its monotonic
 * clock stood: both remain possible, so the time is not moved and the error reaches back to what the monotonic clock says.
 */
function sinceSample(
  { off, err, mono, wall }: ClockSample,
  now: { wall: number; mono: number },
): Offset & { isStep: boolean } {
  const passed = Math.max(0, now.mono - mono)
  const drift = driftPerMs * passed
  const gap = wall === undefined ? 0 : Math.round(now.wall - wall - passed)
  const isStep = Math.abs(gap) > noStepMs + drift
  const moved = isStep ? Math.max(0, -gap) : 0
  return { isStep, off: off + moved, offErr: Math.ceil(err + drift) + (isStep ? Math.max(0, gap) : Math.abs(gap)) }
}

/** The server's time by the best estimate, UTC ms: a wall set back does not bring back a right that has ended. */
export function estimatedNow(samples: readonly ClockSample[], clock: Clock): number {
  return clock.wall() + estimate(samples, clock).off
}
