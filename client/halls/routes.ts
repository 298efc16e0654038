import type { RouteRecordRaw } from 'vue-router'
import { outsideRoute } from '../catalogue/routes.ts'
import { peopleRoute } from '../staff/routes.ts'

/** 设置: import and export of items, the people, the regulation profile. */
export const routes: RouteRecordRaw[] = [
  {
    path: '/settings',
    component: () => import('./SettingsHome.vue'),
    redirect: '/settings/import',
    children: [
      {
        path: 'import',
        name: 'import',
        component: async () => (await import('../catalogue/import/index.ts')).ImportPage,
      },
      { path: 'windows', name: 'windows', component: () => import('./WindowChangesPage.vue') },
      { path: 'services', name: 'services', component: () => import('./ServicesPage.vue') },
      { path: 'turns', name: 'turns', component: () => import('./TurnsPage.vue') },
      peopleRoute,
      outsideRoute,
      {
        path: 'calendar',
        name: 'calendar',
        component: async () => (await import('../limits/index.ts')).CalendarPage,
      },
      { path: 'profile', name: 'profile', component: () => import('./ProfilePage.vue') },
    ],
  },
]
