import type { RouteRecordRaw } from 'vue-router'

/** 窗口, where cases begin; 办件: the lists, and a case beside them. */
export const routes: RouteRecordRaw[] = [
  { path: '/window', name: 'window', component: () => import('./WindowScreen.vue') },
  {
    path: '/approvals',
    component: () => import('./steps/ApprovalsPage.vue'),
    children: [
      { path: '', name: 'approvals', component: () => import('./steps/ApprovalNone.vue') },
      { path: ':id', name: 'approval', component: () => import('./steps/ApprovalPage.vue'), props: true },
    ],
  },
  {
    path: '/cases',
    component: () => import('./CaseListPage.vue'),
    children: [
      { path: '', name: 'cases', component: () => import('./CaseNone.vue') },
      { path: ':id', name: 'case', component: () => import('./CaseDetailPage.vue'), props: true },
    ],
  },
]
