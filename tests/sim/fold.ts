import { canonicalJson } from '../../shared/core/canonical.ts'
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

/** Decide one act over a row with the shared rules, as the invariants' own model does; null when the rule throws. */
export function decideAct(db: MemoryDb, row: Row, { env, pii, actor }: Act): Decision | null {
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

/** Whether two images are the same bytes. */
export function isSame(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b) || canonicalJson(a) === canonicalJson(b)
}
