import type { z } from 'zod'
import { readPath } from '../../shared/core/apply.ts'
import { canonicalJson, type Json } from '../../shared/core/canonical.ts'
import type { AnyCommand } from '../../shared/core/command.ts'
import {
  maxEnvelopeBytes,
  schemaNumber,
  type ContextVersions,
  type Envelope,
  type PiiValues,
} from '../../shared/core/envelope.ts'
import { decideCommand, type Row } from '../../shared/core/kernel.ts'
import { hasNoEffect, type Verdict } from '../../shared/core/outcome.ts'
import { hidePersonal, personalPlaces } from '../../shared/core/pii.ts'
import type { ActDraft, Actor, Commit, Mint } from './act-types.ts'
import type { Engine } from './engine.ts'
import { utf8 } from './bytes.ts'
import { estimate } from '../sync/clock.ts'
import type { StreamMeta } from './store.ts'
import { readSnapshot, saveActs, type Snapshot, type WrittenAct } from './commit-store.ts'

const attempts = 12

/**
 * Keep one tap: all its acts or none, in ONE strict transaction (P1, sync.md 2.1). Decides first, refuses invalid
 * input, missing rights, failed claims and what the lawful way does not offer; signs outside any transaction.
 * Throws `StorageFault` when the tablet cannot keep it: the act is then not done.
 */
export async function commitActs(engine: Engine, actor: Actor, drafts: readonly ActDraft[]): Promise<Commit> {
  if (!drafts.every((draft) => engine.register.has(keyOf(draft)))) await engine.wholeRegister?.()
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const snapshot = await readSnapshot(engine, drafts, attempt > 0)
    const decided = decideDrafts(engine, { actor, drafts, snapshot })
    if ('refused' in decided) {
      // Nobody is refused on what a tab remembers: another may have changed it.
      if (snapshot.isRemembered) continue
      return decided.refused
    }
    const written = await signAll(engine, actor, { snapshot, decided: decided.acts })
    if (await saveActs(engine, { snapshot, written, actor, n: decided.n })) {
      return {
        kept: true,
        acts: written.map(({ env, verdict }) => ({ cmdId: env.cmdId, seq: env.seq, aggId: env.aggId, verdict })),
      }
    }
  }
  throw new Error('the tablet is too busy to keep the act')
}

/** Where the register has the command of a draft. */
function keyOf({ type, v = 1 }: ActDraft): string {
  return `${type}@${String(v)}`
}

interface DecidedAct {
  env: Omit<Envelope, 'prev'>
  personal: readonly { key: string; value: string }[]
  verdict: Verdict
  row: Row
}

interface Plan {
  actor: Actor
  drafts: readonly ActDraft[]
  snapshot: Snapshot
}

/** Run every draft's rule over what the ones before it made; the first that does not pass stops the tap. */
function decideDrafts(engine: Engine, plan: Plan): { acts: DecidedAct[]; n: number } | { refused: Commit } {
  const rows = new Map(plan.snapshot.rows)
  const acts: DecidedAct[] = []
  let n = plan.snapshot.stream.n
  const mint: Mint = { lane: plan.snapshot.stream.lane, next: () => (n += 1) }
  for (const [index, draft] of plan.drafts.entries()) {
    const def = engine.register.get(keyOf(draft))
    if (!def) throw new Error(`no command ${draft.type}`)
    const args = def.args.safeParse(typeof draft.args === 'function' ? draft.args(mint) : draft.args)
    if (!args.success) return { refused: invalid(args.error) }
    const act = decideOne(engine, { ...plan, def, draft, index, rows }, args.data as Record<string, Json>)
    const refused = refusalOf(act.verdict)
    if (refused) return { refused }
    rows.set(draft.aggId, act.row)
    acts.push(act)
  }
  return { acts, n }
}

type Step = Plan & { def: AnyCommand; draft: ActDraft; index: number; rows: Map<string, Row> }

function decideOne(engine: Engine, step: Step, args: Record<string, Json>): DecidedAct {
  const { def, draft, snapshot, actor } = step
  const row = step.rows.get(draft.aggId) ?? null
  const refs = snapshot.refs(draft.itemId)
  const seen = Object.fromEntries(def.touches(args).map((path) => [path, (row && readPath(row.image, path)) ?? null]))
  const env = { ...header(engine, step), args, base: { ...baseOf(step), seen } }
  const grant = { name: actor.signer.grant.name, roles: actor.signer.grant.roles }
  // decided with an empty `prev`: no rule may look at the chain
  const decision = decideCommand(engine.register, row, { env: { ...env, prev: '' }, pii: {}, actor: grant, refs })
  return { env, personal: personalPlaces({ args, seen }, def.personal), verdict: decision.verdict, row: decision.row }
}

