import type { Envelope } from '../../shared/core/envelope.ts'
import type { Decision } from '../../shared/core/kernel.ts'
import type { Interval } from './act-interval.ts'
import type { Bench } from './judge-types.ts'
import type { Checked } from './check-command.ts'
import type { Received } from './read-command.ts'
import type { LogEntry } from './store-verbs.ts'

interface Entry {
  readonly received: Received
  readonly checked: Checked
  readonly interval: Interval
  readonly decision: Decision
  readonly text: string
}

/** The row of `command_log`. Actor, role and window are named only when the signature proved them (I11). */
export function logEntry(bench: Bench, entry: Entry): LogEntry {
  const { signed, seq, hash } = entry.received
  const { verdict, row } = entry.decision
  const { carrier, now } = bench.attempt
  return {
    cmdId: ownId(bench, entry.received),
    ...{ seq, hash, envelope: signed.env, sig: signed.sig, pii: signed.pii ?? null, verdict: entry.text },
    ...said(entry.received.sent, entry.checked.isSigned),
    ...{ carrierId: carrier.id, receivedAt: now, lo: entry.interval.lo, hi: entry.interval.hi },
    ...{ outcome: verdict.outcome, code: verdict.code ?? null, detail: verdict.detail ?? null, ver: row?.ver ?? 0 },
  }
}

const nobody = { actorId: null, role: null, windowId: null }

/** What the envelope itself says, in columns to look it up by. */
function said(env: Envelope | null, isSigned: boolean) {
  if (!env) return { kind: '', aggId: '', type: '', online: false, wall: null, ...nobody }
  const { kind, aggId, type, online, wall, actorId, role, windowId } = env
  return { kind, aggId, type, online, wall, ...(isSigned ? { actorId, role, windowId } : nobody) }
}

/** The command's own id or, when it has none or one that is taken (P3), an id of ours made from its bytes and place. */
function ownId({ tools, attempt, cmdIds }: Bench, { cmdId, hash, seq }: Received): string {
  if (cmdId !== null && !cmdIds.has(cmdId)) return cmdId
  return uuidOf(tools.hash(`${attempt.request.streamId}:${String(seq)}:${hash}`))
}

/** A UUID (version 8) made from the first 128 bits of a hash: the same whenever it is asked for. */
export function uuidOf(hash: string): string {
  const variant = '89ab'[Number.parseInt(hash.slice(16, 17), 16) % 4] ?? '8'
  return [
    hash.slice(0, 8),
    hash.slice(8, 12),
    `8${hash.slice(13, 16)}`,
    variant + hash.slice(17, 20),
    hash.slice(20, 32),
  ].join('-')
}
