import type { RouteRecordRaw } from 'vue-router'

/** 交接班 at the tablet. */
export const routes: RouteRecordRaw[] = [
  { path: '/handover', name: 'handover', component: () => import('./HandoverPage.vue') },
]
