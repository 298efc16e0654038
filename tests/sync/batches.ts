import { createHash, randomUUID } from 'node:crypto'
import type { AppendBatch, ImageWrite, LogEntry, ScopeWrite } from '../../server/sync/store-verbs.ts'

/** SHA-256 of a text, in hex. */
export const sha256Hex = (text: string): string => createHash('sha256').update(text).digest('hex')

/** A log row as the judge would write it; the envelope only needs to be some text here. */
export const logEntry = (seq: number, more: Partial<LogEntry> = {}): LogEntry => {
  const cmdId = more.cmdId ?? randomUUID()
  const envelope = more.envelope ?? JSON.stringify({ cmdId, seq })
  return {
    cmdId,
    seq,
    kind: 'case',
    aggId: 'c1',
    type: 'case.note',
    actorId: 'a1',
    role: 'roleA',
    windowId: 'w1',
    carrierId: 'a1',
    online: true,
    wall: 1_790_000_000_000,
    lo: 1_790_000_000_000,
    hi: 1_790_000_000_500,
    receivedAt: 1_790_000_001_234,
    outcome: 'applied',
    code: null,
    detail: null,
    ver: 1,
    envelope,
    hash: sha256Hex(envelope),
    sig: 'sig',
    verdict: JSON.stringify({ outcome: 'applied', ver: 1 }),
    pii: null,
    ...more,
  }
}

/** What a test's batch writes; `at` is the last seq of the stream before it. */
export interface BatchPlan {
  readonly hallId: string
  readonly streamId: string
  readonly at: number
  readonly log: readonly LogEntry[]
  readonly images?: readonly ImageWrite[]
  readonly scopes?: readonly ScopeWrite[]
  readonly digests?: AppendBatch['digests']
}

/** A whole batch on branch 0. */
export const batchOf = ({
  hallId,
  streamId,
  at,
  log,
  images = [],
  scopes = [],
  digests = [],
}: BatchPlan): AppendBatch => ({
  hallId,
  streamId,
  branch: 0,
  lastSeq: at,
  seq: at + log.length,
  chain: log.at(-1)?.hash ?? '',
  log,
  images,
  scopes,
  digests,
})

/** A batch of one command that writes one case into scopes. */
export const caseBatch = (plan: {
  hallId: string
  streamId: string
  at: number
  id: string
  ver0: number
  image?: object
  set: readonly string[]
  leave?: readonly string[]
}): AppendBatch => {
  const { id, ver0, set, leave = [] } = plan
  const ver = ver0 + 1
  const entry = (op: 'set' | 'leave') => (scope: string) => ({ kind: 'case', id, scope, ord: 1, ver, op })
  return batchOf({
    hallId: plan.hallId,
    streamId: plan.streamId,
    at: plan.at,
    log: [logEntry(plan.at + 1, { aggId: id, ver })],
    images: [{ kind: 'case', id, ver0, ver, image: plan.image ?? { state: 'open' } }],
    scopes: [...set.map(entry('set')), ...leave.map(entry('leave'))],
  })
}
