export { adoptProfile, profileAggregate, profileMisnamed } from './adopt-profile.ts'
export { assignPost, endPost, postAggregate, postChanged, type Post } from './assign-post.ts'
export { calendarAggregate, calendarMisnamed, publishCalendar } from './publish-calendar.ts'
export { hallRules } from './merge.ts'
