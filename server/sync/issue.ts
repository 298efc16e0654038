import { randomBytes, randomUUID } from 'node:crypto'
import { canonicalJson, type Json } from '../../shared/core/canonical.ts'
import {
  schemaNumber,
  type ContextVersions,
  type Envelope,
  type PiiValues,
  type SignedCommand,
} from '../../shared/core/envelope.ts'
import { commands } from '../../shared/commands.ts'
import { hidePersonal, personalPlaces } from '../../shared/core/pii.ts'
import { maxBatch } from '../../shared/wire/push.ts'
import { keepSystemDevice, type ServerKey } from '../db/hall-queries.ts'
import { openStream } from '../db/store.ts'
import { Fault } from '../http/fault.ts'
import type { Deps } from '../http/env.ts'
import { sha256Hex, signP256 } from './crypto.ts'
import { judge } from './judge.ts'
import { uuidOf } from './log-entry.ts'
import { nodeJudge } from './node-judge.ts'
import { serverKey } from './server-key.ts'
import type { StoredResult, StreamState } from './store-verbs.ts'
import type { Wake } from './wake.ts'

/** What the server itself does: the same commands, in the stream `system:<hall>` (sync.md 1.2). */
export interface SystemAct {
  readonly type: string
  readonly v: number
  readonly kind: string
  readonly aggId: string
  readonly args: Record<string, Json>
  readonly seen?: Record<string, Json>
  readonly ctxv?: ContextVersions
  readonly causedBy?: string
}

/** What issuing needs; with `wake`, tablets hear of it at once. */
export type IssueDeps = Pick<Deps, 'db' | 'store' | 'now' | 'log'> & { readonly wake?: Pick<Wake, 'appended'> }

interface SystemStream {
  readonly hallId: string
  readonly deviceId: string
  readonly streamId: string
  readonly key: ServerKey
}

const noVersions: ContextVersions = { profile: null, item: null, calendars: [] }
const tries = 8

/**
 * Do acts as `system:<hall>`, in order, judged like anyone's; returns their outcomes. Another instance may issue at the
 * same moment: then the envelopes are made and signed anew behind its own. The hall must be open.
 */
export async function issueAsSystem(
  deps: IssueDeps,
  hallId: string,
  acts: readonly SystemAct[],
): Promise<StoredResult[]> {
  const stream = await systemStream(deps, hallId)
  const results: StoredResult[] = []
  for (let from = 0; from < acts.length; from += maxBatch) {
    const named = acts.slice(from, from + maxBatch).map((act) => ({ act, cmdId: randomUUID() }))
    results.push(...(await issueBatch(deps, stream, named)))
  }
  return results
}

/** Device and stream have ids made from the hall's, so that two instances open the same one. */
async function systemStream({ db }: IssueDeps, hallId: string): Promise<SystemStream> {
  const deviceId = uuidOf(sha256Hex(`device system:${hallId}`))
  const streamId = uuidOf(sha256Hex(`stream system:${hallId}`))
  await keepSystemDevice(db, { hallId, id: deviceId, tokenHash: `none:${deviceId}` })
  await openStream(db, { hallId, streamId, branch: 0, deviceId, lane: null })
  return { hallId, deviceId, streamId, key: await serverKey(db, hallId) }
}

interface NamedAct {
  readonly act: SystemAct
  readonly cmdId: string
}

async function issueBatch(deps: IssueDeps, stream: SystemStream, acts: readonly NamedAct[]): Promise<StoredResult[]> {
  for (let tried = 0; tried < tries; tried += 1) {
    const last = await lastOf(deps, stream)
    const fromSeq = last.lastSeq + 1
    const signed = signAll({ deps, stream, last }, acts)
    const t0 = deps.now()
    const body = { streamId: stream.streamId, fromSeq, schema: schemaNumber, clock: { t0 }, firstUnsettled: fromSeq }
    const carrier = { id: stream.deviceId, hallId: stream.hallId, revokedAt: null, serverKey: stream.key.publicJwk }
    const { stop, pos } = await judge(nodeJudge(deps), carrier, { ...body, commands: signed })
    if (stop) continue
    if (pos !== null) deps.wake?.appended(stream.hallId, pos)
    return (await loadSeqs(deps, stream, { from: fromSeq, to: last.lastSeq + acts.length })).results.slice()
  }
  throw new Fault('busy')
}

function loadSeqs({ store }: IssueDeps, { hallId, streamId }: SystemStream, seqs: { from: number; to: number }) {
  return store.load({ hallId, streamId, branch: 0, aggs: [], grantIds: [], cmdIds: [], numbers: [], seqs })
}

async function lastOf(deps: IssueDeps, stream: SystemStream): Promise<StreamState> {
  const { stream: state } = await loadSeqs(deps, stream, { from: 1, to: 0 })
  if (!state) throw new Error('the stream of the system is not open')
  return state
}

interface Signing {
  readonly deps: IssueDeps
  readonly stream: SystemStream
  readonly last: StreamState
}

function signAll({ deps, stream, last }: Signing, acts: readonly NamedAct[]): SignedCommand[] {
  const signed: SignedCommand[] = []
  let prev = last.chain
  for (const [index, named] of acts.entries()) {
    const { act, pii } = hidden(named.act)
    const at = { seq: last.lastSeq + 1 + index, prev, now: deps.now() }
    const env = canonicalJson(envelopeOf(stream, { ...named, act }, at))
    signed.push({ env, sig: signP256(stream.key.privateJwk, env), ...(pii ? { pii } : {}) })
    prev = sha256Hex(env)
  }
  return signed
}

/** Personal values ride beside the envelope, as a tablet's do, so that they can be erased (sync.md 1.4). */
function hidden(act: SystemAct): { act: SystemAct; pii?: PiiValues } {
  const def = commands.get(`${act.type}@${String(act.v)}`)
  const body = { args: act.args, seen: act.seen ?? {} }
  const places = personalPlaces(body, def?.personal ?? [])
  if (places.length === 0) return { act }
  const salted = places.map(({ key, value }) => ({ key, value, salt: randomBytes(16).toString('base64url') }))
  const hashes = new Map(salted.map(({ key, value, salt }) => [key, sha256Hex(salt + value)]))
  const pii = Object.fromEntries(salted.map(({ key, value, salt }) => [key, { salt, value }]))
  return { act: { ...act, ...hidePersonal(body, hashes) }, pii }
}

function envelopeOf(
  { hallId, deviceId, streamId }: SystemStream,
  { act, cmdId }: NamedAct,
  { seq, prev, now }: { seq: number; prev: string; now: number },
): Envelope {
  const { type, v, kind, aggId, args, seen, ctxv, causedBy } = act
  const def = commands.get(`${type}@${String(v)}`)
  if (!def) throw new Error(`${type} is not a command the system does`)
  return {
    ...{ cmdId, deviceId, streamId, seq, type, v, nature: def.nature, hallId, kind, aggId, args },
    base: { ver: 0, after: 0, seen: seen ?? {}, ctxv: ctxv ?? noVersions },
    ...{ actorId: `system:${hallId}`, role: 'system', windowId: null, grantId: null, shiftId: null },
    ...{
      wall: now,
      mono: 0,
      boot: 'server',
      off: 0,
      offErr: 0,
      app: 'server',
      schema: schemaNumber,
      online: true,
      prev,
    },
    ...(causedBy === undefined ? {} : { causedBy }),
  }
}
