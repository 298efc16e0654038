import type { RouteRecordRaw } from 'vue-router'
import { superviseReception } from '../reception/index.ts'

/** 督查: conflicts to settle, the log, what is held, the tablets. */
export const routes: RouteRecordRaw[] = [
  { path: '/cases/:id/decide', name: 'caseDecide', component: () => import('./CaseDecidePage.vue'), props: true },
  {
    path: '/supervise',
    component: () => import('./SuperviseHome.vue'),
    children: [
      { path: '', name: 'decide', component: () => import('./DecidePage.vue') },
      { path: 'reception', name: 'superviseReception', component: superviseReception },
      { path: 'log', name: 'log', component: () => import('./LogPage.vue') },
      { path: 'limits', name: 'limits', component: async () => (await import('../limits/index.ts')).LimitsPage },
      { path: 'replies', name: 'replies', component: async () => (await import('../limits/index.ts')).RepliesPage },
      { path: 'held', name: 'held', component: () => import('./HeldList.vue') },
      {
        path: 'devices',
        name: 'devices',
        component: async () => (await import('../devices/index.ts')).DevicesPage,
      },
      {
        path: 'rescue',
        name: 'rescue',
        component: async () => (await import('../devices/index.ts')).RescuePage,
      },
    ],
  },
]
