import { isUndoable } from '../../shared/cases/index.ts'
import { sentenceOf } from '../../shared/sentences.ts'
import { useAct, type Act, type Kept } from '../local/act.ts'
import type { ActDraft } from '../local/act-types.ts'
import { useToast } from '../ui/use-toast.ts'

/** One tap at the window: what to keep, what to say of it, and the draft it ends. */
export interface Tap {
  drafts: readonly ActDraft[]
  itemId: string
  text: string
  draftId?: string | undefined
}

/** Keep a tap's acts and offer the way back for 8 seconds; undo is an act too (product.md, third promise). */
export interface Outcomes extends Pick<Act, 'isBusy' | 'refusal'> {
  keep(tap: Tap, onUndone?: (isVoided: boolean) => void): Promise<Kept | null>
}

/** Acts of the window screens with their toast and 撤销. */
export function useOutcomes(): Outcomes {
  const { run, isBusy, refusal } = useAct()
  const back = useAct()
  const toast = useToast()
  let lastId: number | null = null

  /** One toast of the window at a time: the next student's never lies under the last one's. */
  function say(words: Parameters<typeof toast.show>[0]): void {
    if (lastId !== null) toast.dismiss(lastId)
    lastId = toast.show(words)
  }

  async function undo({ itemId }: Tap, acts: readonly TakenBack[], onUndone?: (isVoided: boolean) => void) {
    const drafts = acts.map(({ cmdId, aggId }): ActDraft => ({
      ...{ type: 'case.undo', kind: 'case', aggId, itemId },
      args: { act: cmdId },
    }))
    const kept = await back.run(drafts)
    if (!kept) {
      say({ text: back.refusal.value ?? '没有撤销。', icon: 'refuse' })
      return
    }
    const isVoided = acts.at(-1)?.type === 'case.receive'
    say({ text: isVoided ? '已撤销，这件作废；号不再用' : '已撤销这一步，办件还在', icon: 'undo' })
    onUndone?.(isVoided)
  }

  async function keep(tap: Tap, onUndone?: (isVoided: boolean) => void): Promise<Kept | null> {
    const kept = await run(tap.drafts, tap.draftId)
    if (!kept) return null
    const acts = takenBack(tap, kept)
    const lapses = kept.flags.map((flag) => sentenceOf(flag.code, flag.facts)).join('')
    const action = acts.length === 0 ? undefined : { label: '撤销', run: () => void undo(tap, acts, onUndone) }
    say({ text: `${tap.text} · 已存本机${lapses === '' ? '' : `。${lapses}`}`, icon: 'tablet', action })
    return kept
  }

  return { keep, isBusy, refusal }
}

interface TakenBack {
  cmdId: string
  aggId: string
  type: string
}

/** The acts 撤销 takes back, newest first: back to one that cannot be. */
function takenBack({ drafts }: Tap, { acts }: Kept): TakenBack[] {
  const all = acts.map(({ cmdId, aggId }, at) => ({ cmdId, aggId, type: drafts[at]?.type ?? '' })).reverse()
  const end = all.findIndex(({ type }) => !isUndoable(type))
  return end === -1 ? all : all.slice(0, end)
}
