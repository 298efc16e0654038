import { NetFault } from '../local/engine.ts'
import { storageFaultOf } from '../local/storage-fault.ts'
import { netSentence } from '../sync/problem-fault.ts'

/** What a failed request or write means to the person; anything else is a bug and goes on to the boundary. */
export function faultSentence(fault: unknown): string {
  if (fault instanceof NetFault) return netSentence(fault)
  const storage = storageFaultOf(fault)
  if (storage) return storage.sentence
  throw fault
}
