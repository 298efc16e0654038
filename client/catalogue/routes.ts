import type { RouteRecordRaw } from 'vue-router'

/** 设置 of the catalogue: import and export of items, 未进厅事项 (SSC-6); children of 设置. */
export const settingsRoutes: RouteRecordRaw[] = [
  { path: 'import', name: 'import', component: async () => (await import('./import/index.ts')).ImportPage },
  { path: 'outside', name: 'outside', component: () => import('./OutsidePage.vue') },
]

/** 事项: the catalogue with its sheets for staff, and each sheet's public page. */
export const routes: RouteRecordRaw[] = [
  {
    path: '/items',
    component: () => import('./ItemListPage.vue'),
    children: [
      { path: '', name: 'items', component: () => import('./ItemNone.vue') },
      { path: ':id/edit', name: 'item-edit', component: () => import('./edit/ItemEditPage.vue'), props: true },
      { path: ':id', name: 'item', component: () => import('./ItemSheetPage.vue'), props: true },
    ],
  },
  { path: '/follows', name: 'follows', component: () => import('./follow/FollowsPage.vue') },
  { path: '/guides', name: 'guides', component: () => import('./guides/GuidesPage.vue') },
  {
    path: '/kiosk/:hallId',
    name: 'kiosk',
    component: () => import('./kiosk/KioskPage.vue'),
    props: true,
  },
  {
    path: '/public/:hallId',
    name: 'public-hall',
    component: () => import('./PublicHallPage.vue'),
    props: true,
  },
  {
    path: '/public/:hallId/case/:number?',
    name: 'public-case',
    component: () => import('./PublicCasePage.vue'),
    props: true,
  },
  {
    path: '/public/:hallId/mail',
    name: 'public-mail',
    component: () => import('./mail/PublicMailPage.vue'),
    props: true,
  },
  {
    path: '/public/items/:id',
    name: 'public-item',
    component: () => import('./PublicItemPage.vue'),
    props: true,
  },
]
