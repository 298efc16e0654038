export { confirmHandover, handoverSentences } from './confirm-handover.ts'
export { handoverAggregate, type Handover, type HandoverLine } from './handover.ts'
export { openHandover } from './open-handover.ts'
export { handoverRules } from './merge.ts'
