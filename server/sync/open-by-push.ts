import type { PushBody } from '../../shared/wire/push.ts'
import { Fault } from '../http/fault.ts'
import type { Alarm, Carrier, JudgeDeps, Judgement } from './judge-types.ts'
import type { Received } from './read-command.ts'
import { loadFor, unlessMoved } from './store-answers.ts'
import type { LoadRequest } from './store-verbs.ts'

/** One attempt at a push, and whether it may open the stream it names. */
export interface Push {
  readonly opens: Opening
  readonly carrier: Carrier
  readonly received: readonly Received[]
  readonly request: LoadRequest
}

interface Opening {
  readonly may: boolean
  readonly lane: string | null
  readonly isFirst: boolean
}

/** Whose streams a batch may be of: the carrier's own, or those of the device whose rescue file it brings. */
export const ownerOf = ({ ownerId, id }: Carrier): string => ownerId ?? id

/** Why a device may not push to a stream. */
export const notOwn = () => new Fault('forbidden', { detail: '这条队列不属于本设备。' })

/** A stream that is not there is opened by its lane, or as a branch by the commands it begins with. */
export function openingOf({ branch = 0, lane, commands: sent }: PushBody, tried: number): Opening {
  return { may: branch > 0 ? sent.length > 0 : lane !== undefined, lane: lane ?? null, isFirst: tried === 0 }
}

/**
 * The stream is not there (sync.md 1.5, 2.2). Null: it may be now. A branch without the command before it waits for its
 * stem, which a restored server has yet to be sent; a stream without a lawful lane is nobody's.
 */
export async function unopened(deps: JudgeDeps, push: Push): Promise<Judgement | null> {
  const { opens, request, received } = push
  const isNew = opens.may ? await open(deps, push) : false
  // Not opened: by another request of the same tablet, if it was not refused.
  if (isNew !== false || (opens.may && opens.isFirst)) return null
  if (request.branch === 0) throw notOwn()
  await mustOwnStem(deps, push)
  if (received.length === 0) return nothing
  return { ...nothing, stop: { code: 'gap', seq: request.seqs.from } }
}

const nothing: Judgement = { touched: [], scopes: [], pos: null, done: [] }

async function open(deps: JudgeDeps, { opens, carrier, received, request }: Push): Promise<boolean | null> {
  const { hallId, streamId, branch, seqs } = request
  const prev = received[0]?.env?.prev ?? null
  const stream = { hallId, deviceId: ownerOf(carrier), streamId, branch, fromSeq: seqs.from, prev, lane: opens.lane }
  const isNew = await unlessMoved(() => deps.store.open(stream))
  if (isNew && branch > 0) deps.alarm?.(forked(seqs.from, branch))
  return isNew
}

function forked(seq: number, branch: number): Alarm {
  return { cmdId: '', seq, code: 'fork', why: String(branch), error: undefined }
}

async function mustOwnStem({ store }: JudgeDeps, { carrier, request }: Push): Promise<void> {
  const { stream } = await loadFor(store, { ...request, branch: 0, aggs: [], seqs: { from: 1, to: 0 } })
  if (stream?.deviceId !== ownerOf(carrier)) throw notOwn()
}
