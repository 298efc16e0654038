import { schemaNumber, type SignedCommand } from '../../shared/core/envelope.ts'
import { Frame, type Stop } from '../../shared/wire/frame.ts'
import { maxBatch, maxPushBytes, type PriorResult, type PushBody } from '../../shared/wire/push.ts'
import { NetFault, type Engine } from '../local/engine.ts'
import { deviceMeta, serverMeta, streamMeta } from '../local/meta.ts'
import { beginEpoch, isBehind, type Known } from '../local/new-epoch.ts'
import { branchOff } from '../local/new-stream.ts'
import { askingOf, type Asking, type StreamPlace } from '../local/order.ts'
import { settleFrame } from '../local/settle.ts'
import type { OutboxRow, ServerMeta, Tx } from '../local/store.ts'
import { beginExchange, sampleOf, type Begun } from './clock.ts'
import { stopsPush } from './outdated.ts'
import { addressOf, owesLook, recheckPlaces } from './recheck.ts'

/** Room left in a push body for its frame around the commands. */
const frameRoom = 2_048
const readTables = ['meta', 'outbox', 'outcome', 'scope'] as const

/** What one push did: nothing waits, some acts were answered, or the server stopped the stream. */
export type Pushed = { sent: number; settled: number; stop: Stop | null }

/**
 * Send the oldest undecided acts of this tablet, in order and of one stream, and take in the answer. Nothing leaves the
 * outbox but by a result that names it. Throws `NetFault`; two callers at once are harmless (I20).
 */
export async function pushOnce(engine: Engine): Promise<Pushed> {
  const batch = await nextBatch(engine)
  if (!batch || batch.body.commands.length === 0) return { sent: 0, settled: 0, stop: null }
  const begun = beginExchange(engine.clock)
  const frame = await exchange(engine, batch.body, begun)
  const sent = batch.body.commands.length
  if (isBehind(frame, batch.known)) {
    await beginEpoch(engine, frame, batch.known)
    return { sent, settled: 0, stop: null }
  }
  const sample = sampleOf(begun, frame.clock, engine.clock)
  const { scopes, known } = batch
  const asked = { ...known, scopes, stamp: null, sample, cursorScopes: [], since: null }
  const settled = await settleFrame(engine, frame, asked)
  if (frame.stop) await noteStop(engine, batch.known, frame.stop)
  return { sent, settled, stop: (await goesOn(engine, frame.stop)) ? null : (frame.stop ?? null) }
}

/** After a restore the other streams are looked up first: what the server lacks of them goes before (R13). */
async function nextBatch(engine: Engine): Promise<Batch | null> {
  const batch = await engine.store.transact('read', readTables, readBatch)
  if (!batch?.owesLook) return batch
  await recheckPlaces(engine)
  return engine.store.transact('read', readTables, readBatch)
}

async function exchange(engine: Engine, body: Omit<PushBody, 'clock'>, { t0 }: Begun): Promise<Frame> {
  const answer = Frame.safeParse(await engine.net.push({ ...body, clock: { t0 } }))
  if (!answer.success) throw new NetFault('portal')
  return answer.data
}

interface Batch {
  body: Omit<PushBody, 'clock'>
  scopes: string[]
  known: Known
  owesLook: boolean
}

async function readBatch(tx: Tx): Promise<Batch | null> {
  const [device, stream, server] = [await deviceMeta(tx), await streamMeta(tx), await serverMeta(tx)]
  if (!device || !stream || stopsPush(server.halted)) return null
  const asking = await askingOf(tx, stream)
  const scopes = (await tx.all('scope')).map((row) => row.scope)
  const acts = await readActs(tx, asking)
  const { streamId, branch, next, acked } = asking
  const prior = server.life ? await readPriors(tx, acts) : []
  const body = {
    ...addressOf({ streamId, branch }, stream),
    ...{ fromSeq: next, schema: schemaNumber, firstUnsettled: next, commands: acts.map(wireOf) },
    ...(prior.length > 0 ? { prior } : {}),
  }
  return {
    body,
    scopes,
    owesLook: owesLook(server),
    known: { streamId, branch, acked, epoch: server.epoch, since: null },
  }
}

/** A run of envelopes that fits one body, never skipping one. */
async function readActs(tx: Tx, { streamId, next, until }: Asking): Promise<OutboxRow[]> {
  const acts: OutboxRow[] = []
  let bytes = frameRoom
  for (let seq = next; seq < until && acts.length < maxBatch; seq += 1) {
    const act = await tx.get('outbox', [streamId, seq])
    if (!act) break
    bytes += new TextEncoder().encode(JSON.stringify(wireOf(act))).length + 1
    if (bytes > maxPushBytes && acts.length > 0) break
    acts.push(act)
  }
  return acts
}

function wireOf({ env, sig, pii }: OutboxRow): SignedCommand {
  return Object.keys(pii).length > 0 ? { env, sig, pii } : { env, sig }
}

/** What had been decided of acts that a restored server lacks (sync.md 3.5). */
async function readPriors(tx: Tx, acts: readonly OutboxRow[]): Promise<PriorResult[]> {
  const outcomes = await tx.getMany(
    'outcome',
    acts.map((act) => act.cmdId),
  )
  return outcomes.flatMap((act) =>
    act?.prior ? [{ seq: act.seq, outcome: act.prior.outcome, ver: act.prior.ver }] : [],
  )
}

/** A fork is branched off, and sending goes on; without a lane for it, or with an older server, the stream halts. */
async function noteStop(engine: Engine, place: StreamPlace, stop: Stop): Promise<void> {
  engine.report(`push-${stop.code}`, { seq: stop.seq })
  if (stop.code === 'gap') return lookUpStems(engine, place)
  if (stop.code === 'fork' && (await branchOff(engine, place, stop.seq))) return
  const halted = stop.code
  await engine.store.transact('write', ['meta'], async (tx) => {
    const server = await serverMeta(tx)
    if (server.halted !== halted) await tx.put('meta', [{ ...server, halted }])
  })
}

async function goesOn(engine: Engine, stop: Stop | undefined): Promise<boolean> {
  if (stop?.code !== 'fork') return false
  return (await engine.store.transact('read', ['meta'], serverMeta)).halted === null
}

/** The server lacks the act that a branch begins behind: what it has of the branches before is not known any more. */
async function lookUpStems(engine: Engine, { streamId, branch }: StreamPlace): Promise<void> {
  await engine.store.transact('write', ['meta'], async (tx) => {
    const server = await serverMeta(tx)
    const recheck: ServerMeta['recheck'] = []
    for (let stem = 0; stem < branch; stem += 1) recheck.push({ streamId, branch: stem })
    if (recheck.length > 0) await tx.put('meta', [{ ...server, recheck }])
  })
}
