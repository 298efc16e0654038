export { remindAll, remindHall } from './remind.ts'
