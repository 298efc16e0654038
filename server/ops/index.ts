export { inEveryHall } from './every-hall.ts'
export { startRounds, type Rounds } from './rounds.ts'
export { tidyAll, tidyHall, type Tidied } from './tidy.ts'
