import { caseMergeRules } from './cases/index.ts'
import type { MergeRule } from './core/merge.ts'

/** The conflict table of the whole hall, gathered from the rooms; documentation and tests read it from here. */
export const mergeRules: readonly MergeRule[] = [...caseMergeRules]
