import type { z } from 'zod'
import type { Calendar } from '../calendar/calendar.ts'
import type { Profile } from '../profiles/profile.ts'
import type { Json } from './canonical.ts'
import type { Verdict } from './outcome.ts'
import type { Role } from './roles.ts'

/** The versioned data a decision may rest on; `item` is the sheet version the case was received under. */
export interface Refs {
  profile: Profile | null
  item: unknown
  calendars: readonly Calendar[]
}

/** All a rule may know besides image and arguments: data of the command or versioned data both sides hold. */
export interface Ctx extends Refs {
  cmdId: string
  seq: number
  hallId: string
  aggId: string
  actorId: string
  actorName: string
  role: Role
  windowId: string | null
  /** The units whose part of a matter the actor's right is for; none with a right of a window or the whole hall. */
  unitIds: readonly string[]
  deviceId: string
  online: boolean
  /** Moment of the act, UTC ms, by the tablet's estimate of the server's clock. */
  at: number
  /** How far that estimate may be off, ms. */
  atErr: number
  baseVer: number
  seen: Record<string, Json>
}

/** One command of one aggregate (sync.md 1.2): its argument schema, who may do it, and the pure rule. */
export interface Command<Image = never, Args = never> {
  type: string
  v: number
  /** `fact`: happened at the window, recorded even against a rule. `claim`: exists only if the system says so. */
  nature: 'fact' | 'claim'
  on: string
  by: readonly Role[]
  /** Whether it makes the aggregate (image is null before). */
  creates: boolean
  args: z.ZodType<Args>
  /** Dotted paths in the arguments that hold personal values. */
  personal: readonly string[]
  /** The windows whose staff may do it; left out: the one the image names. An aggregate on its way has two. */
  homes?(image: Image): readonly string[]
  /** Whether a unit with a part of the matter (协办, 检查复核, 审批) may do it too, not only the matter's own window. */
  atStep: boolean
  /** Image paths it may change: their old values travel with the command as what the actor saw. */
  touches(args: Args): string[]
  decide(image: Image, args: Args, ctx: Ctx): Verdict
}

/** A command with its types forgotten, as the registers and the engines hold it. */
export type AnyCommand = Omit<Command, 'args' | 'homes' | 'touches' | 'decide'> & {
  args: z.ZodType
  homes?(image: unknown): readonly string[]
  touches(args: unknown): string[]
  decide(image: unknown, args: unknown, ctx: Ctx): Verdict
}

type Optional = 'creates' | 'personal' | 'atStep' | 'touches'

/** In place of a kind: the command is about a command, on whatever aggregate that one is. */
export const anyKind = '*'

/** Declare a command; what is left out: creates nothing, holds nothing personal, changes no scalar. */
export function command<Image, Args>(
  def: Omit<Command<Image, Args>, Optional> & Partial<Pick<Command<Image, Args>, Optional>>,
): Command<Image, Args> {
  return { creates: false, personal: [], atStep: false, touches: () => [], ...def }
}

/** One kind of aggregate: where an image is shown, sorted and found, derived from the image alone (sync.md 2, 4.2). */
export interface Aggregate<Image = never> {
  kind: string
  scopes(image: Image): string[]
  /** The list it stands in on the tablet. */
  shelf(image: Image): string
  /** Its place in that list: a moment, UTC ms. */
  at(image: Image): number
  /** What it can be looked up by: numbers, tickets. Never a personal value. */
  keys(image: Image): string[]
  /** The day it is promised for, pauses reckoned in as of `today`; null where nothing is promised. */
  dueOn?(image: Image, refs: Pick<Refs, 'profile' | 'calendars'>, today: string): string | null
}

/** An aggregate with its type forgotten. */
export interface AnyAggregate {
  kind: string
  scopes(image: unknown): string[]
  shelf(image: unknown): string
  at(image: unknown): number
  keys(image: unknown): string[]
  dueOn?(image: unknown, refs: Pick<Refs, 'profile' | 'calendars'>, today: string): string | null
}

/** Declare an aggregate for the register. */
export function aggregate<Image>(def: Aggregate<Image>): AnyAggregate {
  return def
}

/** Commands by type and version, as the register gives them to the engines. */
export type CommandRegister = ReadonlyMap<string, AnyCommand>

/** Gather commands of several rooms into a register; a type@v named twice is a bug. */
export function commandRegister(commands: readonly unknown[]): CommandRegister {
  const register = new Map<string, AnyCommand>()
  for (const entry of commands) {
    const def = entry as AnyCommand
    const key = `${def.type}@${String(def.v)}`
    if (register.has(key)) throw new Error(`command ${key} is registered twice`)
    register.set(key, def)
  }
  return register
}
