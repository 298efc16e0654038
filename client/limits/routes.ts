import type { RouteRecordRaw } from 'vue-router'

/** 设置 · 工作日历; a child of 设置. */
export const settingsRoutes: RouteRecordRaw[] = [
  { path: 'calendar', name: 'calendar', component: () => import('./CalendarPage.vue') },
]

/** 收工 at the tablet; the supervisors' pages of this room stand under 督查 and 设置. */
export const routes: RouteRecordRaw[] = [
  { path: '/day-close', name: 'dayClose', component: () => import('./DayClosePage.vue') },
]
