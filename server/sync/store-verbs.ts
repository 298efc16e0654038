import type { RoleAt } from '../../shared/core/roles.ts'
import type { OpenRequest } from './open-request.ts'
import type { Digest, DigestDelta } from '../../shared/core/digest.ts'

/** Names one aggregate of a hall. */
export type AggRef = Readonly<Record<'kind' | 'id', string>>

/** The key of an aggregate in `Loaded.images`. */
export const aggKey = ({ kind, id }: AggRef): string => `${kind}:${id}`

/** What one `load` asks for; `seqs` are the seqs of the batch, both ends included, `numbers` the case numbers it prints. */
export interface LoadRequest {
  readonly hallId: string
  readonly streamId: string
  readonly branch: number
  readonly aggs: readonly AggRef[]
  readonly grantIds: readonly string[]
  readonly cmdIds: readonly string[]
  readonly numbers: readonly string[]
  readonly seqs: { readonly from: number; readonly to: number }
  /** Earlier seqs of the stream that commands of the batch rest on (`base.after`): their results are wanted too. */
  readonly afters?: readonly number[]
  /** Commands that a supervisor decides about (3.3): what was held, with all that deciding it anew needs. */
  readonly heldIds?: readonly string[]
}

/** A stream as the server knows it; `chain` is hex, `closedAt` UTC ms, `lastLo` and `lastEnv` are of its last logged act. */
export interface StreamState {
  readonly deviceId: string
  readonly lane: string | null
  readonly lastSeq: number
  readonly chain: string
  readonly closedAt: number | null
  readonly lastLo: number | null
  readonly lastEnv: string | null
}

/** An image with its version. */
export interface StoredImage {
  readonly ver: number
  readonly image: unknown
}

/** One role a grant gives; `windowId` null means every window of the hall. */
export interface GrantedRole extends Readonly<Omit<RoleAt, 'role'>> {
  readonly role: string
}

/** An offline grant as stored, with the text the server signed (sync.md 3.4). Times are UTC ms. */
export interface StoredGrant {
  readonly id: string
  readonly deviceId: string
  readonly actorId: string
  readonly displayName: string
  readonly roles: readonly GrantedRole[]
  readonly fromAt: number
  readonly toAt: number
  readonly publicKey: unknown
  readonly issuedText: string
  readonly issuedSig: string
  readonly revokedAt: number | null
}

/** The stored answer to one command; `hash` is the envelope's SHA-256 in hex, `ver` the image's after it. */
export interface StoredResult {
  readonly seq: number
  readonly cmdId: string
  readonly hash: string
  readonly outcome: string
  readonly code: string | null
  readonly detail: unknown
  readonly ver: number
}

/**
 * A version of profile or calendar the hall has: from which day or for which year it is, and since when it is known (a
 * calendar: counts, if later), UTC ms.
 */
export interface VersionMark {
  readonly kind: string
  readonly id: string
  readonly version: number
  /** The first day of a profile; the year of a calendar. */
  readonly of: string
  readonly since: number
}

/** A command that was held, as the log has it; `isReleased`: a release of it stands already. */
export interface HeldCommand extends AggRef {
  readonly cmdId: string
  readonly actorId: string | null
  readonly code: string | null
  readonly envelope: string
  readonly pii: unknown
  readonly isReleased: boolean
  /** Whether another case has taken the number it prints. */
  readonly isNumberTaken: boolean
}

/** One snapshot of all that judging a batch needs. `knownCmdIds` are those of the request already in the log, from any stream; `knownNumbers` its numbers a case of the hall has already. */
export interface Loaded {
  readonly epoch: string
  readonly hallPos: number
  readonly stream: StreamState | null
  readonly images: ReadonlyMap<string, StoredImage>
  readonly grants: readonly StoredGrant[]
  readonly results: readonly StoredResult[]
  readonly knownCmdIds: readonly string[]
  readonly knownNumbers: readonly string[]
  /** Profiles and calendars of the hall, to see whether a command rests on an older one than it should. */
  readonly versions: readonly VersionMark[]
  readonly held: readonly HeldCommand[]
}

