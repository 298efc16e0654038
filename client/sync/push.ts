import { schemaNumber, type SignedCommand } from '../../shared/core/envelope.ts'
import { Frame, type Stop } from '../../shared/wire/frame.ts'
import { maxBatch, maxPushBytes, type PushBody } from '../../shared/wire/push.ts'
import { NetFault, type Engine } from '../local/engine.ts'
import { oldestOpen, serverMeta, streamMeta } from '../local/meta.ts'
import { settleFrame } from '../local/settle.ts'
import type { OutboxRow, ServerMeta, Tx } from '../local/store.ts'
import { sampleOf } from './clock.ts'
import { stopsPush } from './outdated.ts'

/** Room left in a push body for its frame around the commands. */
const frameRoom = 2_048

/** What one push did: nothing waits, some acts were answered, or the server stopped the stream. */
export type Pushed = { sent: number; settled: number; stop: Stop | null }

/**
 * Send the oldest undecided acts of this tablet's stream, in order, and take in the answer. Nothing leaves the
 * outbox but by a result that names it. Throws `NetFault`; two callers at once are harmless (I20).
 */
export async function pushOnce(engine: Engine): Promise<Pushed> {
  const batch = await engine.store.transact('read', ['meta', 'outbox', 'outcome', 'scope'], readBatch)
  if (!batch || batch.body.commands.length === 0) return { sent: 0, settled: 0, stop: null }
  const t0 = Math.floor(engine.clock.wall())
  const answer = Frame.safeParse(await engine.net.push({ ...batch.body, clock: { t0 } }))
  if (!answer.success) throw new NetFault('portal')
  const frame = answer.data
  const sample = sampleOf({ t0, ...frame.clock, t3: Math.floor(engine.clock.wall()) }, engine.clock)
  const settled = await settleFrame(engine, frame, {
    streamId: batch.body.streamId,
    scopes: batch.scopes,
    stamp: null,
    sample,
    cursorScopes: [],
    since: null,
  })
  if (frame.stop || batch.resends) await noteStop(engine, frame.stop ?? null)
  return { sent: batch.body.commands.length, settled, stop: frame.stop ?? null }
}

interface Batch {
  body: Omit<PushBody, 'clock'>
  scopes: string[]
  /** The server had asked to be sent again from an earlier seq. */
  resends: boolean
}

async function readBatch(tx: Tx): Promise<Batch | null> {
  const stream = await streamMeta(tx)
  const server = await serverMeta(tx)
  const oldest = (await tx.byIndex('outcome', 'state+seq', { prefix: ['pending'], limit: 1 }))[0]
  if (!stream || stopsPush(server.halted) || !oldest) return null
  const fromSeq = Math.min(oldest.seq, server.resendFrom ?? oldest.seq)
  const scopes = (await tx.all('scope')).map((row) => row.scope)
  const commands = await readCommands(tx, stream.streamId, { fromSeq, nextSeq: stream.nextSeq })
  const firstUnsettled = Math.min(fromSeq, (await oldestOpen(tx))?.seq ?? fromSeq)
  const body = { streamId: stream.streamId, fromSeq, schema: schemaNumber, firstUnsettled, commands }
  return { body, scopes, resends: server.resendFrom !== null }
}

/** A run of envelopes that fits one body, never skipping one. */
async function readCommands(
  tx: Tx,
  streamId: string,
  { fromSeq, nextSeq }: { fromSeq: number; nextSeq: number },
): Promise<SignedCommand[]> {
  const commands: SignedCommand[] = []
  let bytes = frameRoom
  for (let seq = fromSeq; seq < nextSeq && commands.length < maxBatch; seq += 1) {
    const act = await tx.get('outbox', [streamId, seq])
    if (!act) break
    const command = wireOf(act)
    bytes += new TextEncoder().encode(JSON.stringify(command)).length + 1
    if (bytes > maxPushBytes && commands.length > 0) break
    commands.push(command)
  }
  return commands
}

function wireOf({ env, sig, pii }: OutboxRow): SignedCommand {
  return Object.keys(pii).length > 0 ? { env, sig, pii } : { env, sig }
}

/** A gap is sent again from where the server stands; a fork or an older server halts the stream and is shown. */
async function noteStop(engine: Engine, stop: Stop | null): Promise<void> {
  await engine.store.transact('write', ['meta'], async (tx) => {
    const server = await serverMeta(tx)
    const next: ServerMeta = { ...server, resendFrom: stop?.code === 'gap' ? stop.seq : null }
    if (stop && stop.code !== 'gap') next.halted = stop.code
    if (next.resendFrom !== server.resendFrom || next.halted !== server.halted) await tx.put('meta', [next])
  })
  if (stop) engine.report(`push-${stop.code}`, { seq: stop.seq })
}
