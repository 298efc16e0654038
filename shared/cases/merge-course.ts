import { firstWins, type MergeRule } from '../core/merge.ts'

const append: Pick<MergeRule, 'rule' | 'who'> = { rule: 'append', who: 'auto' }
const merge: Pick<MergeRule, 'rule' | 'who' | 'ends'> = { rule: 'merge', who: 'auto', ends: 'merged' }
const person: Pick<MergeRule, 'rule' | 'who' | 'ends'> = { rule: 'person', who: 'person', ends: 'conflict' }
const afterEnd: Pick<MergeRule, 'against' | 'when' | 'rule' | 'who' | 'ends' | 'flagged'> = {
  ...{ against: 'case.conclude', when: 'an end', rule: 'append', who: 'person', ends: 'merged' },
  flagged: 'editedAfterEnd',
}

/** How 中止, 退件, 转办, charges and appeals meet what happened elsewhere meanwhile (sync.md §6). */
export const courseRules = {
  pauseTwice: { command: 'case.pause', field: 'pauses', against: 'case.pause', when: 'paused', ...merge },
  pauseAfterEnd: { command: 'case.pause', field: 'pauses', ...afterEnd },
  resumeTwice: { command: 'case.resume', field: 'pauses', against: 'case.resume', when: 'no longer paused', ...merge },
  endOverPause: {
    ...{ command: 'case.conclude', field: 'outcome', against: 'case.pause', when: 'a pause not seen' },
    ...{ rule: 'both', who: 'person', ends: 'merged', flagged: 'whilePaused' },
  },
  returnEnd: { command: 'case.return', field: 'outcome', against: 'case.conclude', when: 'another end', ...person },
  transfer: {
    ...{ command: 'case.transfer', field: 'windowId', against: 'case.transfer', when: 'on its way to another' },
    ...firstWins,
  },
  takeOver: {
    command: 'case.takeOver',
    field: 'windowId',
    against: 'case.takeOver',
    when: 'another take',
    ...firstWins,
  },
  transferBack: {
    ...{ command: 'case.transferBack', field: 'windowId', against: 'case.takeOver', when: 'taken already' },
    ...firstWins,
  },
  chargeSame: { command: 'case.charge', field: 'fee', against: 'case.charge', when: 'same amount', ...merge },
  chargeOther: { command: 'case.charge', field: 'fee', against: 'case.charge', when: 'other amount', ...person },
  chargeAfterEnd: { command: 'case.charge', field: 'fee', ...afterEnd },
  receiptSame: {
    command: 'case.receiptNo',
    field: 'receipt',
    against: 'case.receiptNo',
    when: 'same number',
    ...merge,
  },
  receiptOther: {
    ...{ command: 'case.receiptNo', field: 'receipt', against: 'case.receiptNo', when: 'other number' },
    ...person,
  },
  appeal: {
    command: 'case.appeal',
    field: 'appeals',
    against: 'case.appeal',
    when: 'anything',
    ...append,
    ends: 'applied',
  },
  appealDecide: {
    ...{ command: 'case.appealDecide', field: 'appeals', against: 'case.appealDecide', when: 'another decision' },
    ...firstWins,
  },
} satisfies Record<string, MergeRule>
