import type { Ctx } from '../core/command.ts'
import { set, stop, type Change, type Flag } from '../core/outcome.ts'
import type { Case } from './case.ts'
import { profileOf, sheetOf } from './rules.ts'
import { isJoint, openSteps, stepName, stepsOf } from './steps.ts'

const has = ({ steps = {} }: Pick<Case, 'steps'>): boolean => Object.keys(steps).length > 0

/** 联办 (SSC-20.3, ZJJ-8): with the one receipt the units' steps open; a case accepted anew keeps those it has. */
export function openingChanges(image: Case, ctx: Ctx): Change[] {
  const [item, profile] = [sheetOf(ctx), profileOf(ctx)]
  const steps = stepsOf(item, profile)
  if (has(image) || !has({ steps })) return []
  const joint = { ledBy: profile.settings.jointLedBy.value }
  return [set('steps', steps), ...(isJoint(item, profile) ? [set('joint', joint)] : [])]
}

/** One package (打包办理): it ends when every unit has done its part. */
export function stepFlags(image: Case): Flag[] {
  const steps = openSteps(image).map(stepName)
  return steps.length > 0 ? [stop('SSC-20.3', 'stepsOpen', { steps })] : []
}

/** The steps an acceptance opened go with it, unless a unit has begun one. */
export function stepsBack({ steps = {} }: Case): Change[] {
  const parts = Object.values(steps)
  return parts.length > 0 && parts.every(({ holder, result }) => !holder && !result) ? [set('steps', {})] : []
}
