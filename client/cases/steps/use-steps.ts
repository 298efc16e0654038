import { computed, type ComputedRef, type ShallowRef } from 'vue'
import { isEnded, isOwnStep, stepList, type CaseStep, type StepState } from '../../../shared/cases/index.ts'
import { useAct } from '../../local/act.ts'
import { useSession } from '../../local/session.ts'
import { useToast } from '../../ui/use-toast.ts'
import type { CaseRecord } from '../queries.ts'

/** A step as its card shows it. */
export interface StepLine {
  id: string
  step: CaseStep
  state: StepState
  /** Whether the reader may decide it now. */
  isMine: boolean
  /** Whether a colleague of the reader has it in hand. */
  isColleagues: boolean
}

/** The steps of a case for whoever looks at it, and the acts on them. */
export interface Steps {
  lines: ComputedRef<StepLine[]>
  isLead: ComputedRef<boolean>
  isBusy: Readonly<ShallowRef<boolean>>
  refusal: Readonly<ShallowRef<string | null>>
  /** Keep one act on a step; true once it is on this device. */
  keep(act: { type: string; args: Record<string, string>; says: string; draftId?: string }): Promise<boolean>
}

/** The steps of a case, live with its image. */
export function useSteps(image: () => CaseRecord['image']): Steps {
  const session = useSession()
  const act = useAct()
  const toast = useToast()
  const me = computed(() => {
    const { actor } = session
    if (!actor) return null
    const { role, windowId, signer } = actor
    const rights = signer.grant.roles.filter((right) => right.role === role && right.windowId === windowId)
    const unitIds = rights.flatMap(({ unitId }) => (unitId === undefined ? [] : [unitId]))
    return { id: signer.grant.actorId, role, windowId, unitIds }
  })
  const lines = computed(() =>
    stepList(image()).map(({ id, step, state }): StepLine => {
      const doer = me.value
      const isOwn = doer !== null && !isEnded(image().state) && isOwnStep(image(), step, doer)
      const isTurn = isOwn && (state === 'open' || state === 'held')
      const isElsewhere = isTurn && step.holder !== null && step.holder.actorId !== doer.id
      return { id, step, state, isMine: isTurn && !isElsewhere, isColleagues: isElsewhere }
    }),
  )
  const isLead = computed(() => me.value?.windowId === image().windowId && !isEnded(image().state))

  const keep: Steps['keep'] = async ({ type, args, says, draftId }) => {
    const { id: aggId, itemId } = image()
    const kept = await act.run([{ type, kind: 'case', aggId, args, itemId }], draftId)
    if (kept) toast.show({ text: `${says}，存在本机`, icon: 'tablet' })
    return kept !== null
  }
  return { lines, isLead, isBusy: act.isBusy, refusal: act.refusal, keep }
}
