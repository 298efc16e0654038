import type { CommandRegister } from '../../shared/core/command.ts'
import type { Grant } from '../../shared/core/envelope.ts'
import type { PushBody } from '../../shared/wire/push.ts'
import type { LocalStore } from './store.ts'

/** The tablet's clocks: wall (UTC ms, may say anything), monotonic ms since `boot` (a name for one run of the device). */
export interface Clock {
  wall(): number
  mono(): number
  boot: string
}

/** Hashes and random values, injected so that a seed can replay them. */
export interface Entropy {
  uuid(): string
  salt(): string
  random(): number
  sha256(text: string): Promise<string>
}

/** Who is signed in: the grant that says as what, and the key that signs each act. */
export interface Signer {
  grant: Grant
  sign(text: string): Promise<string>
}

/** The two requests of sync. Each resolves with parsed JSON of a 200, or throws `NetFault`. */
export interface Net {
  push(body: PushBody): Promise<unknown>
  pull(query: Record<string, string>): Promise<unknown>
}

/** Everything the engine touches outside itself. */
export interface Engine {
  store: LocalStore
  clock: Clock
  entropy: Entropy
  net: Net
  /** By `type@v`. A page may begin with a part of it; `wholeRegister` resolves when it is whole. */
  register: CommandRegister
  wholeRegister?(): Promise<void>
  /** Build name that travels in each envelope. */
  app: string
  /** Whether the last request was answered; evidence in the envelope, never a decision. */
  isOnline(): boolean
  /** What goes with a pull for the supervisor's list of tablets (SUP-3). */
  tell?(): Promise<Record<string, string>>
  /** The server has answered the pull this went with. */
  told?(report: Readonly<Record<string, string>>): void
  /** Something out of the ordinary to keep for the watch log; never personal data. */
  report(event: string, facts: Record<string, string | number>): void
}

/** Why a request gave no frame: not reached, the server said wait, or it said no. Nothing leaves the outbox on any of them. */
export class NetFault extends Error {
  readonly kind: 'unreachable' | 'portal' | 'busy' | 'refused'
  readonly status: number
  readonly retryAfterMs: number | null
  readonly problem: string | null

  constructor(kind: NetFault['kind'], facts: { status?: number; retryAfterMs?: number; problem?: string } = {}) {
    super(`no answer: ${kind}`)
    this.name = 'NetFault'
    this.kind = kind
    this.status = facts.status ?? 0
    this.retryAfterMs = facts.retryAfterMs ?? null
    this.problem = facts.problem ?? null
  }
}
