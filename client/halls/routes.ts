import type { RouteRecordRaw } from 'vue-router'

/** 设置 of the hall itself: its windows, services, turns, and its regulation profile; children of 设置. */
export const settingsRoutes: RouteRecordRaw[] = [
  { path: 'windows', name: 'windows', component: () => import('./WindowChangesPage.vue') },
  { path: 'services', name: 'services', component: () => import('./ServicesPage.vue') },
  { path: 'turns', name: 'turns', component: () => import('./TurnsPage.vue') },
  { path: 'profile', name: 'profile', component: () => import('./ProfilePage.vue') },
]
