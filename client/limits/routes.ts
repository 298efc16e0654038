import type { RouteRecordRaw } from 'vue-router'

/** 收工 at the tablet; the supervisors' pages of this room stand under 督查 and 设置. */
export const routes: RouteRecordRaw[] = [
  { path: '/day-close', name: 'dayClose', component: () => import('./DayClosePage.vue') },
]
