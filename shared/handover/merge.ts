import { firstWins, type MergeRule } from '../core/merge.ts'

/** How a change of hands meets what happens elsewhere meanwhile (§6). */
export const handoverRules = {
  entries: {
    ...{ command: 'handover.open', field: 'lines', against: 'case.note', when: 'new entries on a case of the list' },
    ...{ rule: 'merge', who: 'auto', ends: 'applied' },
  },
  confirm: {
    ...{ command: 'handover.confirm', field: 'state', against: 'handover.confirm', when: 'taken over by another' },
    ...firstWins,
  },
} satisfies Record<string, MergeRule>
