import { auditSentences } from './audit/index.ts'
import { caseSentences, remindSentences } from './cases/index.ts'
import { catalogueSentences } from './catalogue/index.ts'
import type { Json } from './core/canonical.ts'
import { judgeSentences } from './core/judge-flags.ts'
import { kernelRefusals, type RefusalKind } from './core/refusal.ts'
import { hallSentences } from './halls/index.ts'
import { handoverSentences } from './handover/index.ts'
import { receptionSentences } from './reception/index.ts'
import { staffSentences } from './staff/index.ts'
import { alreadyPutAway, beyondWithoutReason, dayCloseSentences, overCap } from './limits/index.ts'

const sentences = new Map<string, RefusalKind>(
  [
    ...kernelRefusals,
    ...judgeSentences,
    ...auditSentences,
    ...caseSentences,
    ...remindSentences,
    ...catalogueSentences,
    ...hallSentences,
    ...handoverSentences,
    ...receptionSentences,
    ...staffSentences,
    overCap,
    beyondWithoutReason,
    alreadyPutAway,
    ...dayCloseSentences,
  ].map((kind) => [kind.code, kind]),
)

/** The plain sentence for a refusal's or flag's code, as tablet, paper and log all show it. */
export function sentenceOf(code: string, facts: Record<string, Json> = {}): string {
  return sentences.get(code)?.say(facts) ?? '这条记录需要主管查看。'
}

/** Whether a code has a sentence: every code a rule can give must. */
export function hasSentence(code: string): boolean {
  return sentences.has(code)
}
