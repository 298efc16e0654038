import { readPath } from './apply.ts'
import { canonicalJson, type Json } from './canonical.ts'
import type { Ctx } from './command.ts'
import {
  applied,
  contended,
  merged,
  rejected,
  set,
  type Change,
  type Conflict,
  type ConflictSide,
  type Flag,
  type Outcome,
  type Verdict,
} from './outcome.ts'

/**
 * One line of the table of sync.md §6: how a command meets another whose effect its author had not seen. `ends` is the
 * outcome of the one that comes second; with `flagged` it carries that flag.
 */
export interface MergeRule {
  command: string
  field: string
  /** The command that came first. */
  against: string
  /** What sets this line apart from others of the two, in words. */
  when: string
  rule: 'append' | 'merge' | 'both' | 'firstWins' | 'person'
  who: 'auto' | 'person' | 'supervisor'
  ends: Exclude<Outcome, 'held'>
  flagged?: string
}

/** The one rule of a line where only one of two can stand: the second is refused and says why. */
export const firstWins: Pick<MergeRule, 'rule' | 'who' | 'ends'> = { rule: 'firstWins', who: 'auto', ends: 'rejected' }

/** A line whose commands come with a later issue: listed, so that whoever builds them finds the rule; not built. */
export type LaterRule = Pick<MergeRule, 'field' | 'when' | 'rule' | 'who'> & { issue: 'C' | 'D'; rows: string }

/** What a command brings to a line of the table. */
export interface Meeting {
  changes?: Change[]
  conflicts?: Conflict[]
  flags?: Flag[]
  detail?: Record<string, Json>
  refusal?: { code: string; facts?: Record<string, Json> }
}

/** The verdict as the line says: what stands, what waits and for whom, or that the first one wins. */
export function meet(rule: MergeRule, meeting: Meeting): Verdict {
  const { changes = [], conflicts = [], flags = [], detail = {}, refusal } = meeting
  if (rule.ends === 'rejected') {
    if (!refusal) throw new Error(`${rule.command} gives no reason for what it refuses`)
    return rejected(refusal)
  }
  if (rule.ends === 'conflict')
    return contended(
      changes,
      conflicts.map((one) => decidedBy(one, rule)),
      flags,
    )
  return rule.ends === 'merged' ? merged(changes, detail, flags) : applied(changes, flags)
}

function decidedBy(conflict: Conflict, { who }: MergeRule): Conflict {
  return who === 'supervisor' ? { ...conflict, who } : conflict
}

/** A field to set, with its name on screen and what the actor saw there. */
export interface ScalarEdit {
  path: string
  label: string
  value: Json
}

/** The result of setting scalars over what others may have done meanwhile. */
export interface ScalarMerge {
  changes: Change[]
  conflicts: Conflict[]
  /** Labels of fields where both wrote the same. */
  agreed: string[]
}

/**
 * Set scalar fields by the §6 rule: unchanged since seen → set; same new value → one value, both authors;
 * another value → the accepted one stays and the other goes to a person. Personal values are kept under `pii`.
 */
export function mergeScalars(image: object, edits: readonly ScalarEdit[], ctx: Ctx): ScalarMerge {
  const merge: ScalarMerge = { changes: [], conflicts: [], agreed: [] }
  for (const edit of edits) mergeOne(image, edit, { ctx, merge })
  return merge
}

/**
 * The same, for an edit made over a matter that had ended meanwhile: every other value waits for a person, who drops it
 * or opens the matter again (§6).
 */
export function contendScalars(image: object, edits: readonly ScalarEdit[], ctx: Ctx): ScalarMerge {
  const merge: ScalarMerge = { changes: [], conflicts: [], agreed: [] }
  for (const edit of edits) {
    const now = readPath(image, edit.path) ?? null
    if (isSameValue(now, edit.value)) merge.agreed.push(edit.label)
    else contend(image, edit, { ctx, merge, now })
  }
  return { ...merge, conflicts: merge.conflicts.map((one) => ({ ...one, isAfterEnd: true })) }
}

function mergeOne(image: object, edit: ScalarEdit, { ctx, merge }: { ctx: Ctx; merge: ScalarMerge }): void {
  const now = readPath(image, edit.path) ?? null
  const seen = ctx.seen[edit.path] ?? null
  const mark = set(`authors.${authorKey(edit.path)}`, sideOf(ctx, null))
  if (isSameValue(now, seen)) merge.changes.push(set(edit.path, edit.value), mark)
  else if (isSameValue(now, edit.value)) merge.agreed.push(edit.label)
  else contend(image, edit, { ctx, merge, now })
}

/** Keys of `authors` hold no dots, since a dot separates steps of a path. */
function authorKey(path: string): string {
  return path.replaceAll('.', '/')
}

function contend(image: object, edit: ScalarEdit, how: { ctx: Ctx; merge: ScalarMerge; now: Json }): void {
  const { ctx, merge, now } = how
  const id = `${ctx.cmdId}:${edit.path}`
  const isPersonal = edit.path.startsWith('pii.')
  const keptBy = readPath(image, `authors.${authorKey(edit.path)}`) as ConflictSide | undefined
  merge.conflicts.push({
    ...{ id, field: edit.path, label: edit.label, isPersonal, settled: null },
    kept: { ...(keptBy ?? creator(image)), value: isPersonal ? null : now },
    other: sideOf(ctx, isPersonal ? null : edit.value),
  })
  if (isPersonal) merge.changes.push(set(`pii.${conflictKey(id)}`, { kept: now, other: edit.value }))
}

/** Where a conflict's personal values stand inside `pii`. */
export function conflictKey(id: string): string {
  return `conflict:${id.replaceAll('.', '/')}`
}

/** Who wrote a field that nobody has edited since: the one who made the aggregate. */
function creator(image: object): ConflictSide {
  const first = readPath(image, 'acts.0') as Omit<ConflictSide, 'value'> | undefined
  if (!first) throw new Error('an image without a first act has no author')
  const { cmdId, actorId, actorName, role, deviceId, at, online } = first
  return { cmdId, actorId, actorName, role, deviceId, at, online, value: null }
}

/** The actor's side of a conflict, from the context of the command. */
export function sideOf(ctx: Ctx, value: Json): ConflictSide {
  const { cmdId, actorId, actorName, role, deviceId, at, online } = ctx
  return { cmdId, actorId, actorName, role, deviceId, at, online, value }
}

/** Whether two values are the same in every part. */
export function isSameValue(a: Json, b: Json): boolean {
  return canonicalJson(a) === canonicalJson(b)
}

/** Whether a field is no longer what the actor saw; who named nothing saw is asked nothing (the system, older acts). */
export function isChangedSince(now: Json, seen: Json | undefined): boolean {
  return seen !== undefined && !isSameValue(now, seen)
}
