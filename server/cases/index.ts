export { followTwins, sweepTwins } from './twins.ts'
