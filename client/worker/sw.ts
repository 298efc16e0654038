/// <reference lib="webworker" />
import { PrecacheController, PrecacheRoute } from 'workbox-precaching'
import { NavigationRoute, registerRoute } from 'workbox-routing'
import { version } from '../../package.json'
import { buildsToDrop, buildName, isStopped, newestBuild } from './builds.ts'

declare const self: ServiceWorkerGlobalScope & {
  __WB_MANIFEST: { url: string; revision: string | null; integrity?: string }[]
}

// The whole app, every route's chunk, kept whole; rows and answers of the server never (reliability.md F7, P19). Each file
// is checked against its hash before any of it is used: a build that came damaged never takes over (F38).
const manifest = self.__WB_MANIFEST
const thisBuild = buildName(version, manifest)
const precache = new PrecacheController({ cacheName: thisBuild })
precache.addToCacheList(manifest)

self.addEventListener('install', (event) => {
  event.waitUntil(installWhole(event).then(skipStopped))
})

/** All of it or nothing: half a build would be taken for one that once ran. */
async function installWhole(event: ExtendableEvent): Promise<void> {
  const wasHere = await caches.has(thisBuild)
  try {
    await precache.install(event)
  } catch (error) {
    if (!wasHere) await caches.delete(thisBuild)
    throw error
  }
}

self.addEventListener('activate', (event) => {
  event.waitUntil(Promise.all([self.clients.claim(), dropOldBuilds()]))
})

registerRoute(new PrecacheRoute(precache))

// Any address of the app is the app, also offline; the server's own are not.
registerRoute(
  new NavigationRoute(precache.createHandlerBoundToURL('index.html'), {
    denylist: [/^\/(api|sync|problems)\//, /^\/(livez|readyz|version|metrics)$/],
  }),
)

// A page of the build before this one, not yet loaded anew, still finds its chunks (F37).
registerRoute(
  ({ url, sameOrigin }) => sameOrigin && url.pathname.startsWith('/assets/'),
  async ({ request }) => (await caches.match(request)) ?? fetch(request),
)

async function dropOldBuilds(): Promise<void> {
  const old = buildsToDrop(await caches.keys(), thisBuild)
  await Promise.all(old.map((name) => caches.delete(name)))
}

/** A build that the server has stopped may be too broken to ask for this one: then it does not wait (F39). */
async function skipStopped(): Promise<void> {
  const running = newestBuild(await caches.keys(), thisBuild)
  if (running === null || !self.registration.active) return
  const answer = await fetch('/version', { cache: 'no-store' }).catch(() => null)
  const said: unknown = answer?.ok ? await answer.json().catch(() => null) : null
  if (isStopped(running, said)) await self.skipWaiting()
}

// A new worker waits until a page says so, at a quiet moment (sync.md §8).
self.addEventListener('message', (event) => {
  if ((event.data as { type?: string } | null)?.type === 'SKIP_WAITING') event.waitUntil(self.skipWaiting())
})
