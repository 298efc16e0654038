import { Fault } from '../http/fault.ts'
import { StoreConflict, StoreUnavailable, type Loaded, type LoadRequest, type Store } from './store-verbs.ts'

/** Nothing could be decided now: asked again in a moment it can. */
export const busy = () => new Fault('busy', { headers: { 'Retry-After': '2' } })

/** What a batch needs, or `busy` where the store does not answer. */
export async function loadFor(store: Store, request: LoadRequest): Promise<Loaded> {
  try {
    return await store.load(request)
  } catch (error) {
    if (error instanceof StoreUnavailable || error instanceof StoreConflict) throw busy()
    throw error
  }
}

/** Whether the store did it; not when somebody was first, or its answer was lost: the next load shows what stands. */
export async function unlessMoved<R>(write: () => Promise<R>): Promise<R | null> {
  try {
    return await write()
  } catch (error) {
    if (error instanceof StoreConflict || error instanceof StoreUnavailable) return null
    throw error
  }
}
