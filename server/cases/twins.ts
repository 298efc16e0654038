import { localDay } from '../../shared/calendar/day.ts'
import type { Case, Receipt } from '../../shared/cases/index.ts'
import { errorFields } from '../http/log.ts'
import { issueAsSystem, type IssueDeps, type SystemAct } from '../sync/index.ts'
import { readJoined, readRecent, readTwins, type TwinRow } from './reports.ts'

/** An act of a push that is in the log now. */
export interface Done {
  readonly kind: string
  readonly type: string
  readonly aggId: string
}

const chunk = 200
const lookBackMs = 3 * 86_400_000

/**
 * Look for receipts of the same student, item and day after a push that received or joined cases, and tell both cases
 * by acts of the system (sync.md §6). Runs beside the answer; what fails is looked for again at the next start.
 */
export function followTwins(deps: IssueDeps): (hallId: string, done: readonly Done[]) => void {
  return (hallId, done) => {
    const ids = done.filter(({ type }) => type === 'case.receive' || type === 'case.link').map(({ aggId }) => aggId)
    if (ids.length === 0) return
    markTwins(deps, hallId, ids).catch((error: unknown) => {
      deps.log.warn({ problem: 'twins', error: errorFields(error).error }, 'receipts not compared')
    })
  }
}

/** The same for everything of the last days, once at a start. */
export async function sweepTwins(deps: IssueDeps): Promise<void> {
  const byHall = new Map<string, string[]>()
  for (const { hallId, id } of await readRecent(deps.db, deps.now() - lookBackMs)) {
    byHall.set(hallId, [...(byHall.get(hallId) ?? []), id])
  }
  for (const [hallId, ids] of byHall) {
    for (let from = 0; from < ids.length; from += chunk) await markTwins(deps, hallId, ids.slice(from, from + chunk))
  }
}

/** Tell every case of these that has a twin, and its twin; what they know already is not said again. */
async function markTwins(deps: IssueDeps, hallId: string, ids: readonly string[]): Promise<void> {
  const twins = (await readTwins(deps.db, hallId, ids)).filter(isSameDay).flatMap(actsFor)
  const joined = (await readJoined(deps.db, hallId, ids)).filter(
    ({ own, other }) => !knows(other, 'joinedHere', own.id),
  )
  const acts = [...twins, ...joined.map(({ own, other }) => twinAct(other, own, 'joined'))]
  const once = new Map(acts.map((act) => [`${act.aggId} ${JSON.stringify(act.args)}`, act]))
  if (once.size > 0) await issueAsSystem(deps, hallId, [...once.values()])
}

const isSameDay = ({ own, other }: TwinRow) => localDay(own.receivedAt) === localDay(other.receivedAt)

const knows = (image: Case, code: string, caseId: string): boolean =>
  image.flags.some((flag) => flag.code === code && flag.facts.caseId === caseId)

/** One that has been told a few times is looked at already. */
const isTold = ({ flags }: Case): boolean => flags.filter((flag) => flag.code === 'sameMatter').length >= 3

/** The later of the two asks a person; the earlier one is told. */
function actsFor({ own, other }: TwinRow): SystemAct[] {
  const isOwnLater = own.receivedAt - other.receivedAt || (own.id < other.id ? -1 : 1)
  const [earlier, later] = isOwnLater > 0 ? [other, own] : [own, other]
  return [
    ...(knows(later, 'sameMatter', earlier.id) ? [] : [twinAct(later, earlier, 'earlier')]),
    ...(knows(earlier, 'sameMatter', later.id) || isTold(earlier) ? [] : [twinAct(earlier, later, 'later')]),
  ]
}

function twinAct(on: Case, other: Case, stands: 'earlier' | 'later' | 'joined'): SystemAct {
  const [first] = other.acts
  if (!first) throw new Error('a case begins with its receipt')
  const { cmdId, actorId, actorName, role, deviceId, at, online } = first
  const receipt: Receipt = {
    ...{ caseId: other.id, number: other.number, cmdId, actorId, actorName, role, deviceId, at, online },
  }
  return {
    ...{ type: 'case.twin', v: 1, kind: 'case', aggId: on.id, causedBy: cmdId },
    args: { other: receipt, stands },
  }
}
