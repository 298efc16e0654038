import type { Decision } from '../../shared/core/kernel.ts'
import type { Envelope } from '../../shared/core/envelope.ts'
import { hasNoEffect } from '../../shared/core/outcome.ts'
import type { Bench } from './judge-types.ts'

/** The act a later one failed with: the first of the row, so that a person looks there and nowhere else (sync.md 3.3). */
type First = { cmdId: string; seq: number; outcome: string; code: string | null }

/** What became of an act of this stream: earlier in the batch, or logged before it. */
function endOf({ log, attempt }: Bench, seq: number) {
  return log.find((entry) => entry.seq === seq) ?? attempt.loaded.results.find((result) => result.seq === seq)
}

function firstFailure(bench: Bench, { base, seq }: Envelope): First | null {
  const end = base.after > 0 && base.after < seq ? endOf(bench, base.after) : undefined
  if (!end || !hasNoEffect(end.outcome)) return null
  const detail = end.detail as { first?: First } | null
  return detail?.first ?? { cmdId: end.cmdId, seq: end.seq, outcome: end.outcome, code: end.code }
}

/**
 * An act whose own predecessor did not come to stand is decided on its merits; where its precondition is missing
 * (`held:depends`, or a claim refused) the verdict names the first failure.
 */
export function pointing(bench: Bench, env: Envelope | null, decision: Decision): Decision {
  const { verdict } = decision
  const isMissing = verdict.outcome === 'rejected' || verdict.code === 'depends'
  const first = env && isMissing ? firstFailure(bench, env) : null
  if (!first) return decision
  return { ...decision, verdict: { ...verdict, detail: { ...verdict.detail, first: first } } }
}
