export { auditSentences, releaseHeld } from './release-held.ts'
