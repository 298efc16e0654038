import { firstWins, type MergeRule } from '../core/merge.ts'

/** The catalogue is edited online; the version that was looked at must still be the one there (§6). */
export const catalogueRules = {
  publish: { command: 'item.publish', field: 'version', against: 'item.publish', when: 'same version', ...firstWins },
  retire: { command: 'item.retire', field: 'retiredOn', against: 'item.retire', when: 'other day', ...firstWins },
} satisfies Record<string, MergeRule>
