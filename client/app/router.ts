import {
  createRouter,
  createWebHistory,
  type RouteLocationNormalized,
  type Router,
  type RouteRecordRaw,
} from 'vue-router'
import { useSession } from '../local/session.ts'
import { routes as audit } from '../audit/routes.ts'
import { routes as auth } from '../auth/routes.ts'
import { routes as cases } from '../cases/routes.ts'
import { routes as catalogue } from '../catalogue/routes.ts'
import { routes as handover } from '../handover/routes.ts'
import { routes as reception } from '../reception/routes.ts'
import { routes as staff } from '../staff/routes.ts'
import { routes as limits } from '../limits/routes.ts'
import { goOnDuty } from '../local/on-duty.ts'
import { homeOf } from './places.ts'
import { settings } from './settings-routes.ts'
import { storeNotice } from './store-notice.ts'
import { trouble } from './trouble.ts'

const all = [...auth, ...cases, ...catalogue, ...handover, settings, ...reception, ...staff, ...audit, ...limits]
/** Pages for anybody: the public pages and the self-service terminal. */
const isPublic = (path: string) => /^\/(public|kiosk)\//.test(path)
/** The second screen at a window: a page of its own, that nobody signs in on. */
const isAlone = (path: string) => path === '/display'
const isOpen = (path: string) => isPublic(path) || path === '/enrol' || path === '/sign-in' || isAlone(path)

const routes: RouteRecordRaw[] = [
  ...all.filter(({ path }) => isOpen(path)),
  {
    path: '/',
    component: () => import('./AppShell.vue'),
    children: [
      ...all.filter(({ path }) => !isOpen(path)),
      { path: '/:path(.*)*', name: 'nowhere', component: () => import('./NowherePage.vue') },
    ],
  },
]

/** Pages of every room; staff pages ask for somebody at the tablet first, and a locked tablet stays where it was. */
export function makeRouter(): Router {
  const router = createRouter({ history: createWebHistory(), routes })
  let started: Promise<unknown> | null = null
  router.beforeEach(async (to) => {
    if (isPublic(to.path)) return true
    if (!started && !isOpen(to.path)) loadAhead(to)
    started ??= goOnDuty({ onNotice: (notice) => (storeNotice.value = notice) })
    await started
    return wayFor(to, useSession())
  })
  router.onError((error, to) => {
    if (!reloadForNewBuild(error, to)) trouble.report(error)
  })
  return router
}

/** The store takes a while to open: meanwhile the page's own parts are loaded. */
function loadAhead({ matched }: RouteLocationNormalized): void {
  for (const load of matched.flatMap(({ components }) => Object.values(components ?? {}))) {
    // A part that cannot be had is told by the navigation, which asks for it again.
    if (typeof load === 'function') void (load as () => Promise<unknown>)().catch(() => undefined)
  }
}

type Session = ReturnType<typeof useSession>

/** Where somebody may go: to enrol, to sign in, or on; `true` is on. */
function wayFor({ path }: RouteLocationNormalized, session: Session): true | string {
  if (session.state === 'unenrolled') return isOpen(path) && !isAlone(path) ? true : '/enrol'
  if (isAlone(path)) return true
  if (isNobody(session)) return path === '/sign-in' ? true : '/sign-in'
  const isBeginning = ['/', '/enrol', '/sign-in'].includes(path)
  return isBeginning ? homeNow(session) : true
}

/** Nobody at the tablet, or somebody who has not said yet at which post. */
function isNobody({ state, actor }: Session): boolean {
  return state === 'signedOut' || (state === 'unlocked' && actor === null)
}

function homeNow({ state, actor, device }: Session): string {
  if (state === 'locked') return device?.kind === 'browser' ? '/cases' : '/window'
  return homeOf(actor?.role)
}

/** A part of the app that is no longer there belongs to a build before this one: load the page anew, once. */
function reloadForNewBuild(error: unknown, to: RouteLocationNormalized): boolean {
  const isMissing = error instanceof TypeError && /import|module|preload/i.test(error.message)
  const key = 'changkai.reloaded'
  if (!isMissing || !navigator.onLine || sessionStorage.getItem(key) === to.fullPath) return false
  sessionStorage.setItem(key, to.fullPath)
  globalThis.location.assign(to.fullPath)
  return true
}
