import { computed, type ComputedRef, type ShallowRef } from 'vue'
import { lastStanding, type Case } from '../../shared/cases/index.ts'
import { actTitle } from '../../shared/act-words.ts'
import type { Json } from '../../shared/core/canonical.ts'
import type { Role } from '../../shared/core/roles.ts'
import type { Profile } from '../../shared/profiles/profile.ts'
import { useAct } from '../local/act.ts'
import { useSession } from '../local/session.ts'
import { useToast } from '../ui/use-toast.ts'

const undoable = new Set([
  'case.receive',
  'case.accept',
  'case.supplementNotice',
  'case.conclude',
  'case.refuse',
  'case.withdraw',
])

/** What a person may do with a case beside its next outcome, and why not. */
export interface CaseActs {
  isBusy: Readonly<ShallowRef<boolean>>
  refusal: Readonly<ShallowRef<string | null>>
  /** Keep one act, ending a draft; true once it is on the tablet. */
  keep(type: string, args: Record<string, Json>, draftId?: string): Promise<boolean>
  /** The sentence that blocks an act here, undefined when it may be done. */
  blocked(type: string): string | undefined
  /** The last act, when it is the reader's own and can be taken back. */
  last: ComputedRef<{ cmdId: string; title: string; isReceipt: boolean } | null>
}

/** Why a role may not do an act: only a note is anybody's; the rest is the window's, and some of it A's alone (OFF-5). */
function barredRole(type: string, role: Role, profile: Profile | null): string | undefined {
  if (role !== 'roleA' && role !== 'roleB') return type === 'case.note' ? undefined : '这一步由窗口的 A 角、B 角办理。'
  const isForA = role === 'roleB' && profile?.settings.roleBMayNot.value.includes(type)
  return isForA ? '按本厅约定，这一步只能由 A 角办理。' : undefined
}

/** Acts on one case; `image` and `profile` are read at each use. */
export function useCaseActs(image: () => Case | undefined, profile: () => Profile | null): CaseActs {
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

  function blocked(type: string): string | undefined {
    const { actor } = session
    const now = image()
    if (!actor || !now) return '请先登录并选择岗位。'
    if (actor.windowId !== null && actor.windowId !== now.windowId) return '这件事由别的窗口承办，本窗口不能改动。'
    return barredRole(type, actor.role, profile())
  }

  const last = computed(() => {
    const standing = lastStanding(image()?.acts ?? [])
    const isOwn = standing?.actorId === session.actor?.signer.grant.actorId
    if (!standing || !isOwn || !undoable.has(standing.type) || standing.outcome === 'conflict') return null
    return { cmdId: standing.cmdId, title: actTitle(standing.type), isReceipt: standing.type === 'case.receive' }
  })

  return { isBusy: act.isBusy, refusal: act.refusal, keep, blocked, last }
}
