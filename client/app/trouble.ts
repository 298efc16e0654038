import { shallowRef } from 'vue'
import { storageFaultOf, type StorageKind } from '../local/storage-fault.ts'
import { reloadedOnce } from './ladder.ts'

/** What went wrong on the screen, as a sentence; null while all is well. */
const sentence = shallowRef<string | null>(null)
/** What is wrong with the tablet's store, if that is it. */
const kind = shallowRef<StorageKind | null>(null)

function report(error: unknown): void {
  console.error(error)
  if (reloadedOnce(error)) return
  const fault = storageFaultOf(error)
  kind.value = fault?.kind ?? null
  sentence.value = fault?.sentence ?? '这个页面出了差错。已办的都在本机，不会丢；请重新载入后继续。'
}

/** Errors nobody expected: kept for the boundary of the app, which alone shows them (house rule: bugs end here). */
export const trouble = {
  sentence,
  kind,
  report,
  clear: (): void => {
    sentence.value = null
    kind.value = null
  },
}
