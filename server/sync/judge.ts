import type { AnyAggregate, CommandRegister } from '../../shared/core/command.ts'
import { aggregates } from '../../shared/aggregates.ts'
import { commands } from '../../shared/commands.ts'
import { schemaNumber } from '../../shared/core/envelope.ts'
import type { Stop } from '../../shared/wire/frame.ts'
import type { PushBody } from '../../shared/wire/push.ts'
import { judgeBatch, type Judged } from './batch.ts'
import { needsOf } from './needs.ts'
import { readCommand, type Received } from './read-command.ts'
import { SyncRefusal } from './refusal.ts'
import { StoreConflict, StoreUnavailable, type AggRef, type Loaded, type LoadRequest, type Store } from './store-verbs.ts'

/** All the judge touches outside itself, so that the simulator runs the very same code. */
export interface JudgeDeps {
  readonly store: Store
  /** SHA-256 of a text, lower-case hex. */
  hash(text: string): string
  /** ECDSA P-256 over the text's bytes, raw r‖s in base64url; false for anything else. */
  verify(publicKey: unknown, text: string, sig: string): boolean
  now(): number
  random(): number
  wait(ms: number): Promise<void>
  /** Told of every crash and quarantine; never with personal values. */
  alarm?(event: string, facts: Record<string, string | number>): void
  readonly register?: CommandRegister
  readonly aggregates?: ReadonlyMap<string, AnyAggregate>
}

/** Who carries a batch: the enrolled device, by its token. `serverKey` is set for the server's own stream alone. */
export interface Carrier {
  readonly id: string
  readonly hallId: string
  readonly revokedAt: number | null
  readonly serverKey?: unknown
}

/** What became of a push: where reading stopped, what it touched (for the frame), and the hall's position if it moved. */
export interface Judgement {
  readonly stop?: Stop
  readonly touched: readonly AggRef[]
  /** Scopes the touched images stand in. */
  readonly scopes: readonly string[]
  readonly pos: number | null
}

const tries = 6

/**
 * Judge a batch of one stream in its order (sync.md 3.1): load by one statement, decide in memory, append by one
 * statement. A lost answer, of ours or of `append`, is simply judged again: what is in the log stays as it was decided.
 */
export async function judge(deps: JudgeDeps, carrier: Carrier, body: PushBody): Promise<Judgement> {
  if (body.schema > schemaNumber) return stopped({ code: 'server-too-old', seq: body.fromSeq })
  const received = body.commands.map((signed, i) => readCommand(signed, body.fromSeq + i, deps.hash(signed.env)))
  const request = needsOf(received, { hallId: carrier.hallId, streamId: body.streamId, fromSeq: body.fromSeq })
  for (let tried = 0; tried < tries; tried += 1) {
    if (tried > 0) await deps.wait(Math.ceil(deps.random() * 20 * 2 ** tried))
    const done = await judgeOnce(deps, { carrier, received, request })
    if (done) return done
  }
  throw busy()
}

const busy = () => new SyncRefusal('busy', '系统正忙，已保存在本机，稍后会自动再传。', 2)

function stopped(stop: Stop): Judgement {
  return { stop, touched: [], scopes: [], pos: null }
}

interface Push {
  readonly carrier: Carrier
  readonly received: readonly Received[]
  readonly request: LoadRequest
}

async function judgeOnce(deps: JudgeDeps, { carrier, received, request }: Push): Promise<Judgement | null> {
  const loaded = await loadFor(deps.store, request)
  const { stream } = loaded
  if (stream?.deviceId !== carrier.id) throw new SyncRefusal('forbidden', '这条队列不属于本设备。')
  const registers = { register: deps.register ?? commands, aggregates: deps.aggregates ?? aggregates }
  const judged = judgeBatch({ ...deps, ...registers }, { carrier, received, request, loaded, stream, now: deps.now() })
  const pos = judged.batch ? await append(deps.store, judged) : null
  if (judged.batch && pos === null) return null
  for (const { event, facts } of judged.alarms) deps.alarm?.(event, facts)
  return {
    ...(judged.stop ? { stop: judged.stop } : {}),
    touched: request.aggs.filter(({ kind, id }) => judged.touched.has(`${kind}:${id}`)),
    scopes: [...judged.scopes],
    pos,
  }
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
