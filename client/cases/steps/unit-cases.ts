import { computed, type ComputedRef, type ShallowRef } from 'vue'
import { isEnded, isOwnStep, stepList, type Case } from '../../../shared/cases/index.ts'
import type { Actor } from '../../local/act-types.ts'
import { liveRowsOn } from '../../local/rows.ts'
import { isThin } from '../../local/view.ts'
import type { CaseRecord } from '../queries.ts'

/** What waits for one's unit, and what it has done. */
export type UnitTab = 'todo' | 'done'

/** The cases a person of a unit sees, by what their unit has to do with them. */
export interface UnitCases {
  todo: ComputedRef<CaseRecord[]>
  done: ComputedRef<CaseRecord[]>
  isReady: Readonly<ShallowRef<boolean>>
  fault: Readonly<ShallowRef<string | null>>
}

/** Cases with a step that is the actor's to do, and those where such a step is done; the rest is not shown. */
export function useUnitCases(actor: () => Actor | null): UnitCases {
  const { data, isReady, fault } = liveRowsOn<Case>('case')
  const sorted = computed(() => {
    const [todo, done]: [CaseRecord[], CaseRecord[]] = [[], []]
    for (const row of data.value as unknown as CaseRecord[]) {
      const kind = isThin(row.image) ? null : tabOf(row.image, actor())
      if (kind === 'todo') todo.push(row)
      else if (kind === 'done') done.push(row)
    }
    return { todo, done }
  })
  return { todo: computed(() => sorted.value.todo), done: computed(() => sorted.value.done), isReady, fault }
}

function tabOf(image: Case, actor: Actor | null): UnitTab | null {
  if (!actor) return null
  const own = ownSteps(image, actor)
  if (!isEnded(image.state) && own.some(({ state }) => state === 'open' || state === 'held')) return 'todo'
  return own.some(({ step }) => step.result !== null) ? 'done' : null
}

function ownSteps(image: Case, { role, windowId, signer }: Actor): ReturnType<typeof stepList> {
  const rights = signer.grant.roles.filter((right) => right.role === role && right.windowId === windowId)
  const unitIds = rights.flatMap(({ unitId }) => (unitId === undefined ? [] : [unitId]))
  return stepList(image).filter(({ step }) => isOwnStep(image, step, { role, windowId, unitIds }))
}
