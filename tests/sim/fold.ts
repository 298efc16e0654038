import { commands } from '../../shared/commands.ts'
import type { Refs } from '../../shared/core/command.ts'
import type { Envelope, PiiValues } from '../../shared/core/envelope.ts'
import { decideCommand, type Actor, type Decision, type Row } from '../../shared/core/kernel.ts'
import type { MemoryDb } from './memory-db.ts'

/** An act as text and what is needed to decide it. */
export interface Act {
  env: string
  pii: PiiValues
  actor: Actor
}

const parsed = new Map<string, Envelope>()

/** The envelope of a text; each text is read once. */
export function envelopeOf(text: string): Envelope {
  const held = parsed.get(text) ?? (JSON.parse(text) as Envelope)
  if (parsed.size > 2_000) parsed.clear()
  parsed.set(text, held)
  return held
}

/** What was decided before, by image and act: an image is never changed in place, a rule looks at nothing else. */
const decided = new WeakMap<object, Map<string, Decision | null>>()
const unborn = {}

/** Decide one act over a row with the shared rules, as the invariants' own model does; null when the rule throws. */
export function decideAct(db: MemoryDb, row: Row, act: Act): Decision | null {
  const place = row?.image ?? unborn
  const known = decided.get(place) ?? new Map<string, Decision | null>()
  decided.set(place, known)
  if (known.size > 100) known.clear()
  const roles = act.actor.roles.map(({ role, windowId }) => `${role}@${String(windowId)}`).join(' ')
  const key = `${row?.ver ?? 0} ${act.actor.name} ${roles} ${act.env}`
  const held = known.get(key)
  if (held !== undefined) return held
  const fresh = decideAnew(db, row, act)
  known.set(key, fresh)
  return fresh
}

function decideAnew(db: MemoryDb, row: Row, { env, pii, actor }: Act): Decision | null {
  const envelope = envelopeOf(env)
  try {
    return decideCommand(commands, row, { env: envelope, pii, actor, refs: refsOf(db, envelope) })
  } catch {
    return null
  }
}

function refsOf(db: MemoryDb, { base: { ctxv } }: Envelope): Refs {
  const image = (kind: string, id: string | null) =>
    id === null ? null : (db.images.get(`${kind}:${id}`)?.image ?? null)
  return {
    profile: image('profile', ctxv.profile) as Refs['profile'],
    item: image('item', ctxv.item),
    calendars: ctxv.calendars.map((id) => image('calendar', id) as Refs['calendars'][number]),
  }
}

/** Whether two images are the same bytes as canonical text, whatever the order of their keys. */
export function isSame(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (a === null || b === null || typeof a !== 'object' || typeof b !== 'object') return false
  if (Array.isArray(a) !== Array.isArray(b)) return false
  const [x, y] = [a as Record<string, unknown>, b as Record<string, unknown>]
  const keys = Object.keys(x)
  if (keys.length !== Object.keys(y).length) return false
  return keys.every((key) => Object.hasOwn(y, key) && isSame(x[key], y[key]))
}
