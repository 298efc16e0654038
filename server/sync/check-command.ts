import type { Calendar } from '../../shared/calendar/calendar.ts'
import { laneOf } from '../../shared/core/case-number.ts'
import type { Refs } from '../../shared/core/command.ts'
import type { Envelope } from '../../shared/core/envelope.ts'
import type { Actor } from '../../shared/core/kernel.ts'
import { held, rejected, type Verdict } from '../../shared/core/outcome.ts'
import { isHiddenRight, piiRefs } from '../../shared/core/pii.ts'
import type { Profile } from '../../shared/profiles/profile.ts'
import type { Interval } from './act-interval.ts'
import type { Bench, Tools } from './judge-types.ts'
import { numberOf, refsOf } from './needs.ts'
import type { Received } from './read-command.ts'
import { aggKey, type AggRef, type StoredGrant } from './store-verbs.ts'

/** What is known of a command before its rule is asked: a verdict if it may not be asked, else actor and versioned data. */
export interface Checked {
  readonly verdict: Verdict | null
  /** Whether the signature proved who did it. */
  readonly isSigned: boolean
  readonly actor: Actor | null
  readonly refs: Refs
}

const noRefs: Refs = { profile: null, item: null, calendars: [] }

/**
 * Check a command's bytes, place, chain, personal values, signature and grant. Every failure is an outcome of this
 * command: the stream goes on (sync.md 3.1).
 */
export function checkCommand(bench: Bench, received: Received, interval: Interval): Checked {
  const { env } = received
  if (!env) return parked(held('quarantine', { why: received.fault ?? 'fields' }), false)
  const fault = placeFault(bench, received, env) ?? piiFault(bench, received, env)
  if (fault) return parked(held('quarantine', { why: fault }), false)
  const signer = signerOf(bench, received, env)
  if (!signer) return parked(held('quarantine', { why: 'signature' }), false)
  const kept = numberFault(bench, env) ?? kindFault(bench, env) ?? refsFault(bench, env)
  if (kept) return parked(held('quarantine', { why: kept }), true)
  const lapsed = grantFault(bench, signer, { env, interval })
  if (lapsed) return parked(lapsed, true)
  return { verdict: null, isSigned: true, actor: signer.actor, refs: refsFor(bench, env) }
}

function parked(verdict: Verdict, isSigned: boolean): Checked {
  return { verdict, isSigned, actor: null, refs: noRefs }
}

/** Whether it is this device's next act, linked to the one before, and not one that is in the log already. */
function placeFault({ attempt, chain, cmdIds }: Bench, { seq }: Received, env: Envelope): string | null {
  const { carrier, request, stream } = attempt
  const isHere = env.streamId === request.streamId && env.seq === seq && env.hallId === carrier.hallId
  if (!isHere || env.deviceId !== stream.deviceId) return 'address'
  if (env.prev !== chain) return 'chain'
  return cmdIds.has(env.cmdId) ? 'cmdId' : null
}

/**
 * Each reference must be the hash of its salt and value, stand where the command holds a personal value, and no value
 * may travel that the envelope does not name.
 */
function piiFault({ tools }: Bench, { signed, sent }: Received, env: Envelope): string | null {
  const def = definitionOf(tools, env)
  if (def && !isHiddenRight({ args: env.args, seen: env.base.seen }, def.personal)) return 'pii'
  const pii = signed.pii ?? {}
  const refs = [...piiRefs(sent?.args), ...piiRefs(sent?.base.seen)]
  const isTrue = refs.every(({ pii: key, h }) => {
    const value = Object.hasOwn(pii, key) ? pii[key] : undefined
    return value !== undefined && tools.hash(value.salt + value.value) === h
  })
  const named = new Set(refs.map((ref) => ref.pii))
  return isTrue && Object.keys(pii).every((key) => named.has(key)) ? null : 'pii'
}

interface Signer {
  readonly actor: Actor
  readonly grant: StoredGrant | null
}

/** Who signed, proved by the key of the grant the command names; the server's own stream signs by the server's key. */
function signerOf(bench: Bench, { signed }: Received, env: Envelope): Signer | null {
  const { carrier, loaded } = bench.attempt
  if (carrier.serverKey !== undefined) return systemSigner(bench, signed, env)
  const grant = loaded.grants.find((one) => one.id === env.grantId)
  if (!grant || env.role === 'system' || grant.deviceId !== env.deviceId || grant.actorId !== env.actorId) return null
  if (!bench.tools.verify(grant.publicKey, signed.env, signed.sig)) return null
  return { actor: { name: grant.displayName, roles: grant.roles as Actor['roles'] }, grant }
}

