import type { Db } from '../db/pg.ts'
import type { Store } from '../sync/store-verbs.ts'
import type { Log } from './log.ts'

/** What every route works with. `now` is the server's clock, UTC ms; `random` gives bytes nobody can guess. */
export interface Deps {
  readonly db: Db
  readonly store: Store
  readonly log: Log
  now(): number
}

/** The device that speaks, by its token; a revoked one is known too (its pushes are held, P12). */
export interface DeviceAuth {
  readonly id: string
  readonly hallId: string
  readonly kind: 'tablet' | 'browser'
  readonly name: string
  readonly windowIds: readonly string[]
  readonly revokedAt: number | null
}

/** One role a person holds today; `windowId` null = in the whole hall. */
export interface RoleAt {
  readonly role: string
  readonly windowId: string | null
}

/** The person signed in, by the session's cookie. `roles` are those that count on the session's device. */
export interface PersonAuth {
  readonly id: string
  readonly hallId: string
  readonly name: string
  readonly kind: 'staff' | 'student' | 'supervisor'
  readonly deviceId: string | null
  readonly roles: readonly RoleAt[]
  readonly tokenHash: string
}

/** Hono's environment: what middleware has found out about the request. */
export interface Env {
  Bindings: { incoming?: { socket?: { remoteAddress?: string } } }
  Variables: {
    requestId: string
    device: DeviceAuth
    person: PersonAuth
  }
}
