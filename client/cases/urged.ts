import { computed, type ComputedRef } from 'vue'
import { openReminder, urgedKey } from '../../shared/cases/index.ts'
import { useLiveRows } from '../local/live-rows.ts'
import type { CaseRecord } from './queries.ts'

/** Cases of a window with a 催办 or 督办 nobody has acted on, found by their key; the reader's own first. */
export function useUrged(of: () => { windowId: string | null; personId: string | null }): ComputedRef<CaseRecord[]> {
  const { data } = useLiveRows(() => ({ kind: 'case', key: urgedKey }))
  return computed(() => {
    const { windowId, personId } = of()
    const rows = data.value as unknown as CaseRecord[]
    const here = rows.filter(({ image }) => image.windowId === windowId && openReminder(image))
    const isOwn = (row: CaseRecord) => Number(row.image.handler.actorId === personId)
    return here.toSorted((a, b) => isOwn(b) - isOwn(a) || a.at - b.at)
  })
}
