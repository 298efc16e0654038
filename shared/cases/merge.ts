import type { MergeRule } from '../core/merge.ts'

/** How a case's acts meet what happened elsewhere meanwhile: sync.md §6, one line each, each with a test. */
export const caseMergeRules: MergeRule[] = [
  { command: 'case.note', field: 'notes', against: 'anything', rule: 'append', who: 'auto' },
  { command: 'case.correct', field: 'pii', against: 'another field', rule: 'merge', who: 'auto' },
  { command: 'case.correct', field: 'pii', against: 'same field, same value', rule: 'merge', who: 'auto' },
  { command: 'case.correct', field: 'pii', against: 'same field, other value', rule: 'person', who: 'person' },
  { command: 'case.materialGiven', field: 'materials', against: 'same mark', rule: 'merge', who: 'auto' },
  { command: 'case.materialGiven', field: 'materials', against: 'opposite mark', rule: 'person', who: 'person' },
  { command: 'case.supplementNotice', field: 'notices', against: 'another notice', rule: 'both', who: 'person' },
  { command: 'case.supplementNotice', field: 'notices', against: 'an end', rule: 'append', who: 'person' },
  { command: 'case.take', field: 'handler', against: 'another take', rule: 'firstWins', who: 'auto' },
  { command: 'case.conclude', field: 'outcome', against: 'same result', rule: 'merge', who: 'auto' },
  { command: 'case.conclude', field: 'outcome', against: 'other result or end', rule: 'person', who: 'person' },
  { command: 'case.refuse', field: 'outcome', against: 'another end', rule: 'person', who: 'person' },
  { command: 'case.withdraw', field: 'outcome', against: 'another end', rule: 'person', who: 'person' },
  { command: 'case.accept', field: 'outcome', against: 'an end', rule: 'person', who: 'person' },
  { command: 'case.undo', field: 'state', against: 'a later act', rule: 'firstWins', who: 'auto' },
  { command: 'case.resolve', field: 'conflicts', against: 'another decision', rule: 'firstWins', who: 'auto' },
]
