import type { RescueLine } from '../../shared/wire/rescue.ts'
import { ordOf } from './order.ts'
import type { OutboxRow, OutcomeRow, StreamMeta } from './store.ts'

/** Acts as lines of a rescue file (sync.md 2.5), in the order they were done: what is done now may rest on a former life's acts, and a branch on its stem. */
export function rescueLines(
  acts: readonly OutboxRow[],
  known: readonly OutcomeRow[],
  stream: StreamMeta | null,
): RescueLine[] {
  const outcomes = new Map(known.map((act) => [act.cmdId, act]))
  const rank = (act: OutboxRow) => (act.streamId === stream?.streamId ? 1 : 0)
  const placed = acts.map((act) => {
    const outcome = outcomes.get(act.cmdId)
    const guess = rank(act) * (stream?.ord0 ?? 0) + act.seq
    return { act, ord: outcome ? ordOf(outcome) : guess, branch: outcome?.branch ?? 0 }
  })
  const sorted = placed.sort(
    (a, b) => rank(a.act) - rank(b.act) || a.ord - b.ord || compare(a.act.streamId, b.act.streamId),
  )
  return sorted.map(({ act, branch }) => lineOf(act, branch, stream))
}

const compare = (a: string, b: string): number => Number(a > b) - Number(a < b)

/** The server may not know a stream begun after the first: it opens it by its lane, and a branch by its first act. */
function lineOf({ streamId, seq, env, sig, pii }: OutboxRow, branch: number, stream: StreamMeta | null): RescueLine {
  const lane = streamId === stream?.streamId ? stream.lane : (stream?.formerLanes?.[streamId] ?? null)
  const line = { streamId, branch, lane, seq, env, sig }
  return Object.keys(pii).length > 0 ? { ...line, pii } : line
}
