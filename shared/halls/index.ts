export { adoptProfile, profileAggregate, profileMisnamed } from './adopt-profile.ts'
export { assignPost, endPost, postAggregate, type Post } from './assign-post.ts'
export { calendarAggregate, calendarMisnamed, publishCalendar } from './publish-calendar.ts'
