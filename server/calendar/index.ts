export { calendarsFromChineseDays } from './seed-calendars.ts'
