export { alreadyPutAway, archiveDayClose } from './archive-day-close.ts'
export { countedBy } from './counted.ts'
export { dayCloseAggregate, type DayClose, type LeftMatter } from './day-close.ts'
export { dayCloseSentences, fileDayClose, mostLeft } from './file-day-close.ts'
export { caseLight, lightOf } from './lights.ts'
export { dueWithPauses, limitOf, nearestDue } from './pauses.ts'
export type { Limit, LimitTerms, Pause, Promised } from './pauses.ts'
export {
  capFor,
  checkPromise,
  daysLeft,
  light,
  openingOf,
  promiseOn,
  proposedDays,
  reckonPromise,
  type Cap,
  type Light,
  type PromiseCheck,
} from './promise.ts'
export { beyondWithoutReason, overCap } from './refusals.ts'
export { capWords, dueWords } from './words.ts'
