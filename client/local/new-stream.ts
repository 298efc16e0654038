import type { Engine } from './engine.ts'
import { inOrder, lanesSoFar, ordOf, type StreamPlace } from './order.ts'
import type { BaseRow, DeviceMeta, OutboxRow, OutcomeRow, ServerMeta, StreamMeta, Tx, ViewRow } from './store.ts'

/** A stream that has no acts yet. */
export interface FreshStream {
  streamId: string
  chainHead: string
}

/** A new stream's id and the hash its first act is linked to; made outside any transaction. */
async function freshStream({ entropy }: Pick<Engine, 'entropy'>): Promise<FreshStream> {
  const streamId = entropy.uuid()
  return { streamId, chainHead: await entropy.sha256(streamId) }
}

/** The device and stream rows of the next life: it prints from the spare lane, from 1 (sync.md 1.5, I17). */
export interface NextLife {
  device: DeviceMeta
  stream: StreamMeta
}

/** What a next life comes after; `ord0` is the highest place an act of this tablet has. */
type Ended = { device: DeviceMeta; stream: StreamMeta | null; ord0: number; former: string[] }

/** The next stream of a device; null for a tablet without a spare lane, which could print no number of its own. */
function nextLife({ device, stream, ord0, former }: Ended, { streamId, chainHead }: FreshStream): NextLife | null {
  const lane = device.kind === 'tablet' ? (device.lanes[1] ?? null) : null
  if (device.kind === 'tablet' && lane === null) return null
  return {
    device: { ...device, lanes: lane === null ? [] : [lane] },
    stream: {
      ...{ key: 'stream', streamId, lane, nextSeq: 1, chainHead, n: 0, ord0, former },
      formerLanes: stream ? lanesSoFar(stream) : {},
    },
  }
}

/** How high the acts of a stream reach. */
function ordEnd({ ord0, nextSeq }: StreamMeta): number {
  return (ord0 ?? 0) + nextSeq - 1
}

/**
 * The server has another act where ours stands: what it has not decided from there on becomes branch k + 1 of its
 * stream, unchanged, and new acts get a stream of their own (sync.md 2.2). Asked again it changes nothing. False: there
 * is no spare lane, or no branch left, and sending must stop.
 */
export async function branchOff(engine: Engine, place: StreamPlace, seq: number): Promise<boolean> {
  const fresh = await freshStream(engine)
  return engine.store.transact('write', ['meta', 'outcome'], async (tx) => {
    const pending = await tx.byIndex('outcome', 'state+seq', { prefix: ['pending'] })
    const isTail = (act: OutcomeRow) =>
      act.streamId === place.streamId && (act.branch ?? 0) === place.branch && act.seq >= seq
    const tail = pending.filter(isTail)
    if (tail.length === 0) return true
    const branch = place.branch + 1
    if (branch > lastBranch || !(await leaveStream(tx, place.streamId, fresh))) return false
    await tx.put(
      'outcome',
      tail.map((act) => ({ ...act, branch })),
    )
    return true
  })
}

const lastBranch = 99

/** New acts no longer go to this stream. */
async function leaveStream(tx: Tx, streamId: string, fresh: FreshStream): Promise<boolean> {
  const [device, stream] = [await tx.get('meta', 'device'), await tx.get('meta', 'stream')]
  if (device?.key !== 'device' || stream?.key !== 'stream') return false
  if (stream.streamId !== streamId) return true
  const former = [...(stream.former ?? []), streamId]
  const next = nextLife({ device, stream, ord0: ordEnd(stream), former }, fresh)
  if (next) await tx.put('meta', [next.device, next.stream])
  return next !== null
}

/** What could be read out of a broken store; an act without its outcome counts as undecided. */
export interface Recovered {
  device: DeviceMeta
  stream: StreamMeta | null
  server: ServerMeta | null
  outbox: readonly OutboxRow[]
  outcomes: readonly OutcomeRow[]
  views?: readonly ViewRow[]
  bases?: readonly BaseRow[]
}

/**
 * Begin a new life of the store in an empty database (sync.md §8): the device goes on with a new stream on its spare
 * lane; recovered envelopes keep their stream and are sent under it first. Twice the same act does no harm: the server
 * knows what it has. Answers the new stream, or null when the device has no spare lane.
 */
export async function beginNewLife(engine: Engine, found: Recovered): Promise<StreamMeta | null> {
  const fresh = await freshStream(engine)
  const known = new Map(found.outcomes.map((act) => [act.cmdId, act]))
  const missing = found.outbox.filter((act) => !known.has(act.cmdId))
  const outcomes = inOrder([...found.outcomes, ...(await undecided(engine, found, missing))])
  const former = [...new Set([...(found.stream?.former ?? []), ...found.outbox.map((act) => act.streamId)])]
  const own = found.stream && !former.includes(found.stream.streamId) ? [found.stream.streamId] : []
  const last = outcomes.at(-1)
  const ord0 = Math.max(found.stream ? ordEnd(found.stream) : 0, last ? ordOf(last) : 0)
  const next = nextLife({ ...found, ord0, former: [...former, ...own] }, fresh)
  if (!next) return null
  const scopes = ['hall', ...found.device.windowIds.map((id) => `window:${id}`)]
  await engine.store.transact('write', ['meta', 'outbox', 'outcome', 'view', 'base', 'scope'], async (tx) => {
    await tx.put('meta', [next.device, next.stream, ...(found.server ? [found.server] : [])])
    await tx.put('outbox', found.outbox)
    await tx.put('outcome', outcomes)
    await tx.put('view', found.views ?? [])
    await tx.put('base', found.bases ?? [])
    await tx.put(
      'scope',
      scopes.map((scope) => ({ scope, cursor: 0, stamp: null })),
    )
  })
  return next.stream
}

async function undecided(engine: Engine, { stream }: Recovered, acts: readonly OutboxRow[]): Promise<OutcomeRow[]> {
  return Promise.all(
    acts.map(async ({ env, cmdId, streamId, seq, kind, aggId, actor }) => {
      const { type, actorId, wall, off } = JSON.parse(env) as {
        type: string
        actorId: string
        wall: number
        off: number
      }
      const ord = streamId === stream?.streamId ? (stream.ord0 ?? 0) + seq : seq
      return {
        ...{ cmdId, streamId, seq, ord, kind, aggId, type, actorId, actorName: actor.name, at: wall + off },
        ...{ hash: await engine.entropy.sha256(env), state: 'pending' as const, open: 1 as const },
        ...{ outcome: null, code: null, detail: null, ver: 0, acknowledged: 0 as const },
      }
    }),
  )
}
