import type { RouteRecordRaw } from 'vue-router'

/** 设置: import and export of items, the regulation profile. */
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
      { path: 'profile', name: 'profile', component: () => import('./ProfilePage.vue') },
    ],
  },
]