/** One row of `command_log` to be; `hash` is hex, `wall`, `lo`, `hi`, `receivedAt` are UTC ms, `verdict` canonical text. */
export interface LogEntry {
  readonly cmdId: string
  readonly seq: number
  readonly kind: string
  readonly aggId: string
  readonly type: string
  readonly actorId: string | null
  readonly role: string | null
  readonly windowId: string | null
  readonly carrierId: string | null
  readonly online: boolean
  readonly wall: number | null
  readonly lo: number | null
  readonly hi: number | null
  readonly receivedAt: number
  readonly outcome: string
  readonly code: string | null
  readonly detail: unknown
  readonly ver: number
  readonly envelope: string
  readonly hash: string
  readonly sig: string
  readonly verdict: string
  readonly pii: unknown
}

/** The last image of an aggregate the batch touched; `ver0` 0 creates it. */
export interface ImageWrite extends AggRef {
  readonly ver0: number
  readonly ver: number
  readonly image: unknown
}

/**
 * One entry of the scope index. Every touched aggregate lists ALL scopes it stands in (`set`) and those it has just
 * left (`leave`), with the same `ord`: the place in the batch, from 1, of the last command that changed it.
 */
export interface ScopeWrite extends AggRef {
  readonly scope: string
  readonly ord: number
  readonly ver: number
  readonly op: 'set' | 'leave'
}

/**
 * A judged batch: `lastSeq` and `chain` before and after are checked and moved; log[i].seq = lastSeq + 1 + i, the last =
 * `seq`. `reads`: what verdicts without effect rest on, as read; `digests`: what each scope's moves by (sync.md 4.6).
 */
export interface AppendBatch {
  readonly hallId: string
  readonly streamId: string
  readonly branch: number
  readonly lastSeq: number
  readonly seq: number
  readonly chain: string
  readonly log: readonly LogEntry[]
  readonly images: readonly ImageWrite[]
  readonly reads?: readonly (AggRef & { readonly ver: number })[]
  readonly scopes: readonly ScopeWrite[]
  readonly digests: readonly DigestDelta[]
}

/** `since` for a pull (0 = snapshot), null with `touched` for the answer to a push; `streamId` null: no results. */
export interface PageRequest {
  readonly hallId: string
  readonly streamId: string | null
  /** None is 0. */
  readonly branch?: number
  readonly firstUnsettled: number
  /** The device whose spare lane the answer shall tell. */
  readonly spareOf?: string | null
  readonly since: number | null
  /** A page of a snapshot. */
  readonly isSnapshot?: boolean
  /** The hall's position at the snapshot's first page; an older tablet does not say. */
  readonly began?: number | undefined
  readonly scopes: readonly string[]
  readonly limit: number
  readonly touched: readonly AggRef[]
}

/** A current image; `scopes` are those of the request it stands in. */
export interface PageRow extends AggRef {
  readonly ver: number
  readonly scopes: readonly string[]
  readonly image: unknown
  readonly pos: number
}

/** The aggregate left `scope` at `pos`. */
export interface PageLeave extends AggRef {
  readonly scope: string
  readonly pos: number
}

/**
 * One snapshot: results and images together (the frame rule, sync.md 3). `cursor` is null when `since` was. `isPast`:
 * `since` lies before the horizon, so the page has nothing to go on from (4.4). `digests`: of the scopes asked for, in a pull.
 */
export interface Page {
  readonly epoch: string
  readonly lastSeq: number
  readonly results: readonly StoredResult[]
  readonly rows: readonly PageRow[]
  readonly leaves: readonly PageLeave[]
  readonly pos: number
  readonly cursor: number | null
  readonly isPast: boolean
  readonly digests: Readonly<Record<string, Digest>>
  /** The spare lane asked for, null when the device has none. */
  readonly spare?: string | null
}

/** The verbs of the server core (sync.md 3.1). The simulator's store in memory is the other implementation. */
export interface Store {
  /**
   * Open a stream for a device that holds its lane as a spare (which gets a new one), or a branch where its stem has the
   * command before (sync.md 1.5, 2.2). False: it is open already, or may not be; the next `load` shows which.
   */
  open(request: OpenRequest): Promise<boolean>
  load(request: LoadRequest): Promise<Loaded>
  /** Returns the hall's new position; the batch got `pos - n + 1 … pos` in order. Throws `StoreConflict` and writes nothing if anything moved. */
  append(batch: AppendBatch): Promise<number>
  page(request: PageRequest): Promise<Page>
}

/** What was loaded has moved (40001, 40P01, 23505): load, decide and append again. */
export class StoreConflict extends Error {
  override readonly name = 'StoreConflict'
}

/** Postgres cannot answer now. After `append` the outcome is unknown: look it up by command id before any retry (F18). */
export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable'
}
