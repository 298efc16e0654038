import { momentOf } from '../../shared/calendar/day.ts'
import { readPath } from '../../shared/core/apply.ts'
import type { Envelope } from '../../shared/core/envelope.ts'
import { judgeFlags } from '../../shared/core/judge-flags.ts'
import type { Row } from '../../shared/core/kernel.ts'
import type { Flag } from '../../shared/core/outcome.ts'
import type { Profile } from '../../shared/profiles/profile.ts'
import type { Interval } from './act-interval.ts'

/** The tablet's clocks at one act. */
export type ClockReading = Pick<Envelope, 'wall' | 'mono' | 'boot'>

/** Between two acts of one boot the two clocks may differ by this much before it is a jump: reading them takes time. */
const jumpMs = 2_000
/** The crystal's drift, as the tablet reckons with it. */
const driftPerMs = 0.0001
/** Where no profile says otherwise (profile setting `clockErrorFlagMinutes`). */
const toleratedMinutes = 15

/** The clocks of a logged envelope, or null of one that cannot be read. */
export function readingOf(text: string | null): ClockReading | null {
  try {
    const { wall, mono, boot } = JSON.parse(text ?? 'null') as ClockReading
    return Number.isSafeInteger(wall) && Number.isSafeInteger(mono) && typeof boot === 'string'
      ? { wall, mono, boot }
      : null
  } catch {
    return null
  }
}

/** How far the tablet's own clock was off when it acted: outside the interval of the act, ms; ahead is positive. */
export function clockErrorMs({ wall }: Pick<Envelope, 'wall'>, { lo, hi }: Interval): number {
  return wall - Math.min(Math.max(wall, lo), hi)
}

/** What the clocks of an act give away (sync.md §7, P15); `before` is the act before it in its stream. */
export function clockFlags(
  env: Envelope,
  { before, interval, profile }: { before: ClockReading | null; interval: Interval; profile: Profile | null },
): Flag[] {
  const off = clockErrorMs(env, interval)
  const tolerated = (profile?.settings.clockErrorFlagMinutes.value ?? toleratedMinutes) * 60_000
  return [...(before ? stepFlags(env, before) : []), ...(Math.abs(off) > tolerated ? [judgeFlags.clockOff(off)] : [])]
}

function stepFlags(env: Envelope, before: ClockReading): Flag[] {
  const [wall, mono] = [env.wall - before.wall, env.mono - before.mono]
  const isJump = env.boot === before.boot && Math.abs(wall - mono) > jumpMs + driftPerMs * Math.abs(mono)
  return [...(isJump ? [judgeFlags.clockJump(wall - mono)] : []), ...(wall < 0 ? [judgeFlags.clockBack(wall)] : [])]
}

/** A promise met or missed (`on`: the day it was due, its pauses reckoned in), depending on when inside its interval the act was done: a person says which (I19). */
export function deadlineFlags(
  on: string | null,
  { before, after }: { before: Row; after: Row },
  { lo, hi }: Interval,
): Flag[] {
  const isEnding = typeof readPath(after?.image, 'endedAt') === 'number' && readPath(before?.image, 'endedAt') === null
  if (on === null || !isEnding) return []
  const deadline = momentOf(on, '24:00')
  return lo < deadline && hi >= deadline ? [judgeFlags.clockDeadline(on)] : []
}
