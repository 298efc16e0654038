import { liveQuery } from 'dexie'
import { getCurrentScope, onScopeDispose, shallowRef, watch, type ShallowRef, type WatchSource } from 'vue'
import { onPoke } from '../sync/poke.ts'
import { storageFaultOf } from './storage-fault.ts'

/** A query's latest answer; `fault` is what keeps it from being read, as a sentence for the screen. */
export interface Live<Value> {
  data: Readonly<ShallowRef<Value>>
  fault: Readonly<ShallowRef<string | null>>
  /** False until the first answer: the initial value is not yet the store's. */
  isReady: Readonly<ShallowRef<boolean>>
  stop(): void
}

/**
 * Keep a store query up to date while the component lives: on every change of this or another tab, on `by`, and again
 * when the page is seen or a poke says so, since notifications can be missed (sync.md 2.3).
 */
export function useLive<Value>(query: () => Promise<Value>, initial: Value, by?: WatchSource): Live<Value> {
  const data = shallowRef(initial) as ShallowRef<Value>
  const fault = shallowRef<string | null>(null)
  const isReady = shallowRef(false)
  let subscription: { unsubscribe(): void } | null = null
  const subscribe = () => {
    subscription?.unsubscribe()
    // An async function of our own: Dexie follows what a query reads only through one (its zones end at a bare await).
    subscription = liveQuery(async () => query()).subscribe({
      next(value) {
        data.value = value
        fault.value = null
        isReady.value = true
      },
      error(error: unknown) {
        fault.value = storageFaultOf(error)?.sentence ?? '本机数据读不出来，请重新载入页面。'
      },
    })
  }
  const onSeen = () => {
    if (!document.hidden) subscribe()
  }
  const unpoke = onPoke(({ about }) => {
    if (about === 'changed') subscribe()
  })
  document.addEventListener('visibilitychange', onSeen)
  const unwatch = by ? watch(by, subscribe) : () => undefined
  const stop = () => {
    subscription?.unsubscribe()
    unpoke()
    unwatch()
    document.removeEventListener('visibilitychange', onSeen)
  }
  if (getCurrentScope()) onScopeDispose(stop)
  subscribe()
  return { data, fault, isReady, stop }
}
