import type { z } from 'zod'
import { localDay } from '../calendar/day.ts'
import { applyChanges, readPath } from './apply.ts'
import type { Json } from './canonical.ts'
import { anyKind, type AnyCommand, type CommandRegister, type Ctx, type Refs } from './command.ts'
import { actTime, type Envelope, type PiiValues } from './envelope.ts'
import { strangerTo } from './belongs.ts'
import { add, hasNoEffect, held, rejected, type Change, type Verdict } from './outcome.ts'
import { showPersonal } from './pii.ts'
import { releaseVerdict, withReleaseLine } from './release.ts'
import type { Role, RoleAt } from './roles.ts'
import { standsOn } from './turn-days.ts'

/** An aggregate as both sides hold it; null before it was made. */
export type Row = { ver: number; image: Record<string, Json> } | null

/** What the judge or the tablet knows of the actor: the grant's name and roles. */
export interface Actor {
  name: string
  roles: readonly RoleAt[]
}

/** One line of an aggregate's history, made by the kernel for every act that stands. */
export interface Act {
  cmdId: string
  type: string
  actorId: string
  actorName: string
  role: Role
  windowId: string | null
  deviceId: string
  at: number
  online: boolean
  outcome: 'applied' | 'merged' | 'conflict'
  /** State before the act, so that it can be taken back. */
  from: Json
}

/** The verdict, and the row after it. */
export interface Decision {
  verdict: Verdict
  row: Row
}

/** A command ready to be decided: its envelope, its personal values, its actor, the data it was made with. */
export interface Decidable {
  env: Envelope
  pii: PiiValues
  actor: Actor
  refs: Refs
  /** The command a release is about; only the server has it. */
  held?: Decidable
}

/**
 * Decide one command on one row: rights, arguments, precondition, the command's own rule, then the new image.
 * The same on tablet, server and in every rebase (I15). May throw what the rule throws: the caller parks it.
 */
export function decideCommand(register: CommandRegister, row: Row, cmd: Decidable): Decision {
  const def = definitionOf(register, cmd.env)
  if (!def) return stay(row, held('quarantine', { why: 'type' }))
  const missing = missingRight(def, row, { ...cmd.env, roles: cmd.actor.roles, today: localDay(actTime(cmd.env)) })
  if (missing) return stay(row, def.nature === 'fact' ? held('grant', missing) : noRight(missing, cmd.refs))
  return def.on === anyKind ? release(register, row, { cmd, def }) : decideBy(def, row, cmd)
}

/** The rule itself, for an actor whose right is settled. */
function decideBy(def: AnyCommand, row: Row, cmd: Decidable): Decision {
  if (!isOwnSheet(row, cmd.env)) return stay(row, held('quarantine', { why: 'item' }))
  const body = showPersonal({ args: cmd.env.args, seen: cmd.env.base.seen }, cmd.pii)
  const args = def.args.safeParse(body.args)
  if (!args.success) return stay(row, unreadable(args.error))
  if (def.creates !== (row === null)) return stay(row, misplaced(def))
  const ctx = contextOf(cmd, body.seen)
  return settle(row, def.decide(row?.image ?? null, args.data, ctx), { def, ctx })
}

/**
 * A held command is decided anew on what stands now. Whether its actor still had the right is what the supervisor
 * answers for, but a claim that no right of theirs ever covered is refused, as it would have been when it came. The act
 * keeps its own actor and time, and the supervisor's line stands behind it, both in one version.
 */
function release(register: CommandRegister, row: Row, { cmd, def }: { cmd: Decidable; def: AnyCommand }): Decision {
  const args = def.args.safeParse(cmd.env.args)
  if (!args.success) return stay(row, unreadable(args.error))
  const { held: about } = cmd
  if (!about) return stay(row, def.decide(null, args.data, contextOf(cmd, {})))
  const known = definitionOf(register, about.env)
  const missing = known?.nature === 'claim' && missingRight(known, row, { ...about.env, roles: about.actor.roles })
  if (missing) return stay(row, rejected({ code: 'held.right', facts: missing }))
  const decision = known ? decideBy(known, row, about) : stay(row, held('quarantine', { why: 'type' }))
  const { cmdId: released, reason } = args.data as { cmdId: string; reason: string }
  const verdict = releaseVerdict(decision.verdict, { released, reason })
  if (hasNoEffect(verdict.outcome)) return stay(row, verdict)
  const line = actOf(contextOf(cmd, {}), row, { type: def.type, outcome: verdict.outcome })
  return { verdict, row: withReleaseLine(decision.row, line) }
}

function stay(row: Row, verdict: Verdict): Decision {
  return { verdict, row }
}

function definitionOf(register: CommandRegister, { type, v, kind, nature }: Envelope): AnyCommand | undefined {
  const def = register.get(`${type}@${String(v)}`)
  return (def?.on === kind || def?.on === anyKind) && def.nature === nature ? def : undefined
}

