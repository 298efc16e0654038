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
