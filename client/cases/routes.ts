import type { RouteRecordRaw } from 'vue-router'

/** 窗口, where cases begin; 办件: the lists, and a case beside them; 预约, for staff and for anybody. */
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
    path: '/public/items/:id/book',
    name: 'public-book',
    component: () => import('./slots/public/PublicBookPage.vue'),
    props: true,
  },
  {
    path: '/public/:hallId/booking/:number?',
    name: 'public-booking',
    component: () => import('./slots/public/PublicBookingPage.vue'),
    props: true,
  },
  { path: '/slots', name: 'slots', component: () => import('./slots/SlotsPage.vue') },
  {
    path: '/cases',
    component: () => import('./CaseListPage.vue'),
    children: [
      { path: '', name: 'cases', component: () => import('./CaseNone.vue') },
      { path: ':id', name: 'case', component: () => import('./CaseDetailPage.vue'), props: true },
    ],
  },
]
