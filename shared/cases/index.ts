export { archive } from './archive.ts'
export { accept } from './accept.ts'
export { assign } from './assign.ts'
export { addNote } from './add-note.ts'
export {
  caseAggregate,
  isArchived,
  isEnded,
  openConflicts,
  type Case,
  type CaseState,
  type MaterialState,
} from './case.ts'
export type { CaseName, Notice, NoticeLine } from './case.ts'
export { conflictDaysOf, conflictOwner, type ConflictOwner, type OwnerTerms } from './conflict-owner.ts'
export { conclude } from './conclude.ts'
export { correct, studentFields } from './correct.ts'
export { link } from './link.ts'
export { materialGiven } from './material-given.ts'
export { caseMergeRules, caseRules } from './merge.ts'
export { formatCaseNumber, laneOf } from '../core/case-number.ts'
export { MaterialMarks, Phone, receive, StudentNo } from './receive.ts'
export { caseSentences } from './refusals.ts'
export { refuseCase } from './refuse-case.ts'
export { mayDecide, resolve } from './resolve.ts'
export { lacking } from './rules.ts'
export { supplementNotice, toldTooLate } from './supplement-notice.ts'
export { take } from './take.ts'
export { markTwin, type Receipt } from './twin.ts'
export { isUndoable, lastStanding, undo, undoneActs } from './undo.ts'
export { withdraw } from './withdraw.ts'
