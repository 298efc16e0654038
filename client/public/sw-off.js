// Served as /sw.js when CLIENT_WORKER=off: takes itself away, with every kept copy of the app, and loads the pages anew
// from the server. What waits in IndexedDB is not touched (F39).
self.addEventListener('install', () => self.skipWaiting())
self.addEventListener('activate', (event) => {
  event.waitUntil(
    (async () => {
      for (const name of await caches.keys()) await caches.delete(name)
      await self.registration.unregister()
      for (const page of await self.clients.matchAll({ type: 'window' })) await page.navigate(page.url)
    })(),
  )
})
