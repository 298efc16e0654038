import type { Case, CaseStep, StepState } from '../../../shared/cases/index.ts'
import type { Profile } from '../../../shared/profiles/profile.ts'

/** What the two buttons of a step say, by kind: its result as it stands on the case. */
export const resultWords: Record<CaseStep['kind'], { done: string; returned: string }> = {
  unit: { done: '已办好', returned: '退回主办' },
  check: { done: '复核通过', returned: '复核未通过' },
  approval: { done: '同意', returned: '不同意' },
}

const states: Record<Exclude<StepState, 'done' | 'returned'>, string> = {
  later: '还没轮到',
  open: '待办',
  held: '在办',
}

/** The word for where a step stands. */
export function stepWord(step: CaseStep, state: StepState): string {
  if (state === 'done' || state === 'returned') return step.result?.result ?? ''
  return states[state]
}

/** 主办: the lead window, the hall itself or the handler, by the hall's regulation (SSC-20.3, ZJJ-8); null: not joint. */
export function leadWords(image: Pick<Case, 'joint' | 'windowId' | 'handler'>, profile: Profile): string | null {
  if (!image.joint) return null
  const window = profile.windows.find(({ id }) => id === image.windowId)?.name ?? image.windowId
  if (image.joint.ledBy === 'hall') return `${profile.hall.shortName}（${window}统一受理，打包办理）`
  if (image.joint.ledBy === 'handler') return `${window} ${image.handler.actorName}`
  return window
}

/** Names of the units with a part of a joint case. */
export function unitNames({ steps = {} }: Pick<Case, 'steps'>): string[] {
  return Object.values(steps).flatMap(({ kind, unitName }) => (kind === 'unit' ? [unitName] : []))
}

/** What was written with a step's result; an erased text says so. */
export function stepNote(image: Pick<Case, 'pii'>, { result }: CaseStep): string {
  if (!result) return ''
  const text = image.pii[result.words]
  return typeof text === 'string' ? text : '（内容已删除）'
}
