import type { AnyAggregate, CommandRegister } from '../../shared/core/command.ts'
import type { Row } from '../../shared/core/kernel.ts'
import type { Upcasters } from '../../shared/core/upcast.ts'
import type { Stop } from '../../shared/wire/frame.ts'
import type { ClockReading } from './clock-flags.ts'
import type { Received } from './read-command.ts'
import type { AggRef, AppendBatch, Loaded, LoadRequest, LogEntry, Store, StreamState } from './store-verbs.ts'
import type { Touched } from './writes.ts'

/** All the judge touches outside itself, so that the simulator runs the very same code. */
export interface JudgeDeps {
  readonly store: Store
  /** SHA-256 of a text, lower-case hex. */
  hash(text: string): string
  /** ECDSA P-256 over the text's bytes, raw r‖s in base64url; false for anything else. */
  verify(publicKey: unknown, text: string, sig: string): boolean
  /** Check a batch's signatures off the thread that judges; returns `verify` for them. Without it each is checked in turn. */
  verifyAhead?(signed: readonly SignedText[]): Promise<JudgeDeps['verify']>
  now(): number
  random(): number
  wait(ms: number): Promise<void>
  /** Told of every crash and quarantine, with what a rule threw; never with personal values. */
  alarm?(alarm: Alarm): void
  /** Instead of the registers of the whole hall. */
  readonly register?: CommandRegister
  readonly aggregates?: ReadonlyMap<string, AnyAggregate>
  readonly upcasters?: Upcasters
}

/** A text, who is said to have signed it, and the signature. */
export interface SignedText {
  readonly publicKey: unknown
  readonly text: string
  readonly sig: string
}

/** A command was held for an engineer: which one, why, and where the rule threw if it did. */
export interface Alarm {
  readonly cmdId: string
  readonly seq: number
  readonly code: string
  readonly why: string
  readonly error: unknown
}

/** Who carries a batch: the enrolled device, by its token. `serverKey` is set for the server's own stream alone. */
export interface Carrier {
  readonly id: string
  readonly hallId: string
  /** Whose stream it is, where another carries it (a rescue file, sync.md 2.5). */
  readonly ownerId?: string
  /** Of the device whose stream it is. */
  readonly revokedAt: number | null
  readonly serverKey?: unknown
}

/** What became of a push: where reading stopped, what it touched (for the frame), and the hall's position if it moved. */
export interface Judgement {
  readonly stop?: Stop
  readonly touched: readonly AggRef[]
  /** Scopes the touched images stand in. */
  readonly scopes: readonly string[]
  readonly pos: number | null
  /** What of the batch is in the log now and stands, for what follows from it elsewhere. */
  readonly done: readonly Pick<LogEntry, 'kind' | 'type' | 'aggId'>[]
}

/** What a batch is judged with: the tools and both registers. */
export type Tools = Pick<JudgeDeps, 'hash' | 'verify'> & {
  readonly register: CommandRegister
  readonly aggregates: ReadonlyMap<string, AnyAggregate>
  readonly upcasters: Upcasters
}

/** One attempt: the commands as read, and the snapshot they are judged over. */
export interface Attempt {
  readonly carrier: Carrier
  readonly received: readonly Received[]
  readonly request: LoadRequest
  readonly loaded: Loaded
  readonly stream: StreamState
  readonly now: number
}

/** The judged batch; `batch` is null when nothing of it is new. */
export interface Judged {
  readonly stop: Stop | null
  readonly batch: AppendBatch | null
  readonly touched: readonly AggRef[]
  readonly scopes: readonly string[]
  readonly alarms: readonly Alarm[]
}

/** The working copy the commands are decided on, one after another. */
export interface Bench {
  readonly tools: Tools
  readonly attempt: Attempt
  readonly rows: Map<string, Row>
  readonly changed: Map<string, Touched>
  /** What verdicts without effect were decided on. */
  readonly read: Map<string, AggRef>
  readonly cmdIds: Set<string>
  readonly numbers: Set<string>
  /** Held commands released by this batch. */
  readonly released: Set<string>
  readonly log: LogEntry[]
  readonly alarms: Alarm[]
  chain: string
  /** Before this moment the next act cannot have been done. */
  floor: number | null
  /** The clocks at the act before. */
  before: ClockReading | null
}
