import type { RouteRecordRaw } from 'vue-router'

/** 首问: the list with a new one or one of them beside it; 大厅地图, for staff and for anybody. */
export const routes: RouteRecordRaw[] = [
  {
    path: '/reception',
    component: () => import('./ReceptionPage.vue'),
    children: [
      { path: '', name: 'reception', component: () => import('./NewContact.vue') },
      { path: ':id', name: 'contact', component: () => import('./ContactPage.vue'), props: true },
    ],
  },
  { path: '/map', name: 'map', component: () => import('./HallMapPage.vue') },
  { path: '/public/:hall/map', name: 'public-map', component: () => import('./PublicMapPage.vue'), props: true },
]
