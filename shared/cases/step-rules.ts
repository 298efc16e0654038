import type { Ctx } from '../core/command.ts'
import type { Json } from '../core/canonical.ts'
import type { Role } from '../core/roles.ts'
import { isEnded, type Case } from './case.ts'
import type { CaseStep } from './case-step.ts'
import { alreadyEnded } from './refusals.ts'
import { notYourStep, ownWork, stepGone, stepHeld, stepLater, stepSettled } from './step-refusals.ts'
import { isOwnStep, openSteps, stepName, stepState } from './steps.ts'

/** Whoever may have a step of some kind. */
export const stepRoles: readonly Role[] = ['roleA', 'roleB', 'backOffice', 'approver']

/** Why a step cannot be taken or decided, as a refusal. */
export interface StepBar {
  code: string
  facts?: Record<string, Json>
}

/** The step, or why this actor cannot touch it now. */
export function askedStep(image: Case, stepId: string, ctx: Ctx): { step: CaseStep } | { bar: StepBar } {
  const step = Object.hasOwn(image.steps ?? {}, stepId) ? image.steps?.[stepId] : undefined
  if (!step) return { bar: { code: stepGone.code } }
  if (isEnded(image.state)) return { bar: { code: alreadyEnded.code, facts: { state: image.state } } }
  const bar = (isOwnStep(image, step, ctx) ? undefined : whose(step)) ?? standing(image, step)
  return bar ? { bar } : { step }
}

const whose = (step: CaseStep): StepBar => ({ code: notYourStep.code, facts: { step: stepName(step) } })

function standing(image: Case, step: CaseStep): StepBar | undefined {
  if (step.result) return { code: stepSettled.code, facts: { by: step.result.by.actorName } }
  if (stepState(image, step) !== 'later') return undefined
  const before = openSteps(image).filter(({ stage }) => stage < step.stage)
  return { code: stepLater.code, facts: { before: before.map(stepName) } }
}

/** Somebody else has it in hand. */
export function heldByOther({ holder }: CaseStep, { actorId }: Ctx): StepBar | undefined {
  if (!holder || holder.actorId === actorId) return undefined
  return { code: stepHeld.code, facts: { holder: holder.actorName } }
}

/** Nobody checks or approves what they did themselves, nor gives two opinions on one case (检查复核、审批). */
export function ownWorkBar(image: Case, step: CaseStep, { actorId }: Ctx): StepBar | undefined {
  if (step.kind === 'unit') return undefined
  const did = Object.values(image.steps ?? {}).some(({ result }) => result?.by.actorId === actorId)
  const isHandler = image.handler.actorId === actorId || image.acts[0]?.actorId === actorId
  return did || isHandler ? { code: ownWork.code } : undefined
}
