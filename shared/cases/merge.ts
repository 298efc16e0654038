import { firstWins, type MergeRule } from '../core/merge.ts'
import { courseRules } from './merge-course.ts'

type Line = Omit<MergeRule, 'command' | 'against' | 'field'>

const on =
  (command: string, field: string) =>
  (against: string, line: Line): MergeRule => ({ command, field, against, ...line })

const append: Pick<Line, 'rule' | 'who'> = { rule: 'append', who: 'auto' }
const merge: Pick<Line, 'rule' | 'who'> = { rule: 'merge', who: 'auto' }
const person: Pick<Line, 'rule' | 'who' | 'ends'> = { rule: 'person', who: 'person', ends: 'conflict' }

const receive = on('case.receive', 'case')
const mark = on('case.materialGiven', 'materials')
const field = on('case.correct', 'pii')
const notice = on('case.supplementNotice', 'notices')
const promise = on('case.accept', 'promise')
const done = on('case.stepDone', 'steps')
const conclude = on('case.conclude', 'outcome')

/** How a case's acts meet what happened elsewhere meanwhile: sync.md §6, one line each. `decide` rules by these. */
export const caseRules = {
  ...courseRules,
  twin: receive('case.receive', {
    ...{ when: 'same student, item and day', rule: 'both', who: 'person', ends: 'applied', flagged: 'sameMatter' },
  }),
  markSame: mark('case.materialGiven', { when: 'same mark', ...merge, ends: 'merged' }),
  markOther: mark('case.materialGiven', { when: 'opposite mark', ...person }),
  markAfterEnd: mark('case.conclude', { when: 'before seeing the end', ...append, ends: 'merged' }),
  note: on('case.note', 'notes')('case.note', { when: 'anything', ...append, ends: 'applied' }),
  noteAfterEnd: on('case.note', 'notes')('case.conclude', { when: 'anything', ...append, ends: 'applied' }),
  fieldApart: field('case.correct', { when: 'other field', ...merge, ends: 'applied' }),
  fieldSame: field('case.correct', { when: 'same field, same value', ...merge, ends: 'merged' }),
  fieldOther: field('case.correct', { when: 'same field, other value', ...person }),
  fieldAfterEnd: field('case.conclude', { when: 'before seeing the end', ...person }),
  noticeTwice: notice('case.supplementNotice', {
    ...{ when: 'another notice', rule: 'both', who: 'supervisor', ends: 'merged', flagged: 'toldTwice' },
  }),
  noticeMark: notice('case.materialGiven', { when: 'opposite mark', ...person }),
  markNotice: mark('case.supplementNotice', { when: 'opposite mark', ...person }),
  noticeAfterEnd: notice('case.conclude', {
    ...{ when: 'an end', rule: 'append', who: 'person', ends: 'merged', flagged: 'editedAfterEnd' },
  }),
  endOverNotice: conclude('case.supplementNotice', {
    ...{ when: 'a notice not seen', rule: 'both', who: 'person', ends: 'merged', flagged: 'endedOverNotice' },
  }),
  take: on('case.take', 'handler')('case.take', { when: 'another take', ...firstWins }),
  takeAssigned: on('case.take', 'handler')('case.assign', { when: 'given to another', ...firstWins }),
  assign: on('case.assign', 'handler')('case.assign', { when: 'given to another', ...firstWins }),
  assignTaken: on('case.assign', 'handler')('case.take', { when: 'taken by another', ...firstWins }),
  stepApart: done('case.stepDone', { when: 'another step', ...append, ends: 'applied' }),
  stepSame: done('case.stepDone', { when: 'the same step', ...firstWins }),
  stepReturned: on('case.stepReturn', 'steps')('case.stepDone', { when: 'the same step', ...firstWins }),
  stepTake: on('case.stepTake', 'steps')('case.stepTake', { when: 'taken by another', ...firstWins }),
  stepAgain: on('case.stepAgain', 'steps')('case.stepAgain', { when: 'sent again already', ...firstWins }),
  promiseSame: promise('case.accept', { when: 'same promise', ...merge, ends: 'merged' }),
  promiseOther: promise('case.accept', { when: 'other promise', ...person }),
  promiseAfterEnd: promise('case.conclude', { when: 'an end', ...person }),
  concludeSame: conclude('case.conclude', { when: 'same result', ...merge, ends: 'merged' }),
  concludeOther: conclude('case.conclude', { when: 'other result', ...person, who: 'supervisor' }),
  concludeEnd: conclude('case.withdraw', { when: 'another end', ...person }),
  refuseEnd: on('case.refuse', 'outcome')('case.conclude', { when: 'another end', ...person }),
  withdrawEnd: on('case.withdraw', 'outcome')('case.conclude', { when: 'another end', ...person }),
  undo: on('case.undo', 'state')('case.note', { when: 'a later act', ...firstWins }),
  resolve: on('case.resolve', 'conflicts')('case.resolve', { when: 'another decision', ...firstWins }),
  link: on('case.link', 'conflicts')('case.link', { when: 'another decision', ...firstWins }),
} satisfies Record<string, MergeRule>