/** Arguments its schema does not know: where, never what. */
function unreadable(error: z.ZodError): Verdict {
  return held('quarantine', { why: 'args', at: error.issues[0]?.path.join('.') ?? '' })
}

/** A case is judged by the sheet it was received under, whatever version the tablet names. */
function isOwnSheet(row: Row, { base, role }: Envelope): boolean {
  const itemId = row ? readPath(row.image, 'itemId') : undefined
  return typeof itemId !== 'string' || role === 'system' || base.ctxv.item === itemId
}

/** The sentence names the A-role by the hall's own word. */
function noRight(facts: Record<string, Json>, { profile }: Refs): Verdict {
  const word = facts.why === 'roleB' && profile ? { word: profile.settings.roleWord.value } : {}
  return rejected({ code: 'right.missing', facts: { ...facts, ...word } })
}

function misplaced(def: AnyCommand): Verdict {
  if (def.creates)
    return def.nature === 'fact' ? held('quarantine', { why: 'exists' }) : rejected({ code: 'aggregate.exists' })
  return def.nature === 'fact' ? held('depends') : rejected({ code: 'aggregate.missing' })
}

/** Who asks: the role and window they act at, and the roles of their grant. */
export interface Asking {
  role: Role
  windowId: string | null
  roles: readonly RoleAt[]
  /** The hall's day of the act; without it turns are not looked at. */
  today?: string
}

/** Why they may not do this, or undefined: role of the command, grant, hall's rule for the B-role, own window. */
export function missingRight(def: AnyCommand, row: Row, asking: Asking): Record<string, Json> | undefined {
  const { role, windowId, roles, today } = asking
  if (!def.by.includes(role)) return { why: 'role', role }
  if (role === 'system') return undefined
  const held = rightsAt(roles, asking)
  if (held.length === 0) return { why: 'grant', role }
  const rights = held.filter((right) => today === undefined || standsOn(right, today))
  if (rights.length === 0) return { why: 'turn' }
  if (rights.some((right) => right.mayNot?.includes(def.type))) return { why: 'roleB' }
  const why = row ? strangerTo(row.image, { windowId, unitIds: unitsOf(rights) }, def) : undefined
  return why && { why }
}

/** The rights a person acts by: of this role, at this window. */
function rightsAt(roles: readonly RoleAt[], { role, windowId }: Pick<Asking, 'role' | 'windowId'>): RoleAt[] {
  return roles.filter((held) => held.role === role && held.windowId === windowId)
}

function unitsOf(rights: readonly RoleAt[]): string[] {
  return rights.flatMap(({ unitId }) => (unitId === undefined ? [] : [unitId]))
}

function contextOf({ env, actor, refs }: Decidable, seen: Record<string, Json>): Ctx {
  const { cmdId, seq, hallId, aggId, actorId, role, windowId, deviceId, online } = env
  return {
    ...{ cmdId, seq, hallId, aggId, actorId, role, windowId, deviceId, online, seen, ...refs },
    actorName: actor.name,
    unitIds: unitsOf(rightsAt(actor.roles, { role, windowId })),
    at: actTime(env),
    atErr: env.offErr,
    baseVer: env.base.ver,
  }
}

function settle(row: Row, verdict: Verdict, { def, ctx }: { def: AnyCommand; ctx: Ctx }): Decision {
  if (hasNoEffect(verdict.outcome)) return { verdict, row }
  const changed = applyChanges(row?.image ?? null, verdict.changes)
  if (!changed) throw new Error(`${def.type} made no image`)
  const image = applyChanges(
    changed,
    historyChanges(changed, verdict, actOf(ctx, row, { type: def.type, outcome: verdict.outcome })),
  )
  return { verdict, row: { ver: (row?.ver ?? 0) + 1, image: image ?? changed } }
}

function actOf(ctx: Ctx, row: Row, { type, outcome }: Pick<Act, 'type' | 'outcome'>): Act {
  const { cmdId, actorId, actorName, role, windowId, deviceId, at, online } = ctx
  const from = (row ? readPath(row.image, 'state') : undefined) ?? null
  return { cmdId, type, actorId, actorName, role, windowId, deviceId, at, online, outcome, from }
}

/** Acts, flags and conflicts are kept by the image itself; data images (item, profile, …) keep none. */
function historyChanges(image: Record<string, Json>, verdict: Verdict, act: Act): Change[] {
  if (!Array.isArray(image.acts)) return []
  return [
    add('acts', act),
    ...verdict.flags.map((item) => add('flags', { ...item, act: act.cmdId, actorId: act.actorId, at: act.at })),
    ...verdict.conflicts.map((item) => add('conflicts', item)),
  ]
}
