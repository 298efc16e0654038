import { light, type Light } from './promise.ts'
import { limitOf, type Limit, type LimitTerms, type Promised } from './pauses.ts'

/** The light of a promise as it stands, its pauses reckoned in (SUP-1). */
export function lightOf({ dueOn, workingDays }: Limit, { profile, calendars, today }: LimitTerms): Light {
  return light({ dueOn, workingDays, today, profile, calendars })
}

/**
 * The light of a case that is not over, null before 受理; `stopped` while the clock stands still, which is never late.
 * The same on tablet, wall, paper and server (SUP-1).
 */
export function caseLight(image: Promised, terms: LimitTerms): Light | 'stopped' | null {
  const limit = limitOf(image, terms)
  if (!limit) return null
  return limit.stoppedFor ? 'stopped' : lightOf(limit, terms)
}
