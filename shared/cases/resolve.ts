import { z } from 'zod'
import { readPath } from '../core/apply.ts'
import type { Json } from '../core/canonical.ts'
import { command, type Ctx } from '../core/command.ts'
import { conflictKey, isSameValue, meet } from '../core/merge.ts'
import { add, applied, rejected, set, type Change, type Conflict, type Settled } from '../core/outcome.ts'
import type { RefusalKind } from '../core/refusal.ts'
import type { Role } from '../core/roles.ts'
import { filledText, uuid } from '../core/text.ts'
import type { Case } from './case.ts'
import { caseRules } from './merge.ts'
import { alreadySettled, changedSince, forSupervisor, linkInstead } from './refusals.ts'
import { outcomeChanges } from './resolve-outcome.ts'

/**
 * 裁决 of two values that differ: keep the one, take the other, or keep both and let the window see to it (OFF-4). The
 * first decision wins; a later one that names it (`revises`) may revise it while what it decided still stands.
 */
export const resolve = command({
  type: 'case.resolve',
  v: 1,
  nature: 'claim',
  on: 'case',
  by: ['roleA', 'supervisor'],
  args: z.strictObject({
    conflictId: z.string().max(200),
    choice: z.enum(['kept', 'other', 'reopen']),
    reason: filledText(500),
    revises: uuid.optional(),
  }),
  decide(image: Case, { conflictId, choice, reason, revises }, ctx) {
    const at = image.conflicts.findIndex((item) => item.id === conflictId)
    const conflict = image.conflicts[at]
    const before = conflict?.settled ?? null
    if (!conflict || (before && before.cmdId !== revises)) {
      return meet(caseRules.resolve, {
        refusal: { code: alreadySettled.code, facts: { by: before?.actorName ?? null } },
      })
    }
    const refused = barOf(image, conflict, ctx)
    if (refused) return rejected({ code: refused.code })
    const { actorId, actorName, cmdId } = ctx
    const settled: Settled = { choice, reason, actorId, actorName, cmdId, at: ctx.at }
    const place = `conflicts.${String(at)}`
    return applied([
      ...valueChanges(image, conflict, { choice, ctx, isRevision: before !== null }),
      ...(before ? [revisedChange(conflict, before, place)] : []),
      set(`${place}.settled`, settled),
    ])
  },
})

/** Why this person cannot decide it now, if so. */
function barOf(image: Case, conflict: Conflict, { role }: Ctx): RefusalKind | undefined {
  if (!mayDecide(conflict, role)) return forSupervisor
  if (conflict.field === 'twin') return linkInstead
  return conflict.settled && !isStanding(image, conflict, conflict.settled) ? changedSince : undefined
}

/** Whether the table leaves this conflict to someone of this role. */
export function mayDecide({ who }: Pick<Conflict, 'who'>, role: Role): boolean {
  return role === 'supervisor' || (role === 'roleA' && who !== 'supervisor')
}

function revisedChange({ revised }: Conflict, before: Settled, place: string): Change {
  return revised ? add(`${place}.revised`, before) : set(`${place}.revised`, [before])
}

/** Whether the case still is as the decision left it. */
function isStanding(image: Case, conflict: Conflict, { choice, cmdId }: Settled): boolean {
  if (conflict.field === 'outcome') {
    const decided = image.acts.findIndex((act) => act.cmdId === cmdId)
    return image.acts.slice(decided + 1).every((act) => act.type === 'case.note')
  }
  if (choice === 'reopen') return true
  return isSameValue(
    readPath(image, conflict.field) ?? null,
    valueOf(image, conflict, choice === 'other' ? 'other' : 'kept'),
  )
}

type Choice = 'kept' | 'other' | 'reopen'

interface Choosing {
  choice: Choice
  ctx: Ctx
  isRevision: boolean
}

/** A value that was kept stays as it is, unless an earlier decision had put it aside. */
function valueChanges(image: Case, conflict: Conflict, { choice, ctx, isRevision }: Choosing): Change[] {
  if (conflict.field === 'outcome') return outcomeChanges(image, conflict, { choice, ctx })
  const opened = conflict.isAfterEnd && choice === 'reopen'
  if (opened)
    return [set(conflict.field, valueOf(image, conflict, 'other')), set('state', 'open'), set('endedAt', null)]
  if (choice === 'reopen') return []
  const isUntouched = choice === 'kept' && !isRevision && !conflict.field.startsWith('materials.')
  return isUntouched ? [] : [set(conflict.field, valueOf(image, conflict, choice))]
}

function valueOf(image: Case, conflict: Conflict, side: 'kept' | 'other'): Json {
  if (!conflict.isPersonal) return conflict[side].value
  return readPath(image, `pii.${conflictKey(conflict.id)}.${side}`) ?? null
}
