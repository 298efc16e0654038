import { computed, type ComputedRef } from 'vue'
import type { Contact } from '../../shared/reception/contact.ts'
import { liveRowsOn } from '../local/rows.ts'

/** Who looks: a person at a window, or a supervisor (no window). */
export interface Viewer {
  windowId: string | null
  actorId: string | undefined
  /** A person of a unit without a window here: gives its results, takes nothing. */
  isUnits?: boolean
}

/** Whether it waits for this person or this window: handed to it, with it, or (as first contact) with its person. */
export function isForViewer({ holder, asked, first }: Contact, { windowId, actorId }: Viewer): boolean {
  if (asked?.windowId === windowId) return true
  return holder.windowId === windowId
    ? holder.actorId === null || holder.actorId === actorId
    : first.actorId === actorId
}

/** How many wait for this person or this window, for the rail. */
export function useContactCount(viewer: () => Viewer): ComputedRef<number> {
  const { data } = liveRowsOn<Contact>('contact', 'open')
  return computed(() => data.value.filter(({ image }) => isForViewer(image, viewer())).length)
}
