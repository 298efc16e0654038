import { aggregates } from '../../shared/aggregates.ts'
import { commands } from '../../shared/commands.ts'
import { schemaNumber } from '../../shared/core/envelope.ts'
import { upcasters } from '../../shared/upcasters.ts'
import type { Stop } from '../../shared/wire/frame.ts'
import type { PushBody } from '../../shared/wire/push.ts'
import { Fault } from '../http/fault.ts'
import { judgeBatch } from './batch.ts'
import type { Carrier, JudgeDeps, Judged, Judgement, SignedText } from './judge-types.ts'
import { needsOf } from './needs.ts'
import { raised, readCommand, type Received } from './read-command.ts'
import { StoreConflict, StoreUnavailable, type Loaded, type LoadRequest, type Store } from './store-verbs.ts'

export type { Carrier, JudgeDeps, Judgement } from './judge-types.ts'

const tries = 6

/**
 * Judge a batch of one stream in its order (sync.md 3.1): load by one statement, decide in memory, append by one
 * statement. A lost answer, of ours or of `append`, is simply judged again: what is in the log stays as it was decided.
 * Throws `Fault`: `forbidden` for another device's stream, `busy` when nothing could be decided.
 */
export async function judge(deps: JudgeDeps, carrier: Carrier, body: PushBody): Promise<Judgement> {
  if (body.schema > schemaNumber) return stopped({ code: 'server-too-old', seq: body.fromSeq })
  const received = body.commands.map((signed, i) =>
    raised(readCommand(signed, body.fromSeq + i, deps.hash(signed.env)), deps.upcasters ?? upcasters),
  )
  const kinds = [...(deps.aggregates ?? aggregates).keys()]
  const request = needsOf(received, { hallId: carrier.hallId, streamId: body.streamId, fromSeq: body.fromSeq, kinds })
  for (let tried = 0; tried < tries; tried += 1) {
    if (tried > 0) await deps.wait(Math.ceil(deps.random() * 10 * 2 ** tried))
    const done = await judgeOnce(deps, { carrier, received, request })
    if (done) return done
  }
  throw busy()
}

const busy = () => new Fault('busy', { headers: { 'Retry-After': '2' } })

function stopped(stop: Stop): Judgement {
  return { stop, touched: [], scopes: [], pos: null }
}

const ownerOf = ({ ownerId, id }: Carrier): string => ownerId ?? id

interface Push {
  readonly carrier: Carrier
  readonly received: readonly Received[]
  readonly request: LoadRequest
}

async function judgeOnce(deps: JudgeDeps, { carrier, received, request }: Push): Promise<Judgement | null> {
  const loaded = await loadFor(deps.store, request)
  const { stream } = loaded
  if (stream?.deviceId !== ownerOf(carrier)) throw new Fault('forbidden', { detail: '这条队列不属于本设备。' })
  const registers = { register: deps.register ?? commands, aggregates: deps.aggregates ?? aggregates }
  const tools = { hash: deps.hash, verify: await verifierFor(deps, received, loaded), ...registers }
  const judged = judgeBatch(tools, { carrier, received, request, loaded, stream, now: deps.now() })
  const pos = await append(deps.store, judged)
  if (judged.batch && pos === null) return null
  for (const alarm of judged.alarms) deps.alarm?.(alarm)
  const { stop, touched, scopes } = judged
  return { ...(stop ? { stop } : {}), touched, scopes, pos }
}

async function verifierFor(deps: JudgeDeps, received: readonly Received[], loaded: Loaded) {
  return deps.verifyAhead ? deps.verifyAhead(signedBy(received, loaded)) : deps.verify
}

/** The new commands beside the key of the grant each one names. */
function signedBy(received: readonly Received[], { stream, grants }: Loaded): SignedText[] {
  const keys = new Map(grants.map(({ id, publicKey }) => [id, publicKey]))
  return received.flatMap(({ seq, env, signed }) => {
    const publicKey = keys.get(env?.grantId ?? '')
    const isNew = seq > (stream?.lastSeq ?? 0)
    return isNew && publicKey !== undefined ? [{ publicKey, text: signed.env, sig: signed.sig }] : []
  })
}

async function loadFor(store: Store, request: LoadRequest): Promise<Loaded> {
  try {
    return await store.load(request)
  } catch (error) {
    if (error instanceof StoreUnavailable || error instanceof StoreConflict) throw busy()
    throw error
  }
}

// Null: somebody was first, or the answer was lost. Either way the next load shows what stands.
async function append(store: Store, { batch }: Judged): Promise<number | null> {
  try {
    return batch ? await store.append(batch) : null
  } catch (error) {
    if (error instanceof StoreConflict || error instanceof StoreUnavailable) return null
    throw error
  }
}
