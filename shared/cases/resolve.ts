import { z } from 'zod'
import { readPath } from '../core/apply.ts'
import type { Json } from '../core/canonical.ts'
import { command, type Ctx } from '../core/command.ts'
import { conflictKey } from '../core/merge.ts'
import { applied, rejected, set, type Change, type Conflict, type ConflictSide } from '../core/outcome.ts'
import { filledText } from '../core/text.ts'
import type { Case, CaseState } from './case.ts'
import { alreadySettled } from './refusals.ts'
import type { ContendedEnd } from './rules.ts'

/** 裁决 of two values that differ: keep the one, take the other, or keep both and open the case again (OFF-4). */
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
  }),
  decide(image: Case, args, ctx) {
    const at = image.conflicts.findIndex((item) => item.id === args.conflictId)
    const conflict = image.conflicts[at]
    if (!conflict || conflict.settled) {
      return rejected({ code: alreadySettled.code, facts: { by: conflict?.settled?.actorName ?? null } })
    }
    const { choice, reason } = args
    const settled = { choice, reason, actorId: ctx.actorId, actorName: ctx.actorName, cmdId: ctx.cmdId, at: ctx.at }
    return applied([...valueChanges(image, conflict, { choice, ctx }), set(`conflicts.${String(at)}.settled`, settled)])
  },
})

type Choice = 'kept' | 'other' | 'reopen'

function valueChanges(image: Case, conflict: Conflict, { choice, ctx }: { choice: Choice; ctx: Ctx }): Change[] {
  if (conflict.field === 'outcome') return endChanges(conflict, { choice, ctx })
  if (choice === 'reopen') return []
  return [set(conflict.field, choice === 'kept' ? valueOf(image, conflict, 'kept') : valueOf(image, conflict, 'other'))]
}

function valueOf(image: Case, conflict: Conflict, side: 'kept' | 'other'): Json {
  if (!conflict.isPersonal) return conflict[side].value
  return readPath(image, `pii.${conflictKey(conflict.id)}.${side}`) ?? null
}

/** The case ends as the chosen side said, or is open again with both ends on its timeline. */
function endChanges(conflict: Conflict, { choice, ctx }: { choice: Choice; ctx: Ctx }): Change[] {
  if (choice === 'reopen') return [...cleared, set('state', 'open'), set('endedAt', null)]
  const end = conflict[choice].value as unknown as ContendedEnd
  const told = choice === 'other' ? [...cleared, ...toldChanges(end, conflict.other)] : []
  return [...told, set('state', end.state), set('endedAt', end.state === 'open' ? null : ctx.at)]
}

const cleared: Change[] = [set('conclusion', null), set('refusal', null), set('withdrawal', null)]

/** What the later side had said, put where it would stand had it come first. */
function toldChanges({ state, said }: ContendedEnd, { cmdId, actorId, actorName, role, at }: ConflictSide): Change[] {
  const told = { ...said, by: { act: cmdId, actorId, actorName, role, at } }
  if (state === 'open') return [set('promise', told), set('acceptedAt', at)]
  return [set(placeOf[state] ?? 'refusal', told)]
}

const placeOf: Partial<Record<CaseState, string>> = { concluded: 'conclusion', withdrawn: 'withdrawal' }
