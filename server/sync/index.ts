import type { MiddlewareHandler } from 'hono'
import type { Api } from '../http/define.ts'
import type { Env } from '../http/env.ts'
import { squeeze } from '../http/squeeze.ts'
import { liveRoute } from './live.route.ts'
import { pullRoute } from './pull.route.ts'
import { pushRoute, type SyncDeps } from './push.route.ts'

export { issueAsSystem, type IssueDeps, type SystemAct } from './issue.ts'
export { proofOf, serverKey } from './server-key.ts'
export type { SyncDeps } from './push.route.ts'
export { openWake, type Wake } from './wake.ts'

/** Wires `/sync/v1`; `enrolled` finds the device by its token and knows revoked ones too (P12). */
export function syncRoutes(api: Api, deps: SyncDeps, enrolled: MiddlewareHandler<Env>): void {
  // Frames shrink to a tenth; the live stream must not be held back by a compressor (sync.md §5).
  for (const path of ['/sync/v1/push', '/sync/v1/pull']) api.use(path, squeeze)
  pushRoute(api, deps, enrolled)
  pullRoute(api, deps, enrolled)
  liveRoute(api, deps, enrolled)
}
