export { default as LimitsPage } from './LimitsPage.vue'
export { default as RepliesPage } from './RepliesPage.vue'
export { mustCloseFirst } from './queries.ts'
