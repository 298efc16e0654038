import { shallowRef } from 'vue'
import { storageFaultOf } from '../local/storage-fault.ts'

/** What went wrong on the screen, as a sentence; null while all is well. */
const sentence = shallowRef<string | null>(null)

function report(error: unknown): void {
  console.error(error)
  sentence.value = storageFaultOf(error)?.sentence ?? '这个页面出了差错。已办的都在本机，不会丢；请重新载入后继续。'
}

/** Errors nobody expected: kept for the boundary of the app, which alone shows them (house rule: bugs end here). */
export const trouble = {
  sentence,
  report,
  clear: (): void => {
    sentence.value = null
  },
}
