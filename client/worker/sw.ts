/// <reference lib="webworker" />
import { cleanupOutdatedCaches, createHandlerBoundToURL, precacheAndRoute } from 'workbox-precaching'
import { NavigationRoute, registerRoute } from 'workbox-routing'

declare const self: ServiceWorkerGlobalScope & { __WB_MANIFEST: { url: string; revision: string | null }[] }

// The whole app, every route's chunk, kept whole; rows and answers of the server never (reliability.md F7, P19).
precacheAndRoute(self.__WB_MANIFEST)
cleanupOutdatedCaches()

// Any address of the app is the app, also offline; the server's own are not.
registerRoute(
  new NavigationRoute(createHandlerBoundToURL('index.html'), {
    denylist: [/^\/(api|sync|problems)\//, /^\/(livez|readyz|version|metrics)$/],
  }),
)

self.addEventListener('activate', (event) => {
  event.waitUntil(self.clients.claim())
})

// A new worker waits until a page says so, at a quiet moment (sync.md §8).
self.addEventListener('message', (event) => {
  if ((event.data as { type?: string } | null)?.type === 'SKIP_WAITING') event.waitUntil(self.skipWaiting())
})
