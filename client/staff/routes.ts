import type { RouteRecordRaw } from 'vue-router'

/** 设置 · 人员: records, posts, changes, assistants, offices; a child of 设置. */
export const peopleRoute: RouteRecordRaw = {
  path: 'people',
  component: () => import('./PeopleHome.vue'),
  children: [
    { path: '', name: 'people', component: () => import('./PeoplePage.vue') },
    { path: 'import', name: 'people-import', component: () => import('./ImportPeople.vue') },
    { path: 'posts', name: 'posts', component: () => import('./PostsPage.vue') },
    { path: 'changes', name: 'changes', component: () => import('./ChangesPage.vue') },
    { path: 'changes/:id', name: 'change', component: () => import('./ChangePage.vue'), props: true },
    { path: 'assistants', name: 'assistants', component: () => import('./AssistantsPage.vue') },
    { path: 'offices', name: 'offices', component: () => import('./OfficesPage.vue') },
    { path: 'of/:id', name: 'person', component: () => import('./PersonPage.vue'), props: true },
  ],
}

/** 例会和任务, for everybody who has one; and the second screen at the window, which stands by itself. */
export const routes: RouteRecordRaw[] = [
  { path: '/meetings', name: 'meetings', component: () => import('./MeetingsPage.vue') },
  { path: '/display', name: 'display', component: () => import('./DisplayPage.vue') },
]
