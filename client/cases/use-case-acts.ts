import { computed, type ComputedRef, type ShallowRef } from 'vue'
import { actTitle } from '../../shared/act-words.ts'
import { isUndoable, lastStanding } from '../../shared/cases/index.ts'
import type { Json } from '../../shared/core/canonical.ts'
import { missingRight } from '../../shared/core/kernel.ts'
import { sentenceOf } from '../../shared/sentences.ts'
import { useAct } from '../local/act.ts'
import { useSession } from '../local/session.ts'
import { tabletRegister } from '../sync/tablet-register.ts'
import { useToast } from '../ui/use-toast.ts'
import type { CaseRecord } from './queries.ts'

/** What a person may do with a case beside its next outcome, and why not. */
export interface CaseActs {
  isBusy: Readonly<ShallowRef<boolean>>
  refusal: Readonly<ShallowRef<string | null>>
  /** Keep one act, ending a draft; true once it is on the tablet. */
  keep(type: string, args: Record<string, Json>, draftId?: string): Promise<boolean>
  /** The sentence that blocks an act here, undefined when it may be done. */
  blocked(type: string): string | undefined
  /** Whether the hall keeps an act from the B-role who asks (OFF-5). */
  isForA(type: string): boolean
  /** The last act, when it is the reader's own and can be taken back. */
  last: ComputedRef<{ cmdId: string; title: string; isReceipt: boolean } | null>
}

/** Acts on one case; `image` is read at each use. */
export function useCaseActs(
  image: () => CaseRecord['image'] | undefined,
  roleWord: () => string = () => '角',
): CaseActs {
  const session = useSession()
  const act = useAct()
  const toast = useToast()

  async function keep(type: string, args: Record<string, Json>, draftId?: string): Promise<boolean> {
    const now = image()
    if (!now) return false
    const kept = await act.run([{ type, kind: 'case', aggId: now.id, args, itemId: now.itemId }], draftId)
    if (kept) toast.show({ text: `已${actTitle(type)}，存在本机`, icon: 'tablet' })
    return kept !== null
  }

  /** The kernel's own answer, so that a button is blocked by what would refuse its act. */
  function missing(type: string): Record<string, Json> | undefined {
    const [{ actor }, now, def] = [session, image(), tabletRegister.get(`${type}@1`)]
    if (!actor || !now || !def) return undefined
    const { role, windowId, signer } = actor
    return missingRight(def, { ver: 0, image: now }, { role, windowId, roles: signer.grant.roles })
  }

  function blocked(type: string): string | undefined {
    if (!session.actor || !image()) return '请先登录并选择岗位。'
    const why = missing(type)
    return why && sentenceOf('right.missing', { ...why, word: roleWord() })
  }

  const isForA = (type: string) => missing(type)?.why === 'roleB'

  const last = computed(() => {
    const standing = lastStanding(image()?.acts ?? [])
    const isOwn = standing?.actorId === session.actor?.signer.grant.actorId
    if (!standing || !isOwn || !isUndoable(standing.type) || standing.outcome === 'conflict') return null
    return { cmdId: standing.cmdId, title: actTitle(standing.type), isReceipt: standing.type === 'case.receive' }
  })

  return { isBusy: act.isBusy, refusal: act.refusal, keep, blocked, isForA, last }
}
