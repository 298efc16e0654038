export { readByNumber } from './reports.ts'
export { followTwins, sweepTwins } from './twins.ts'
