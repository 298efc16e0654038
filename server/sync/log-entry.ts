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
export function logEntry(bench: Bench, { received, checked, interval, decision, text }: Entry): LogEntry {
  const { env, signed, seq, hash } = received
  const { verdict, row } = decision
  const signer = checked.isSigned ? env : null
  return {
    cmdId: ownId(bench, received),
    ...{ seq, hash, envelope: signed.env, sig: signed.sig, pii: signed.pii ?? null, verdict: text },
    ...{ kind: env?.kind ?? '', aggId: env?.aggId ?? '', type: env?.type ?? '' },
    ...{ actorId: signer?.actorId ?? null, role: signer?.role ?? null, windowId: signer?.windowId ?? null },
    ...{ carrierId: bench.attempt.carrier.id, online: env?.online ?? false, wall: env?.wall ?? null },
    ...{ lo: interval.lo, hi: interval.hi, receivedAt: bench.attempt.now },
    ...{ outcome: verdict.outcome, code: verdict.code ?? null, detail: verdict.detail ?? null, ver: row?.ver ?? 0 },
  }
}

/** The command's own id or, when it has none or one that is taken (P3), an id of ours made from its bytes and place. */
function ownId({ tools, attempt, cmdIds }: Bench, { cmdId, hash, seq }: Received): string {
  if (cmdId !== null && !cmdIds.has(cmdId)) return cmdId
  return uuidOf(tools.hash(`${attempt.request.streamId}:${String(seq)}:${hash}`))
}

/** A UUID (version 8) made from the first 128 bits of a hash: the same whenever it is asked for. */
export function uuidOf(hash: string): string {
  const variant = '89ab'[Number.parseInt(hash.slice(16, 17), 16) % 4] ?? '8'
  return [hash.slice(0, 8), hash.slice(8, 12), `8${hash.slice(13, 16)}`, variant + hash.slice(17, 20), hash.slice(20, 32)].join('-')
}
