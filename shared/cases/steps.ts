import type { Ctx } from '../core/command.ts'
import type { ItemFlow } from '../profiles/item-flow.ts'
import type { Item } from '../profiles/item-sheet.ts'
import type { Profile } from '../profiles/profile.ts'
import type { Case } from './case.ts'
import type { CaseStep } from './case-step.ts'

export type { CaseStep } from './case-step.ts'

/** Where a step stands: not its turn yet, open, in somebody's hands, done, or back with the lead (退回主办). */
export type StepState = 'later' | 'open' | 'held' | 'done' | 'returned'

/** 联办: as many units as the hall's regulation asks for (SSC-20.3: 2, ZJJ-8: 3), of an item that is not done at once. */
export function isJoint({ kind, unitIds }: Pick<Item, 'kind' | 'unitIds'>, { settings }: Profile): boolean {
  return kind !== 'instant' && unitIds.length >= settings.jointFromUnits.value
}

/** The steps a case of this sheet opens on acceptance, by id; none for a case of one unit that nobody has to approve. */
export function stepsOf(item: Item, profile: Profile): Record<string, CaseStep> {
  const flow = flowOf(item, profile)
  const units = isJoint(item, profile) ? item.unitIds.map((unitId) => ({ unitId, title: '' })) : []
  const groups: Part[][] = [
    ...(flow.units === 'together' ? [units] : units.map((unit) => [unit])).map((part) => kindOf('unit', part)),
    kindOf('check', flow.check === null ? [] : [{ unitId: flow.check, title: '' }]),
    kindOf('approval', flow.approvals),
  ].filter((group) => group.length > 0)
  const parts = groups.flatMap((group, index) => group.map((part) => ({ ...part, stage: index + 1 })))
  return Object.fromEntries(
    parts.map((part, index) => [`s${String(index + 1)}`, stepOf(part, { item, profile })] as const),
  )
}

type Part = Pick<CaseStep, 'kind' | 'unitId' | 'title'>

function kindOf(kind: CaseStep['kind'], parts: readonly { unitId: string; title: string }[]): Part[] {
  return parts.map(({ unitId, title }) => ({ kind, unitId, title }))
}

/** What the sheet says, else the hall's rule for the level of decision (NBU-8). */
function flowOf(item: Item, profile: Profile): ItemFlow {
  if (item.flow) return item.flow
  const needed = profile.settings.approvals.value[item.promise.level]
  const [answering = ''] = item.unitIds
  const deciding = isJoint(item, profile) ? item.unitIds : [answering]
  return {
    units: 'together',
    check: needed.includes('check') ? answering : null,
    approvals: needed.includes('approval') ? deciding.map((unitId) => ({ unitId, title: '' })) : [],
  }
}

function stepOf(part: Part & { stage: number }, { item, profile }: { item: Item; profile: Profile }): CaseStep {
  const { kind, unitId, title, stage } = part
  const unitName = profile.units.find(({ id }) => id === unitId)?.name ?? unitId
  const windowId = kind === 'unit' ? windowOfUnit(unitId, { item, profile }) : null
  return { kind, unitId, unitName, title, windowId, stage, holder: null, result: null }
}

/** The lead window where the unit sits itself, else its first window in the hall, else none. */
function windowOfUnit(unitId: string, { item, profile }: { item: Item; profile: Profile }): string | null {
  const windows = profile.windows.filter(({ unitIds }) => unitIds.includes(unitId))
  const first = windows.find(({ unitIds }) => unitIds[0] === unitId) ?? windows[0]
  return windows.some(({ id }) => id === item.windowId) ? item.windowId : (first?.id ?? null)
}

type Steps = Pick<Case, 'steps'>

/** The stage whose turn it is: the first with a step that is not done. */
function stageOf(steps: readonly CaseStep[]): number {
  return Math.min(...steps.filter(({ result }) => result?.verdict !== 'done').map(({ stage }) => stage))
}

/** How one step of a case stands. */
export function stepState({ steps = {} }: Steps, step: CaseStep): StepState {
  if (step.result) return step.result.verdict
  if (step.stage > stageOf(Object.values(steps))) return 'later'
  return step.holder ? 'held' : 'open'
}

/** The steps of a case in their order, with where each stands. */
export function stepList(image: Steps): { id: string; step: CaseStep; state: StepState }[] {
  const listed = Object.entries(image.steps ?? {}).map(([id, step]) => ({ id, step, state: stepState(image, step) }))
  const nth = (id: string): number => Number(id.slice(1))
  return listed.sort((a, b) => nth(a.id) - nth(b.id))
}

/** The steps that still have to be done before the case can end as asked for. */
export function openSteps(image: Steps): CaseStep[] {
  return stepList(image).flatMap(({ step, state }) => (state === 'done' ? [] : [step]))
}

const kindWords: Record<CaseStep['kind'], string> = { unit: '办理', check: '检查复核', approval: '审批' }

/** `图书馆办理`, `学生处检查复核`, `分管处领导审批（学生处）`: a step by its unit and kind. */
export function stepName({ kind, unitName, title }: Pick<CaseStep, 'kind' | 'unitName' | 'title'>): string {
  return title === '' ? `${unitName}${kindWords[kind]}` : `${title}${kindWords[kind]}（${unitName}）`
}

/** Who asks to do a step. */
export type Doer = Pick<Ctx, 'role' | 'windowId' | 'unitIds'>

/**
 * Whether a step is this actor's: an approval its unit's leaders', a check its back office's; a unit's own work also its
 * window's, and of a unit without a window the lead window's A writes down what the unit answered.
 */
export function isOwnStep({ windowId: home }: Pick<Case, 'windowId'>, step: CaseStep, doer: Doer): boolean {
  const { role, windowId, unitIds } = doer
  const isOfUnit = unitIds.includes(step.unitId)
  if (step.kind === 'approval') return role === 'approver' && isOfUnit
  if (role === 'backOffice') return isOfUnit
  if (step.kind === 'check') return false
  if (step.windowId === null) return role === 'roleA' && windowId === home
  return (role === 'roleA' || role === 'roleB') && windowId === step.windowId
}
