import { meetingsToArchive } from '../db/meeting-queries.ts'
import { localDay } from '../../shared/calendar/day.ts'
import { casesToArchive, contactsToArchive, forgetLeaves, slotsToArchive, type OverCase } from '../db/ops-queries.ts'
import { issueAsSystem, type IssueDeps } from '../sync/index.ts'
import { inEveryHall } from './every-hall.ts'

const day = 86_400_000
/** How long it is remembered what left a scope (sync.md 4.5). */
const leavesKept = 180 * day
const slotsKept = 7 * day
const batch = 100

/** What one round of tidying did. */
export interface Tidied {
  readonly archived: number
  readonly horizon: number
}

/**
 * Put away what is over for long (`case.archive`, `contact.archive`, `meeting.archive` by the system, sync.md 4.2), then
 * forget what left its scopes half a year ago. Safe at any moment and from several instances at once: a case put away twice is refused the second time.
 */
export async function tidyHall(deps: IssueDeps, hallId: string): Promise<Tidied> {
  const page = () => ({ now: deps.now(), limit: batch })
  const cases = await putAway(deps, hallId, { kind: 'case', read: () => casesToArchive(deps.db, hallId, page()) })
  const read = () => contactsToArchive(deps.db, hallId, page())
  const contacts = await putAway(deps, hallId, { kind: 'contact', read })
  const old = () => meetingsToArchive(deps.db, hallId, page())
  const meetings = await putAway(deps, hallId, { kind: 'meeting', read: old })
  const slots = await putSlotsAway(deps, hallId)
  return {
    archived: cases + contacts + meetings + slots,
    horizon: await forgetLeaves(deps.db, hallId, deps.now() - leavesKept),
  }
}

/** Appointments of a week ago and before: who came has a case by now. */
async function putSlotsAway(deps: IssueDeps, hallId: string): Promise<number> {
  const before = localDay(deps.now() - slotsKept)
  const ids = await slotsToArchive(deps.db, hallId, { before, limit: batch })
  const acts = ids.map((id) => ({ type: 'slot.archive', v: 1, kind: 'slot', aggId: id, args: { before } }))
  const results = acts.length > 0 ? await issueAsSystem(deps, hallId, acts) : []
  return results.filter(({ outcome }) => outcome === 'applied').length
}

/** Page by page until nothing is left, or nothing moves any more. */
async function putAway(
  deps: IssueDeps,
  hallId: string,
  { kind, read }: { kind: 'case' | 'contact' | 'meeting'; read(): Promise<OverCase[]> },
): Promise<number> {
  let archived = 0
  for (;;) {
    const over = await read()
    const acts = over.map(({ id, endedAt }) => ({
      ...{ type: `${kind}.archive`, v: 1, kind, aggId: id, args: kind === 'meeting' ? {} : { endedAt } },
    }))
    const results = acts.length > 0 ? await issueAsSystem(deps, hallId, acts) : []
    const done = results.filter(({ outcome }) => outcome === 'applied').length
    archived += done
    if (over.length < batch || done === 0) return archived
  }
}

/** Tidy every hall. */
export function tidyAll(deps: IssueDeps): Promise<void> {
  const round = async (at: IssueDeps, hallId: string) => (await tidyHall(at, hallId)).archived
  return inEveryHall(deps, round, { done: 'cases put away', failed: 'tidying failed' })
}
