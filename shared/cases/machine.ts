import type { Case, CaseState } from './case.ts'

/** What can move a case, each with its command and its word in the drawing (docs/case-states.md). */
export const caseMoves = {
  accept: { command: 'case.accept', word: '受理' },
  notice: { command: 'case.supplementNotice', word: '一次性告知' },
  complete: { command: 'case.materialGiven', word: '补正齐全' },
  conclude: { command: 'case.conclude', word: '办结' },
  decline: { command: 'case.refuse', word: '当面不予办理' },
  refuse: { command: 'case.refuse', word: '研究后不予办理' },
  giveBack: { command: 'case.return', word: '退件' },
  withdraw: { command: 'case.withdraw', word: '撤回' },
  pause: { command: 'case.pause', word: '中止' },
  resume: { command: 'case.resume', word: '恢复' },
  resumeWaiting: { command: 'case.resume', word: '恢复，仍待补正' },
  transfer: { command: 'case.transfer', word: '转办' },
  takeOver: { command: 'case.takeOver', word: '接收转办' },
  charge: { command: 'case.charge', word: '核定收费' },
  receiptNo: { command: 'case.receiptNo', word: '填缴费回执' },
  appeal: { command: 'case.appeal', word: '登记申诉' },
  uphold: { command: 'case.appealDecide', word: '申诉成立' },
  join: { command: 'case.link', word: '并入' },
  reopen: { command: 'case.resolve', word: '裁决：重新办理' },
} as const
export type CaseMove = keyof typeof caseMoves

/** The state a move leads to; `!`: not offered, but a fact that happened all the same is kept, marked; `-`: refused. */
export type Cell = CaseState | `${CaseState}!` | '-'
type Row = Record<CaseMove, Cell>

const ends = {
  ...{ conclude: 'concluded', decline: 'declined', refuse: 'refused', giveBack: 'returned', withdraw: 'withdrawn' },
} as const satisfies Partial<Row>

/** A second end is never lost: both stand until a person decides (sync.md §6). */
const secondEnd = {
  ...{ conclude: 'disputed!', decline: 'disputed!', refuse: 'disputed!', giveBack: 'disputed!', withdraw: 'disputed!' },
} as const satisfies Partial<Row>

/** Over: what still happens is kept beside the end and shown; claims come too late. */
function over<State extends CaseState>(state: State): Row {
  const kept = `${state}!` as const
  return {
    ...{ accept: 'open!', notice: kept, complete: kept, ...secondEnd, pause: kept, resume: kept, resumeWaiting: kept },
    ...{ transfer: '-', takeOver: '-', charge: kept, receiptNo: state, appeal: state, uphold: state, join: '-' },
    reopen: '-',
  }
}

/**
 * The one state machine of a case: every state, every move. 待缴费回执 is no state of its own: a charge without its
 * receipt number bars 办结 wherever the case stands (ZJJ-24); nor is 转办, during which the first window goes on.
 */
export const caseMachine: Readonly<Record<CaseState, Readonly<Row>>> = {
  open: {
    ...{ accept: 'open', notice: 'waiting', complete: 'open', ...ends, pause: 'paused' },
    ...{ resume: 'open!', resumeWaiting: 'open!', transfer: 'open', takeOver: 'open', charge: 'open' },
    ...{ receiptNo: 'open', appeal: 'open', uphold: 'open', join: 'voided', reopen: '-' },
  },
  waiting: {
    ...{ accept: 'open', notice: 'waiting', complete: 'open', ...ends, pause: 'paused' },
    ...{ resume: 'waiting!', resumeWaiting: 'waiting!', transfer: 'waiting', takeOver: 'waiting', charge: 'waiting' },
    ...{ receiptNo: 'waiting', appeal: 'waiting', uphold: 'waiting', join: 'voided', reopen: '-' },
  },
  paused: {
    ...{ accept: 'paused!', notice: 'paused!', complete: 'paused', conclude: 'concluded!', decline: 'declined!' },
    ...{ refuse: 'refused!', giveBack: 'returned!', withdraw: 'withdrawn', pause: 'paused!' },
    ...{ resume: 'open', resumeWaiting: 'waiting', transfer: 'paused', takeOver: 'paused', charge: 'paused!' },
    ...{ receiptNo: 'paused', appeal: 'paused', uphold: 'paused', join: 'voided', reopen: '-' },
  },
  disputed: {
    ...{ accept: 'disputed!', notice: 'disputed!', complete: 'disputed', ...secondEnd, pause: 'disputed!' },
    ...{ resume: 'disputed!', resumeWaiting: 'disputed!', transfer: 'disputed', takeOver: 'disputed' },
    ...{ charge: 'disputed!', receiptNo: 'disputed', appeal: 'disputed', uphold: 'disputed', join: 'voided' },
    reopen: 'open',
  },
  concluded: { ...over('concluded'), conclude: 'concluded!' },
  refused: { ...over('refused'), uphold: 'open' },
  declined: { ...over('declined'), uphold: 'open' },
  returned: { ...over('returned'), uphold: 'open' },
  withdrawn: over('withdrawn'),
  voided: over('voided'),
}

/** Where a move leads, and whether the screens offer it. */
export function moveFrom(state: CaseState, move: CaseMove): { to: CaseState; is: 'offered' | 'kept' | 'refused' } {
  const cell = caseMachine[state][move]
  if (cell === '-') return { to: state, is: 'refused' }
  const isKept = cell.endsWith('!')
  return { to: (isKept ? cell.slice(0, -1) : cell) as CaseState, is: isKept ? 'kept' : 'offered' }
}

/** Whether the screens offer a move in a state. */
export function mayMove({ state }: Pick<Case, 'state'>, move: CaseMove): boolean {
  return moveFrom(state, move).is === 'offered'
}

/** What must stand before 办结: 即办件 ends at once, 承诺件 was promised, 联办件 has its steps done too. */
export const beforeEnd: Readonly<Record<Case['itemKind'], readonly string[]>> = {
  instant: [],
  committed: ['受理'],
  joint: ['受理', '联办各步'],
}
