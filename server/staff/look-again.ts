import { addDays, localDay } from '../../shared/calendar/day.ts'
import { sentenceOf } from '../../shared/sentences.ts'
import { seatFaults, type PostAsked, type Person } from '../../shared/staff/index.ts'
import { readProfileInForce } from '../db/profile-in-force.ts'
import { errorFields } from '../http/log.ts'
import { issueAsSystem, type IssueDeps, type SystemAct } from '../sync/index.ts'
import { readStandings, type PostStanding } from './reports.ts'

interface Done {
  readonly kind: string
  readonly type: string
  readonly aggId: string
}

/**
 * Look again at every post a push has given, with what the server itself has (SSC 九, SZIT 四.1): the page may have seen
 * less, or another officer may have given the seat away meanwhile. A post against the rules never begins.
 */
export function lookAgain(deps: IssueDeps): (hallId: string, done: readonly Done[]) => void {
  return (hallId, done) => {
    const ids = done.filter(({ type }) => type === 'post.assign').map(({ aggId }) => aggId)
    if (ids.length === 0) return
    endUnlawful(deps, hallId, ids).catch((error: unknown) => {
      deps.log.warn({ problem: 'posts', error: errorFields(error).error }, 'posts not looked at')
    })
  }
}

const recordOf = (person: Person | null) =>
  person && {
    ...{ rank: person.rank, conditions: person.conditions, conditionNote: person.conditionNote },
    ...{ trainings: person.trainings, busy: person.busy },
  }

/** Ends each of the posts that breaks a rule on the day before it begins, with the rule's sentence as the reason. */
async function endUnlawful(deps: IssueDeps, hallId: string, ids: readonly string[]): Promise<void> {
  const profile = await readProfileInForce(deps.db, hallId, localDay(deps.now()))
  if (!profile) return
  const standings = await readStandings(deps.db, hallId, ids)
  const actOf = ({ post, others, person }: PostStanding): SystemAct[] => {
    const [fault] = seatFaults(
      post.image as unknown as PostAsked,
      { seats: [...others], record: recordOf(person) },
      profile,
    )
    if (!fault || (post.to !== null && post.to < post.from)) return []
    const args = { on: addDays(post.from, -1), reason: sentenceOf(fault.code, fault.facts).slice(0, 300) }
    return [{ type: 'post.end', v: 1, kind: 'post', aggId: post.id, args }]
  }
  const acts = standings.flatMap(actOf)
  if (acts.length > 0) await issueAsSystem(deps, hallId, acts)
}
