import './styles/tokens.css'
import './styles/base.css'
import './styles/print.css'
import { createPinia } from 'pinia'
import { createApp } from 'vue'
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
}

begin().catch(trouble.report)