function systemSigner({ tools, attempt }: Bench, signed: Received['signed'], env: Envelope): Signer | null {
  const isSystem = env.role === 'system' && env.actorId === `system:${env.hallId}`
  const isTrue = isSystem && tools.verify(attempt.carrier.serverKey, signed.env, signed.sig)
  return isTrue ? { actor: { name: '系统', roles: [] }, grant: null } : null
}

/** I17: a number is printed once, and only from the lane of the stream that prints it. */
function numberFault({ attempt, numbers }: Bench, env: Envelope): string | null {
  const number = numberOf(env)
  if (number === null) return null
  if (laneOf(number) !== attempt.stream.lane) return 'lane'
  return numbers.has(number) ? 'number' : null
}

const ofHall: ReadonlySet<string> = new Set(['supervisor', 'admin', 'system'])

/** An id names one thing in the hall, whatever its kind: tablets keep their rows by id alone (T2). */
function kindFault({ rows, tools }: Bench, { kind, aggId, role }: Envelope): string | null {
  // Rules to come (`nbu@2`) and lapses (`<matter>:3:<person>`) have ids that anybody can foresee: a window that took one
  // would keep them from being published, or from being held against its own people.
  const isTheirs = ofHall.has(role) || rows.get(aggKey({ kind, id: aggId }))
  if (!isTheirs && /[@:]/.test(aggId)) return 'exists'
  const others = [...tools.aggregates.keys()].filter((other) => other !== kind)
  return others.some((other) => rows.get(aggKey({ kind: other, id: aggId }))) ? 'exists' : null
}

function refsFault({ rows }: Bench, env: Envelope): string | null {
  return refsOf(env).every((ref) => rows.get(aggKey(ref))) ? null : 'ctxv'
}

function definitionOf({ register }: Tools, { type, v }: Envelope) {
  return register.get(`${type}@${String(v)}`)
}

/**
 * The right must have stood to the end of the act's interval; a revoked device or a closed queue changes nothing (P12, T3). The end of a
 * grant by itself does not reach back: what was done before it may come late. A clock that puts the act before the
 * grant is wrong for certain, since the grant's key signed it: that holds nothing (I19).
 */
function grantFault(bench: Bench, { grant }: Signer, act: { env: Envelope; interval: Interval }): Verdict | null {
  const { carrier, stream, now } = bench.attempt
  if (carrier.revokedAt !== null) return held('grant', { why: 'device' })
  if (stream.closedAt !== null) return held('grant', { why: 'closed' })
  if (!grant) return null
  if (grant.revokedAt !== null && now >= grant.revokedAt) return endedFault(bench, grant.revokedAt, act)
  return act.interval.hi > grant.toAt ? held('grant', { why: 'time' }) : null
}

/**
 * Somebody ended this right before the act came here (F42): a claimed time alone proves nothing, so what may have been
 * done before the end goes to the supervisor. What was certainly done after it is refused; a fact is never refused but
 * held, since it happened (sync.md 1.3, 3.4).
 */
function endedFault({ tools }: Bench, endedAt: number, { env, interval }: { env: Envelope; interval: Interval }) {
  if (interval.lo < endedAt) return held('grant', { why: 'revoked' })
  const isClaim = definitionOf(tools, env)?.nature === 'claim'
  return isClaim ? rejected({ code: 'right.missing', facts: { why: 'ended' } }) : held('grant', { why: 'ended' })
}

/** The versioned data as it stands in the working copy: an earlier command of the batch may have made it. */
export function refsFor({ rows }: Bench, { base: { ctxv } }: Envelope): Refs {
  const image = (ref: AggRef): unknown => rows.get(aggKey(ref))?.image ?? null
  return {
    profile: ctxv.profile === null ? null : (image({ kind: 'profile', id: ctxv.profile }) as Profile),
    item: ctxv.item === null ? null : image({ kind: 'item', id: ctxv.item }),
    calendars: ctxv.calendars.map((id) => image({ kind: 'calendar', id }) as Calendar),
  }
}
