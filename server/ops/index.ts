export { startRounds, type Rounds } from './rounds.ts'
export { tidyAll, tidyHall, type Tidied } from './tidy.ts'
