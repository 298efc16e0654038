import type { Profile } from '../profiles/profile.ts'
import type { Item } from '../profiles/item-sheet.ts'
import type { Ctx } from '../core/command.ts'
import type { Json } from '../core/canonical.ts'
import { set, stop, type Change, type Conflict, type Flag } from '../core/outcome.ts'
import { sideOf } from '../core/merge.ts'
import type { Act } from '../core/kernel.ts'
import { isEnded, type By, type Case, type CaseState, type MaterialState, type Notice } from './case.ts'

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

/** 中止 comes to an end before anything else is offered; a fact that happened all the same is kept and marked. */
export function pausedFlags({ state }: Pick<Case, 'state'>): Flag[] {
  return state === 'paused' ? [stop('SSC-20.2', 'whilePaused')] : []
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
  const kept = endingAct(image)
  const { cmdId, actorId, actorName, role, deviceId, at, online } = kept
  return {
    ...{ id: `${ctx.cmdId}:outcome`, field: 'outcome', label: '办理结果', isPersonal: false, settled: null },
    kept: { cmdId, actorId, actorName, role, deviceId, at, online, value: endOf(image) },
    other: sideOf(ctx, value),
  }
}

/** The act that ended it: the one its end names, else the last that found it open. */
function endingAct(image: Case): Act {
  const { by } = image.conclusion ?? image.refusal ?? image.returned ?? image.withdrawal ?? {}
  const named = by && image.acts.find((act) => act.cmdId === by.act)
  const wasOpen = ({ from }: Act) => from !== null && from !== 'disputed' && !isEnded(from as CaseState)
  const kept = named ?? image.acts.findLast(wasOpen)
  if (!kept) throw new Error('a case that ended has an act that ended it')
  return kept
}

/** An end as it stands in a conflict: the state, its words, and all that was said with it. */
export interface ContendedEnd {
  state: CaseState
  result: string
  said?: Record<string, Json>
}

/** How a case ended, as a value two ends can be compared by, with all that was said (I14). */
export function endOf(image: Case): Json {
  if (image.conclusion) return endValue('concluded', image.conclusion.result, image.conclusion)
  if (image.refusal)
    return endValue(image.refusal.stage === 'door' ? 'declined' : 'refused', image.refusal.ground, image.refusal)
  if (image.returned) return endValue('returned', image.returned.reason, image.returned)
  if (image.withdrawal) return endValue('withdrawn', image.withdrawal.reason, image.withdrawal)
  return { state: image.state, result: '' }
}

function endValue(state: CaseState, result: string, told: { by: By }): Json {
  const { by: _by, ...said } = told
  return { state, result, said }
}

/** Whether the actor saw the state the case is in now. */
export function sawState(image: Case, ctx: Ctx): boolean {
  return ctx.seen.state === image.state
}

/** Whether the case ended without the actor having seen it. Acts that name no state they saw are older than the rule. */
export function endedUnseen(image: Case, ctx: Ctx): boolean {
  const saw = ctx.seen.state
  return isEnded(image.state) && typeof saw === 'string' && !isEnded(saw as CaseState)
}

/** Notices handed out elsewhere that the actor had not seen. */
export function unseenNotices(image: Case, ctx: Ctx): Notice[] {
  const saw = ctx.seen['notices.length']
  return typeof saw === 'number' ? image.notices.slice(saw) : []
}

/** A material marked by someone else meanwhile, and not as this act marks it: 待核 (§6). */
export function clashes(image: Case, mark: { id: string; state: MaterialState }, ctx: Ctx): boolean {
  const path = `materials.${mark.id}.state`
  const now = image.materials[mark.id]?.state
  return now !== mark.state && path in ctx.seen && now !== ctx.seen[path]
}

/** The two marks that differ, each with its author. */
export function doubt(image: Case, mark: { id: string; state: MaterialState }, ctx: Ctx): Conflict {
  const path = `materials.${mark.id}.state`
  const last = image.materials[mark.id]?.marks.at(-1)
  if (!last) throw new Error('a marked material keeps its marks')
  const name = sheetOf(ctx).materials.find((line) => line.id === mark.id)?.name ?? mark.id
  const act = image.acts.find((item) => item.cmdId === last.act)
  return {
    ...{ id: `${ctx.cmdId}:${path}`, field: path, label: `材料「${name}」`, isPersonal: false, settled: null },
    kept: {
      ...{ cmdId: last.act, actorId: last.actorId, actorName: last.actorName, role: last.role, at: last.at },
      ...{ deviceId: act?.deviceId ?? '', online: act?.online ?? false, value: last.state },
    },
    other: sideOf(ctx, mark.state),
  }
}
