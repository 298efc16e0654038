import type { RoleAt } from '../../shared/core/roles.ts'
import type { Db } from '../db/pg.ts'
import type { Store } from '../sync/store-verbs.ts'
import type { Log } from './log.ts'

/** A letter of plain text. `endUrl` is where its reader ends what it is sent for; `id` is the same when it is sent again. */
export interface Letter {
  readonly id: string
  readonly to: string
  readonly fromName: string
  readonly subject: string
  readonly text: string
  readonly endUrl?: string
}

/** The school's mail server. */
export interface Mailer {
  /** Where readers of a letter reach our pages; no slash at the end. */
  readonly publicUrl: string
  /** False: the mail server says that there is no such address. Throws `NotSent` when it is worth another try. */
  send(letter: Letter): Promise<boolean>
  /** What is on its way is given up, and whatever comes after it. */
  close(): void
}

/** What every route works with. `now` is the server's clock, UTC ms. */
export interface Deps {
  readonly db: Db
  readonly store: Store
  readonly log: Log
  /** None: no mail server is set, and nothing is sent. */
  readonly mailer?: Mailer
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

/** The person signed in, by the session's cookie. `roles` are those that count on the session's device. */
export interface PersonAuth {
  readonly id: string
  readonly hallId: string
  readonly name: string
  readonly kind: 'staff' | 'student' | 'supervisor'
  readonly deviceId: string | null
  readonly roles: readonly RoleAt[]
  /** Last day of the first of these roles to end, or null. */
  readonly until: string | null
  readonly tokenHash: string
}

/** Hono's environment: what middleware has found out about the request. */
export interface Env {
  Bindings: { incoming?: { url?: string; socket?: { remoteAddress?: string } } }
  Variables: {
    requestId: string
    /** Where the request comes from, an IPv6 network for its addresses (client-address.ts). */
    address: string
    device: DeviceAuth
    person: PersonAuth
  }
}
