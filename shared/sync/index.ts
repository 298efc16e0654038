export { ackOutcome } from './ack-outcome.ts'
export { outcomeAggregate, type AnswerWay, type OutcomeRecord } from './outcome-record.ts'
