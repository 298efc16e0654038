import type { Profile } from '../profiles/profile.ts'
import type { Item } from '../profiles/item-sheet.ts'
import type { Ctx } from '../core/command.ts'
import type { Json } from '../core/canonical.ts'
import { set, stop, type Change, type Conflict, type Flag } from '../core/outcome.ts'
import { sideOf } from '../core/merge.ts'
import { isEnded, type By, type Case, type CaseState } from './case.ts'

/** The actor of this command, as it stands in the image. */
export function byOf(ctx: Ctx): By {
  return { act: ctx.cmdId, actorId: ctx.actorId, actorName: ctx.actorName, role: ctx.role, at: ctx.at }
}

/** The sheet version the command was decided with. */
export function sheetOf(ctx: Ctx): Item {
  if (!ctx.item) throw new Error('a case command needs the sheet its case was received under')
  return ctx.item as Item
}

/** The profile version the command was decided with. */
export function profileOf(ctx: Ctx): Profile {
  if (!ctx.profile) throw new Error('a case command needs the profile it was decided with')
  return ctx.profile
}

/** Names of the sheet's materials that are not there or do not conform. */
export function lacking(image: Pick<Case, 'materials'>, sheet: Item): string[] {
  return sheet.materials.filter((line) => image.materials[line.id]?.state !== 'present').map((line) => line.name)
}

/** SSC-20.1: with papers lacking, the lawful outcome is the notice, so nothing else is offered. */
export function incompleteFlags(image: Pick<Case, 'materials'>, ctx: Ctx): Flag[] {
  const missing = lacking(image, sheetOf(ctx))
  return missing.length > 0 ? [stop('SSC-20.1', 'incomplete', { missing })] : []
}

/** Close the case in a state: what it ended as and when. */
export function endChanges(state: CaseState, ctx: Ctx): Change[] {
  return [set('state', state), set('endedAt', ctx.at)]
}

/**
 * Another end came first and the actor had not seen it: the case is 结果不一致, both ends kept, a person decides.
 * `value` is this command's end in words, with all it said (I14); the kept one is whatever the case ended as.
 */
export function endConflict(image: Case, ctx: Ctx, value: Json): Conflict {
  const kept = image.acts.findLast((act) => act.from !== null && !isEnded(act.from as CaseState))
  if (!kept) throw new Error('a case that ended has an act that ended it')
  const { cmdId, actorId, actorName, role, deviceId, at, online } = kept
  return {
    ...{ id: `${ctx.cmdId}:outcome`, field: 'outcome', label: '办理结果', isPersonal: false, settled: null },
    kept: { cmdId, actorId, actorName, role, deviceId, at, online, value: endOf(image) },
    other: sideOf(ctx, value),
  }
}

/** An end as it stands in a conflict: the state, its words, and all that was said with it. */
export interface ContendedEnd {
  state: CaseState
  result: string
  said: Record<string, Json>
}

/** How a case ended, as a value two ends can be compared by. */
export function endOf(image: Case): Json {
  if (image.conclusion) return { state: 'concluded', result: image.conclusion.result }
  if (image.refusal)
    return { state: image.refusal.stage === 'door' ? 'declined' : 'refused', result: image.refusal.ground }
  if (image.withdrawal) return { state: 'withdrawn', result: image.withdrawal.reason }
  return { state: image.state, result: '' }
}

/** Whether the actor saw the state the case is in now. */
export function sawState(image: Case, ctx: Ctx): boolean {
  return ctx.seen.state === image.state
}
