import { getCurrentScope, onScopeDispose, shallowRef, watch, type Ref, type ShallowRef } from 'vue'
import type { Json } from '../../shared/core/canonical.ts'
import { tabletStore } from './db.ts'
import { storageFaultOf } from './storage-fault.ts'

/** Written within a second of the last keystroke (sync.md §2), and at once when the page is hidden. */
const settleMs = 600

/** Keep a half-filled form for its author. */
async function saveDraft(actorId: string, formId: string, value: Json): Promise<void> {
  await tabletStore().transact('write', ['draft'], (tx) =>
    tx.put('draft', [{ actorId, formId, at: Date.now(), value }]),
  )
}

/** An author's own draft of a form; nobody else's is ever given (P10). */
export async function loadDraft<Value extends Json>(actorId: string, formId: string): Promise<Value | null> {
  const row = await tabletStore().transact('read', ['draft'], (tx) => tx.get('draft', [actorId, formId]))
  return (row?.value ?? null) as Value | null
}

/** Throw a draft away; an act that ends it does so in its own transaction. */
export async function dropDraft(actorId: string, formId: string): Promise<void> {
  await tabletStore().transact('write', ['draft'], (tx) => tx.delete('draft', [[actorId, formId]]))
}

/** A form whose text outlives a lock, a reload and a crash. */
export interface Draft {
  /** False until the kept text, if any, has been put back. */
  isReady: ShallowRef<boolean>
  /** Why it cannot be kept, for the screen. */
  fault: ShallowRef<string | null>
  flush(): Promise<void>
  drop(): Promise<void>
}

/** Keep `value` as the author's draft of `formId` while the form is open; what was kept before is put back first. */
export function useDraft<Value extends Json>(author: string, formId: string, value: Ref<Value>): Draft {
  const isReady = shallowRef(false)
  const fault = shallowRef<string | null>(null)
  let timer: ReturnType<typeof setTimeout> | undefined
  let isDirty = false
  const flush = async () => {
    clearTimeout(timer)
    if (!isDirty) return
    isDirty = false
    await saveDraft(author, formId, plain(value.value)).catch((error: unknown) => {
      fault.value = storageFaultOf(error)?.sentence ?? '草稿没有保存，请不要关闭这个页面。'
    })
  }
  const stopWatching = watch(
    value,
    () => {
      if (!isReady.value) return
      isDirty = true
      clearTimeout(timer)
      timer = setTimeout(() => void flush(), settleMs)
    },
    { deep: true, flush: 'sync' },
  )
  const onHide = () => void flush()
  for (const event of ['visibilitychange', 'pagehide']) window.addEventListener(event, onHide)
  const leave = () => {
    stopWatching()
    for (const event of ['visibilitychange', 'pagehide']) window.removeEventListener(event, onHide)
    void flush()
  }
  if (getCurrentScope()) onScopeDispose(leave)
  const drop = async () => {
    clearTimeout(timer)
    isDirty = false
    await dropDraft(author, formId)
  }
  void loadDraft<Value>(author, formId)
    .then((kept) => {
      if (kept !== null) value.value = kept
    })
    .catch((error: unknown) => {
      fault.value = storageFaultOf(error)?.sentence ?? null
    })
    .finally(() => {
      isReady.value = true
    })
  return { isReady, fault, flush, drop }
}

/** Without Vue's proxies, which a store cannot clone. */
function plain<Value extends Json>(value: Value): Value {
  return JSON.parse(JSON.stringify(value)) as Value
}
