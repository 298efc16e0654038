import './styles/tokens.css'
import './styles/base.css'
import './styles/print.css'
import { createPinia } from 'pinia'
import { createApp, watch } from 'vue'
import AppRoot from './AppRoot.vue'
import { trouble } from './trouble.ts'

/** Browsers give keys and offline work to HTTPS and localhost only (F36): elsewhere the page says so, and no more. */
async function begin(): Promise<void> {
  const app = createApp(AppRoot)
  app.config.errorHandler = trouble.report
  app.use(createPinia())
  if (globalThis.isSecureContext) {
    const { makeRouter } = await import('./router.ts')
    app.use(makeRouter())
  }
  app.mount('#app')
  if (globalThis.isSecureContext && import.meta.env.PROD) await keepUpToDate()
}

/** A new version is taken only when nobody is at the tablet: locked or signed out, and online (P14). */
async function keepUpToDate(): Promise<void> {
  const [{ registerWorker, updateIfQuiet }, { useSession }, { useStatus }] = await Promise.all([
    import('./register-worker.ts'),
    import('../local/session.ts'),
    import('../sync/status.ts'),
  ])
  const quiet = {
    hasOpenForm: () => useSession().state === 'unlocked',
    isOffline: () => useStatus().isOffline,
  }
  watch(
    () => useSession().state,
    (state) => {
      if (state === 'signedOut') void updateIfQuiet(quiet)
    },
  )
  await registerWorker(quiet)
}

begin().catch(trouble.report)
