import { computed, type ComputedRef } from 'vue'
import { statesAtWork, type Case } from '../../shared/cases/index.ts'
import type { Handover } from '../../shared/handover/index.ts'
import { useLive, type Live } from '../local/live.ts'
import { rowsOn, type RowOf } from '../local/rows.ts'
import { pendingOf } from './handover-lines.ts'

/** A window's handovers, the newest first. */
export function useHandovers(windowId: () => string | null): Live<Handover[]> {
  const read = async () => {
    const rows = await rowsOn<Handover>('handover')
    return rows
      .map(({ image }) => image)
      .filter((image) => image.windowId === windowId())
      .sort((a, b) => b.openedAt - a.openedAt)
  }
  return useLive<Handover[]>(read, [], windowId)
}

/** The handover that waits to be confirmed at a window, live. */
export function usePendingHandover(windowId: () => string | null): ComputedRef<Handover | undefined> {
  const { data } = useHandovers(windowId)
  return computed(() => pendingOf(data.value))
}

/** A window's cases that are not over: what one hands to the next, the most urgent first. */
export function useOpenCases(windowId: () => string | null): Live<RowOf<Case>[]> {
  const read = async () => {
    const lists = await Promise.all(statesAtWork.map((shelf) => rowsOn<Case>('case', shelf)))
    return lists.flat().filter(({ image }) => image.windowId === windowId())
  }
  return useLive<RowOf<Case>[]>(read, [], windowId)
}
