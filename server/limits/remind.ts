import { calendarsInForce } from '../../shared/calendar/in-force.ts'
import { localDay, localMinutes } from '../../shared/calendar/day.ts'
import { addWorkdays, openOn } from '../../shared/calendar/workdays.ts'
import { isReminded, type Case } from '../../shared/cases/index.ts'
import { countedBy, lightOf, limitOf, openingOf, type LimitTerms } from '../../shared/limits/index.ts'
import { inEveryHall } from '../ops/index.ts'
import { issueAsSystem, type IssueDeps, type SystemAct } from '../sync/index.ts'
import { readHallRules, readPromisedBy } from './reports.ts'

/**
 * 催办·督办 by the hall itself (SUP-1): a case near its limit to its handler, one past it to the supervisors, once for each
 * due day. Only on a working day, from opening on: nobody is reminded at midnight. Safe from several instances at once,
 * since the case refuses the second reminder. Returns how many were said.
 */
export async function remindHall(deps: IssueDeps, hallId: string): Promise<number> {
  const now = deps.now()
  const today = localDay(now)
  const { profile, calendars: all } = await readHallRules(deps.db, hallId, today)
  if (!profile) return 0
  const terms = { profile, calendars: calendarsInForce(all, today), today }
  const [first] = openOn(terms.calendars, today, openingOf(profile))
  if (!first || localMinutes(now) < first.from) return 0
  const { days, longDays } = profile.settings.yellowDays.value
  const last = addWorkdays(countedBy(profile, terms.calendars), today, Math.max(days, longDays)).on
  const acts = (await readPromisedBy(deps.db, hallId, last)).flatMap((image) => reminderFor(image, terms))
  const results = acts.length > 0 ? await issueAsSystem(deps, hallId, acts) : []
  return results.filter(({ outcome }) => outcome === 'applied').length
}

/** What is to be said of a case today, unless it has been said of this due day. */
function reminderFor(image: Case, terms: LimitTerms): SystemAct[] {
  const limit = limitOf(image, terms)
  const light = limit && limit.stoppedFor === null ? lightOf(limit, terms) : 'normal'
  if (!limit || light === 'normal') return []
  const way = light === 'near' ? 'urge' : 'supervise'
  const { dueOn } = limit
  if (isReminded(image, way, dueOn)) return []
  return [{ type: 'case.remind', v: 1, kind: 'case', aggId: image.id, args: { way, dueOn, text: null } }]
}

/** Remind in every hall. */
export function remindAll(deps: IssueDeps): Promise<void> {
  return inEveryHall(deps, remindHall, { done: 'reminders given', failed: 'reminding failed' })
}
