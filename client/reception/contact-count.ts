import { computed, type ComputedRef } from 'vue'
import { isContactEnded, type Contact } from '../../shared/reception/contact.ts'
import { liveRowsOn } from '../local/rows.ts'

/** Who looks: a person at a window, or a supervisor (no window). */
export interface Viewer {
  windowId: string | null
  actorId: string | undefined
  /** A person of a unit without a window here: gives its results, takes nothing. */
  isUnits?: boolean
  /** Who goes on with what is nobody's, and whether this is the desk (SZIT 三); absent: by the school leader. */
  nobodys?: { by: 'leader' | 'desk' | 'guide'; isDesk: boolean }
}

/** Whether it waits for this person or this window: handed to it, with it, or (as first contact) with its person. */
export function isForViewer({ holder, asked, first }: Contact, { windowId, actorId }: Viewer): boolean {
  if (asked?.windowId === windowId) return true
  return holder.windowId === windowId
    ? holder.actorId === null || holder.actorId === actorId
    : first.actorId === actorId
}

/** What a supervisor is to see before anything else: an emergency, or something serious, not yet over (SZIT-9, SZIT-3). */
function isUrgent(image: Contact): boolean {
  return !isContactEnded(image) && (image.matter === 'emergency' || image.isSerious)
}

/** How many wait for this person or this window, for the rail; at a supervisor's how many are urgent. */
export function useContactCount(viewer: () => Viewer & { isHall?: boolean }): ComputedRef<number> {
  const open = liveRowsOn<Contact>('contact', 'open').data
  const confidential = liveRowsOn<Contact>('contact', 'confidential').data
  return computed(() => {
    const who = viewer()
    if (who.isHall) return [...open.value, ...confidential.value].filter(({ image }) => isUrgent(image)).length
    return open.value.filter(({ image }) => isForViewer(image, who)).length
  })
}
