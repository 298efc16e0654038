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
export { capWords } from './words.ts'
