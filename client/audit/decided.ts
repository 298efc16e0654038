import { shallowRef } from 'vue'
import type { OpenConflict } from './conflicts.ts'
import type { Choice } from './decision-words.ts'

/** A conflict as it was when it was decided here: its case may leave this computer with the decision. */
export interface Decided {
  entry: OpenConflict
  choice: Choice
  reason: string
  by: string
  at: number
}

const mostShown = 20

/** What was decided in this sitting, the newest first; the record itself is the log. */
export const decided = shallowRef<readonly Decided[]>([])

/** Note a decision that has been kept. */
export function noteDecided(one: Decided): void {
  const others = decided.value.filter(({ entry }) => entry.id !== one.entry.id)
  decided.value = [one, ...others].slice(0, mostShown)
}
