import type { HallId } from '../../shared/profiles/halls.ts'
import { playCase, type Player } from '../support/play.ts'

/** 受理 as most plays give it. */
export const accepting = {
  workingDays: 5,
  on: '2026-11-27',
  level: 'ordinary',
  reason: '须经各单位办理',
  beyondReason: null,
}
/** Somebody of a unit's back office, or a leader of it. */
export const of = (unitId: string, role: Player['role'], id = `${role}-${unitId}`): Player => ({
  ...{ id, name: `示例·${id}`, role, device: 5, unitId },
})

/** A case received and accepted, with its steps open. */
export function accepted(hallId: HallId, itemName: string) {
  const play = playCase(hallId, itemName)
  play.receive()
  play.step('case.accept', { ...accepting, workingDays: play.item.promise.workingDays ?? 5 })
  return play
}

/** 协办办好. */
export const done = (stepId: string, note = '') => ({ stepId, result: '已办好', note })
/** 退回主办. */
export const returned = (stepId: string) => ({ stepId, result: '不同意', reason: '示例：还缺一项' })
