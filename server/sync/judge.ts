import { aggregates } from '../../shared/aggregates.ts'
import { commands } from '../../shared/commands.ts'
import { schemaNumber } from '../../shared/core/envelope.ts'
import { hasNoEffect } from '../../shared/core/outcome.ts'
import { upcasters } from '../../shared/upcasters.ts'
import type { Stop } from '../../shared/wire/frame.ts'
import type { PushBody } from '../../shared/wire/push.ts'
import { judgeBatch } from './batch.ts'
import type { Carrier, Judged, JudgeDeps, Judgement, SignedText, Tools } from './judge-types.ts'
import { needsOf } from './needs.ts'
import { notOwn, openingOf, ownerOf, unopened, type Push } from './open-by-push.ts'
import { raised, readCommand, type Received } from './read-command.ts'
import { busy, loadFor, unlessMoved } from './store-answers.ts'
import type { Loaded } from './store-verbs.ts'

export type { Carrier, JudgeDeps, Judgement } from './judge-types.ts'

const tries = 6

/**
 * Judge a batch of one stream in its order (sync.md 3.1): load by one statement, decide in memory, append by one
 * statement. A lost answer, of ours or of `append`, is simply judged again: what is in the log stays as it was decided.
 * Throws `Fault`: `forbidden` for another device's stream, `busy` when nothing could be decided.
 */
export async function judge(deps: JudgeDeps, carrier: Carrier, body: PushBody): Promise<Judgement> {
  if (body.schema > schemaNumber) return stopped({ code: 'server-too-old', seq: body.fromSeq })
  const received = readAll(deps, body)
  const kinds = [...(deps.aggregates ?? aggregates).keys()]
  const request = needsOf(received, { hallId: carrier.hallId, ...placeOf(body), kinds })
  for (let tried = 0; tried < tries; tried += 1) {
    if (tried > 0) await deps.wait(Math.ceil(deps.random() * 10 * 2 ** tried))
    const done = await judgeOnce(deps, { carrier, received, request, opens: openingOf(body, tried) })
    if (done) return done
  }
  throw busy()
}

function stopped(stop: Stop): Judgement {
  return { stop, touched: [], scopes: [], pos: null, done: [] }
}

function readAll(deps: JudgeDeps, { commands: sent, fromSeq, prior }: PushBody): Received[] {
  const before = new Map((prior ?? []).map(({ seq, outcome, ver }) => [seq, { outcome, ver }]))
  return sent.map((signed, i) => {
    const seq = fromSeq + i
    const received = raised(readCommand(signed, seq, deps.hash(signed.env)), deps.upcasters ?? upcasters)
    return { ...received, prior: before.get(seq) ?? null }
  })
}

const placeOf = ({ streamId, branch, fromSeq }: PushBody) => ({ streamId, branch: branch ?? 0, fromSeq })

async function judgeOnce(deps: JudgeDeps, push: Push): Promise<Judgement | null> {
  const { carrier, received, request } = push
  const loaded = await loadFor(deps.store, request)
  const { stream } = loaded
  if (!stream) return unopened(deps, push)
  if (stream.deviceId !== ownerOf(carrier)) throw notOwn()
  const tools = await toolsFor(deps, received, loaded)
  const judged = judgeBatch(tools, { carrier, received, request, loaded, stream, now: deps.now() })
  const { batch } = judged
  const pos = batch ? await unlessMoved(() => deps.store.append(batch)) : null
  if (batch && pos === null) return null
  const { stop, touched, scopes, alarms } = judged
  for (const alarm of alarms) deps.alarm?.(alarm)
  return { ...(stop ? { stop } : {}), touched, scopes, pos, done: standing(judged) }
}

function standing({ batch }: Judged): Judgement['done'] {
  const log = batch?.log.filter(({ outcome }) => !hasNoEffect(outcome)) ?? []
  return log.map(({ kind, type, aggId }) => ({ kind, type, aggId }))
}

function registersOf(deps: JudgeDeps) {
  return {
    register: deps.register ?? commands,
    aggregates: deps.aggregates ?? aggregates,
    upcasters: deps.upcasters ?? upcasters,
  }
}

async function toolsFor(deps: JudgeDeps, received: readonly Received[], loaded: Loaded): Promise<Tools> {
  return { hash: deps.hash, verify: await verifierFor(deps, received, loaded), ...registersOf(deps) }
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
