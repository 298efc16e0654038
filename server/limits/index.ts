export { putAwayAll, putAwayDayCloses } from './put-away.ts'
export { remindAll, remindHall } from './remind.ts'
