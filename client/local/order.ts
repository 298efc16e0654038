import type { OutcomeRow, StreamMeta, Tx } from './store.ts'

/** A stream, or a branch of it, of which this tablet has acts. */
export interface StreamPlace {
  streamId: string
  branch: number
}

/**
 * The place of an act among all of this tablet, whatever stream it is in: `seq` begins again in a new stream, the order
 * in which acts are folded, sent and listed does not (sync.md 2.2).
 */
export function ordOf({ ord, seq }: Pick<OutcomeRow, 'ord' | 'seq'>): number {
  return ord ?? seq
}

/** Acts in the order they were done. */
export function inOrder<Act extends Pick<OutcomeRow, 'ord' | 'seq'>>(acts: readonly Act[]): Act[] {
  return acts.toSorted((a, b) => ordOf(a) - ordOf(b))
}

/** Where an act stands. */
export function placeOf({ streamId, branch }: Pick<OutcomeRow, 'streamId' | 'branch'>): StreamPlace {
  return { streamId, branch: branch ?? 0 }
}

/** Whether two places are the same. */
export function isSamePlace(a: StreamPlace, b: StreamPlace): boolean {
  return a.streamId === b.streamId && a.branch === b.branch
}

/** Every act not settled yet, of all streams, in order. */
export async function openActs(tx: Tx, aggId?: string): Promise<OutcomeRow[]> {
  if (aggId !== undefined) return inOrder(await tx.byIndex('outcome', 'aggId+open+seq', { prefix: [aggId, 1] }))
  return inOrder(await tx.byIndex('outcome', 'open+seq', { prefix: [1] }))
}

/**
 * What the tablet asks the server about next: the oldest stream that still has undecided acts, else the current one.
 * One at a time, so that no image can hold an act whose result was not asked for in the same frame (R5).
 */
export interface Asking extends StreamPlace {
  /** The first undecided seq. */
  next: number
  /** The seq behind the last undecided act of this place that follows without a gap. */
  until: number
  /** The last seq the server has decided, as far as this tablet knows; 0: none that would have to be there. */
  acked: number
}

/** Read it; `stream` is the current one. */
export async function askingOf(tx: Tx, stream: StreamMeta): Promise<Asking> {
  const { streamId, nextSeq } = stream
  const pending = await pendingActs(tx, stream)
  const [oldest] = pending
  if (!oldest) return { streamId, branch: 0, next: nextSeq, until: nextSeq, acked: nextSeq - 1 }
  const place = placeOf(oldest)
  if (!isForked(stream)) return { ...place, next: oldest.seq, until: nextSeq, acked: oldest.seq - 1 }
  const own = pending.filter((act) => isSamePlace(placeOf(act), place))
  const run = own.findIndex((act, at) => act.seq !== oldest.seq + at)
  const until = oldest.seq + (run < 0 ? own.length : run)
  return { ...place, next: oldest.seq, until, acked: await ackedBefore(tx, place, oldest.seq) }
}

/** Whether acts of this tablet may be in more than one stream or branch. */
export function isForked({ former }: StreamMeta): boolean {
  return (former ?? []).length > 0
}

/**
 * The lane by which the server opens a stream that it does not know: of one begun after the first, null a browser's.
 * Undefined: the server opened it itself when the device enrolled.
 */
export function openingLane(stream: StreamMeta, streamId: string): string | null | undefined {
  if (streamId !== stream.streamId) return stream.formerLanes?.[streamId]
  return isForked(stream) ? stream.lane : undefined
}

/** The lanes of this stream and those before it, once it is a former one too. */
export function lanesSoFar(stream: StreamMeta): Record<string, string | null> {
  const lane = openingLane(stream, stream.streamId)
  return { ...stream.formerLanes, ...(lane === undefined ? {} : { [stream.streamId]: lane }) }
}

/** With one stream the index has the order; with several it does not, and then a tablet reads them all. */
async function pendingActs(tx: Tx, stream: StreamMeta): Promise<OutcomeRow[]> {
  const range = isForked(stream) ? { prefix: ['pending'] } : { prefix: ['pending'], limit: 1 }
  return inOrder(await tx.byIndex('outcome', 'state+seq', range))
}

/** The act before it, if that is in the same place: a branch begins behind an act of its stem. */
async function ackedBefore(tx: Tx, place: StreamPlace, seq: number): Promise<number> {
  const before = seq > 1 ? await tx.get('outbox', [place.streamId, seq - 1]) : undefined
  const act = before && (await tx.get('outcome', before.cmdId))
  return act && act.state !== 'pending' && isSamePlace(placeOf(act), place) ? act.seq : 0
}
