import type { RouteRecordRaw } from 'vue-router'

/** Pages before anybody is at the tablet. */
export const routes: RouteRecordRaw[] = [
  { path: '/enrol', name: 'enrol', component: () => import('./EnrolPage.vue') },
  { path: '/sign-in', name: 'sign-in', component: () => import('./SignInPage.vue') },
]
