import { OpenAPIHono } from '@hono/zod-openapi'
import { auditRoutes } from '../audit/index.ts'
import { accountRoutes, authRoutes, enrolled } from '../auth/index.ts'
import { appointmentRoutes, followTwins, searchRoutes } from '../cases/index.ts'
import { catalogueRoutes } from '../catalogue/index.ts'
import { deviceRoutes, rescueRoutes } from '../devices/index.ts'
import { hallRoutes } from '../halls/index.ts'
import { lookAgain, staffRoutes } from '../staff/index.ts'
import { receptionRoutes } from '../reception/index.ts'
import { syncRoutes } from '../sync/index.ts'
import type { SyncDeps } from '../sync/push.route.ts'
import { clientAddress } from './client-address.ts'
import type { Api } from './define.ts'
import type { Env } from './env.ts'
import { Fault } from './fault.ts'
import { noOtherPages, ownPagesOnly, plainQuery, securityHeaders, straightPath } from './guards.ts'
import { plainPages, release } from './pages.ts'
import { errorEnd, nothingThere, requestLine } from './requests.ts'
import { staticFiles } from './static.ts'
import { anyClient, type ClientPolicy } from '../settings.ts'

/** What the whole application works with. */
export type AppDeps = SyncDeps

/** How the application stands on its machine. */
export interface Site {
  /** Folder of the built client. */
  readonly clientFolder: string
  readonly isTls: boolean
  /** Reverse proxies in front of us, by address: what they say of where a request comes from is believed. */
  readonly proxies?: readonly string[]
  /** None given: every client may run. */
  readonly clients?: ClientPolicy
  /** True once a stop has been asked for: readiness says no. */
  isStopping(): boolean
}

const openApiDocument = (api: Api): void => {
  api.get('/api/v1/openapi.json', (c) =>
    c.json(
      api.getOpenAPI31Document({
        openapi: '3.1.0',
        info: { title: '常开窗口 Changkai', version: release, license: { name: 'Apache-2.0' } },
      }),
    ),
  )
}

/** Every known address answers other methods with 405 and says which it takes (X19). */
const refuseOtherMethods = (api: Api): void => {
  const known = new Map<string, Set<string>>()
  for (const { method, path } of api.routes) {
    if (method === 'ALL' || path.includes('*')) continue
    known.set(path, (known.get(path) ?? new Set()).add(method))
  }
  for (const [path, methods] of known) {
    const allow = [...methods, ...(methods.has('GET') ? ['HEAD'] : [])].sort().join(', ')
    api.all(path, () => {
      throw new Fault('method', { headers: { Allow: allow } })
    })
  }
}

/** The whole HTTP side: guards, routes of the rooms, sync, documents, and the client's files. */
export const createApp = (deps: AppDeps, site: Site): Api => {
  const api: Api = new OpenAPIHono<Env>({ strict: true })
  api.use('*', requestLine(deps.log), securityHeaders(site.isTls), straightPath, plainQuery)
  api.use('*', clientAddress(site.proxies ?? []))
  api.onError(errorEnd(deps.log))
  api.notFound(nothingThere)
  api.use('/api/*', ownPagesOnly)
  api.use('/sync/*', noOtherPages)
  const clients = site.clients ?? anyClient
  plainPages(api, deps, { isStopping: site.isStopping, clients })
  authRoutes(api, deps)
  accountRoutes(api, deps)
  const followers = [followTwins(deps), lookAgain(deps)]
  const follow: AppDeps['follow'] = (...told) => followers.forEach((each) => each(...told))
  syncRoutes(api, { follow, ...deps }, enrolled(deps))
  auditRoutes(api, deps)
  deviceRoutes(api, deps)
  rescueRoutes(api, deps)
  catalogueRoutes(api, deps)
  searchRoutes(api, deps)
  hallRoutes(api, deps)
  staffRoutes(api, deps)
  receptionRoutes(api, deps)
  appointmentRoutes(api, deps)
  openApiDocument(api)
  refuseOtherMethods(api)
  api.get('*', staticFiles(site.clientFolder, clients))
  return api
}
