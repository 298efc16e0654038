import { localDay } from '../../shared/calendar/day.ts'
import { readProfileInForce } from '../db/profile-in-force.ts'
import { inEveryHall } from '../ops/index.ts'
import { issueAsSystem, type IssueDeps } from '../sync/index.ts'
import { readOldDayCloses } from './reports.ts'

const dayMs = 86_400_000
/** As a case stays on its window's tablets where the hall has no profile (sync.md 4.2). */
const keptDays = 30

/** Put 收工 sheets of long ago away (`dayClose.archive` by the system): tablets need them no more. Returns how many. */
export async function putAwayDayCloses(deps: IssueDeps, hallId: string): Promise<number> {
  const profile = await readProfileInForce(deps.db, hallId, localDay(deps.now()))
  const days = profile?.settings.archiveAfterDays.value ?? keptDays
  const old = await readOldDayCloses(deps.db, hallId, deps.now() - days * dayMs)
  const acts = old.map((aggId) => ({ type: 'dayClose.archive', v: 1, kind: 'dayClose', aggId, args: {} }))
  const results = acts.length > 0 ? await issueAsSystem(deps, hallId, acts) : []
  return results.filter(({ outcome }) => outcome === 'applied').length
}

/** The same in every hall. */
export function putAwayAll(deps: IssueDeps): Promise<void> {
  return inEveryHall(deps, putAwayDayCloses, { done: 'day closes put away', failed: 'putting day closes away failed' })
}
