import { shallowRef, type ShallowRef } from 'vue'
import { sentenceOf } from '../../shared/sentences.ts'
import type { Flag } from '../../shared/core/outcome.ts'
import type { ActDraft, Commit } from './act-types.ts'
import { commitActs } from './commit.ts'
import { useSession } from './session.ts'
import { storageFaultOf } from './storage-fault.ts'
import { actKept } from '../sync/start-sync.ts'
import { tabletEngine } from '../sync/tablet-engine.ts'

/** The acts of one tap, kept; `flags` are lapses the act itself carries (a second notice, say). */
export interface Kept {
  acts: Extract<Commit, { kept: true }>['acts']
  flags: Flag[]
}

/** Run acts from a screen: the same online and offline; `refusal` is the plain sentence when nothing was done. */
export interface Act {
  run(drafts: readonly ActDraft[], draftId?: string): Promise<Kept | null>
  isBusy: ShallowRef<boolean>
  refusal: ShallowRef<string | null>
}

/**
 * One tap, all its acts or none (P1). Resolves with what was kept after the store's `complete`, or null with
 * `refusal` set: the rule's own sentence, or what the tablet could not keep and what is safe.
 */
export function useAct(): Act {
  const session = useSession()
  const isBusy = shallowRef(false)
  const refusal = shallowRef<string | null>(null)

  async function run(drafts: readonly ActDraft[], draftId?: string): Promise<Kept | null> {
    const actor = session.actor
    if (isBusy.value || !actor) return null
    isBusy.value = true
    refusal.value = null
    try {
      const commit = await commitActs(tabletEngine, draftId ? { ...actor, draftId } : actor, drafts)
      if (commit.kept) return kept(commit.acts)
      refusal.value = sentence(commit)
      return null
    } catch (error) {
      refusal.value = storageSentence(error)
      return null
    } finally {
      isBusy.value = false
    }
  }

  return { run, isBusy, refusal }
}

function kept(acts: Kept['acts']): Kept {
  actKept()
  return { acts, flags: acts.flatMap((act) => act.verdict.flags) }
}

function sentence({ code, facts, flags }: Extract<Commit, { kept: false }>): string {
  if (code === 'invalid') return `没有保存：${String(facts.message)}`
  return flags.length > 0 ? flags.map((flag) => sentenceOf(flag.code, flag.facts)).join('') : sentenceOf(code, facts)
}

/** A bug is not hidden as a full tablet: what is not a storage fault goes on to the error boundary. */
function storageSentence(error: unknown): string {
  const fault = storageFaultOf(error)
  if (!fault) throw error
  return fault.sentence
}
