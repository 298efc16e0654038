import { localDay } from '../../shared/calendar/day.ts'
import { openHalls } from '../db/ops-queries.ts'
import { readProfileInForce } from '../db/profile-in-force.ts'
import { errorFields } from '../http/log.ts'
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

/** The same in every hall; one that fails does not keep the others from it. Never throws: the next round tries again. */
export async function putAwayAll(deps: IssueDeps): Promise<void> {
  const halls = await openHalls(deps.db).catch((error: unknown) => told(deps, error))
  for (const hall of halls ?? []) await putAwayDayCloses(deps, hall).catch((error: unknown) => told(deps, error))
}

function told({ log }: IssueDeps, error: unknown): null {
  log.error(errorFields(error), 'putting day closes away failed')
  return null
}