function baseOf({ draft, index, drafts, snapshot }: Step): { ver: number; after: number; ctxv: ContextVersions } {
  const earlier = drafts.findLastIndex((other, at) => at < index && other.aggId === draft.aggId)
  const standing = snapshot.views.get(draft.aggId)
  const after = earlier >= 0 ? snapshot.stream.nextSeq + earlier : ownSeq(standing?.after ?? 0, snapshot.stream)
  return { ver: standing?.ver ?? 0, after, ctxv: { ...snapshot.ctxv, item: draft.itemId } }
}

/** The seq of an act of this stream by its place; 0 for one of a former stream, which no seq of this one names. */
function ownSeq(ord: number, { ord0 }: StreamMeta): number {
  return Math.max(0, ord - (ord0 ?? 0))
}

function header(
  engine: Engine,
  { snapshot, actor, def, draft, index }: Step,
): Omit<Envelope, 'prev' | 'args' | 'base'> {
  const { device, stream } = snapshot
  return {
    ...{
      cmdId: engine.entropy.uuid(),
      deviceId: device.deviceId,
      streamId: stream.streamId,
      seq: stream.nextSeq + index,
    },
    ...{ type: def.type, v: def.v, nature: def.nature, hallId: device.hallId, kind: draft.kind, aggId: draft.aggId },
    ...{
      actorId: actor.signer.grant.actorId,
      role: actor.role,
      windowId: actor.windowId,
      grantId: actor.signer.grant.id,
    },
    ...{ shiftId: actor.shiftId, wall: Math.floor(engine.clock.wall()), mono: Math.floor(engine.clock.mono()) },
    ...{ boot: engine.clock.boot, ...estimate(snapshot.samples, engine.clock) },
    ...{ app: engine.app, schema: schemaNumber, online: engine.isOnline() },
    ...(draft.causedBy === undefined ? {} : { causedBy: draft.causedBy }),
  }
}

function invalid(error: z.ZodError): Commit {
  const [issue] = error.issues
  const facts = { at: issue?.path.join('.') ?? '', message: issue?.message ?? '' }
  return { kept: false, code: 'invalid', facts, flags: [] }
}

function refusalOf(verdict: Verdict): Commit | undefined {
  const stops = verdict.flags.filter((flag) => flag.stops)
  if (stops[0]) return { kept: false, code: stops[0].code, facts: stops[0].facts, flags: stops }
  if (!hasNoEffect(verdict.outcome)) return undefined
  const why = verdict.outcome === 'held' && verdict.code === 'grant' ? 'right.missing' : (verdict.code ?? 'quarantine')
  return { kept: false, code: why, facts: verdict.detail ?? {}, flags: [] }
}

/** Hide personal values, chain, hash and sign each act; nothing of this may run inside a transaction. */
async function signAll(
  engine: Engine,
  actor: Actor,
  plan: { snapshot: Snapshot; decided: DecidedAct[] },
): Promise<WrittenAct[]> {
  const written: WrittenAct[] = []
  let prev = plan.snapshot.stream.chainHead
  for (const act of plan.decided) {
    const { pii, hashes } = await saltAll(engine, act.personal)
    const { args, seen } = hidePersonal({ args: act.env.args, seen: act.env.base.seen }, hashes)
    const env: Envelope = { ...act.env, args, base: { ...act.env.base, seen }, prev }
    const text = canonicalJson(env)
    if (utf8(text).length > maxEnvelopeBytes) throw new Error('the act is too large to be sent')
    const [hash, sig] = await Promise.all([engine.entropy.sha256(text), actor.signer.sign(text)])
    written.push({ env, text, hash, sig, pii, verdict: act.verdict, row: act.row })
    prev = hash
  }
  return written
}

async function saltAll(
  engine: Engine,
  personal: DecidedAct['personal'],
): Promise<{ pii: PiiValues; hashes: Map<string, string> }> {
  const pii: PiiValues = {}
  const hashes = new Map<string, string>()
  for (const { key, value } of personal) {
    const salt = engine.entropy.salt()
    pii[key] = { salt, value }
    hashes.set(key, await engine.entropy.sha256(salt + value))
  }
  return { pii, hashes }
}
