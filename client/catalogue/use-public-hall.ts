import { shallowRef, watch, type ShallowRef } from 'vue'
import { PublicItems } from '../../shared/wire/public.ts'
import { NetFault } from '../local/engine.ts'
import { fetchJson } from '../sync/online.ts'

/** A hall's items in force as anybody reads them. */
export interface PublicHallRead {
  answer: ShallowRef<PublicItems | null>
  /** There is no such hall, or it cannot be asked now. */
  fault: ShallowRef<'missing' | 'unreachable' | null>
  load(): Promise<void>
}

/** Reads a hall's public list, anew whenever the hall changes. */
export function usePublicHall(hallId: () => string): PublicHallRead {
  const answer = shallowRef<PublicItems | null>(null)
  const fault = shallowRef<'missing' | 'unreachable' | null>(null)

  async function load(): Promise<void> {
    fault.value = null
    try {
      answer.value = await fetchJson(PublicItems, `/api/v1/public/halls/${encodeURIComponent(hallId())}/items`)
      document.title = answer.value.hall.name
    } catch (error) {
      if (!(error instanceof NetFault)) throw error
      fault.value = error.status === 404 || error.status === 400 ? 'missing' : 'unreachable'
    }
  }

  watch(hallId, load, { immediate: true })
  return { answer, fault, load }
}
