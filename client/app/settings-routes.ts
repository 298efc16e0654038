import type { RouteRecordRaw } from 'vue-router'
import { settingsRoutes as catalogue } from '../catalogue/routes.ts'
import { settingsRoutes as halls } from '../halls/routes.ts'
import { settingsRoutes as limits } from '../limits/routes.ts'
import { peopleRoute } from '../staff/routes.ts'

/** 设置: what a hall sets for itself. Its pages are of several rooms, which know nothing of each other. */
export const settings: RouteRecordRaw = {
  path: '/settings',
  component: () => import('./SettingsHome.vue'),
  redirect: '/settings/import',
  children: [...catalogue, peopleRoute, ...halls, ...limits],
}
