import { caseRules, slotRules } from './cases/index.ts'
import { catalogueRules } from './catalogue/index.ts'
import type { LaterRule, MergeRule } from './core/merge.ts'
import { hallRules } from './halls/index.ts'
import { handoverRules } from './handover/index.ts'
import { contactRules } from './reception/index.ts'

/** Every line by its name: a test plays each of them. */
export const rulesByName = {
  ...caseRules,
  ...slotRules,
  ...catalogueRules,
  ...hallRules,
  ...handoverRules,
  ...contactRules,
} satisfies Record<string, MergeRule>
export type RuleName = keyof typeof rulesByName

/** The conflict table of the whole hall (sync.md §6), gathered from the rooms, which decide by it. */
export const mergeRules: readonly MergeRule[] = Object.values(rulesByName)

/** Lines of the table whose commands come with a later issue; nothing of them is built yet. */
export const laterRules: readonly LaterRule[] = [
  { field: 'attachment', when: 'anything', rule: 'append', who: 'auto', issue: 'C', rows: 'SSC-20.1' },
  { field: 'sealUse', when: 'anything', rule: 'append', who: 'auto', issue: 'D', rows: 'NBU-15' },
  { field: 'signInOut', when: 'anything', rule: 'append', who: 'auto', issue: 'D', rows: 'ZJJ-23' },
  { field: 'dayEndCheck', when: 'anything', rule: 'append', who: 'auto', issue: 'D', rows: 'SSC-31' },
  { field: 'assetIssue', when: 'anything', rule: 'append', who: 'auto', issue: 'D', rows: 'SSC-26' },
  {
    field: 'rating',
    when: 'second rating of a ticket: first counts, second kept',
    rule: 'append',
    who: 'auto',
    issue: 'D',
    rows: 'NBU-12',
  },
]
