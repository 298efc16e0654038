import { showPersonal } from '../../shared/core/pii.ts'
import type { Json } from '../../shared/core/canonical.ts'
import { Envelope } from '../../shared/core/envelope.ts'
import type { AnswerWay } from '../../shared/sync/index.ts'
import { useAct, type Act } from '../local/act.ts'
import type { ActDraft } from '../local/act-types.ts'
import { tabletStore } from '../local/db.ts'
import type { OutcomeRow } from '../local/store.ts'

/** An act that was not accepted, or that waits for the supervisor: what its answer has to name. */
export type RefusedAct = Pick<OutcomeRow, 'cmdId' | 'kind' | 'aggId' | 'type' | 'code'>

/** What its author says to it. */
export interface Reply {
  way: AnswerWay
  to?: { actorId: string; actorName: string }
  reason?: string
}

/** Answers to refused acts: acts like any other, kept in one tap with what is done instead (sync.md 3.2). */
export interface Answers extends Pick<Act, 'isBusy' | 'refusal'> {
  answer(refused: RefusedAct, reply: Reply, instead?: ActDraft): Promise<boolean>
}

/** Keep an answer; with `instead` the corrected act goes first and names the refused one as its cause. */
export function useAnswers(): Answers {
  const { run, isBusy, refusal } = useAct()
  async function answer(refused: RefusedAct, reply: Reply, instead?: ActDraft): Promise<boolean> {
    const again = instead ? [{ ...instead, causedBy: refused.cmdId }] : []
    return (await run([...again, ackDraft(refused, reply)])) !== null
  }
  return { answer, isBusy, refusal }
}

function ackDraft({ cmdId, kind, aggId, type, code }: RefusedAct, { way, to, reason }: Reply): ActDraft {
  const about = { kind, aggId, type, code: code ?? '' }
  return {
    ...{ type: 'outcome.ack', kind: 'outcome', aggId: cmdId, itemId: null, causedBy: cmdId },
    args: { about, way, to: to ? { ...to } : null, reason: reason ?? null },
  }
}

const again: ReadonlySet<string> = new Set(['case.take', 'case.assign', 'case.resolve', 'case.link'])

/** Whether a form can put it right: not where the right itself is missing, nor what others have overtaken. */
export function isCorrectable({ type, code }: Pick<RefusedAct, 'type' | 'code'>): boolean {
  return again.has(type) && code !== 'right.missing' && code !== 'case.alreadyEnded'
}

/** What a refused act had said, its personal values put back; undefined when this tablet did not make it. */
export async function refusedArgs(cmdId: string): Promise<(RefusedAct & { args: Record<string, Json> }) | undefined> {
  return tabletStore().transact('read', ['outcome', 'outbox'], async (tx) => {
    const outcome = await tx.get('outcome', cmdId)
    const act = outcome && (await tx.get('outbox', [outcome.streamId, outcome.seq]))
    if (!act || outcome.acknowledged === 1) return undefined
    const env = Envelope.parse(JSON.parse(act.env))
    const { args } = showPersonal({ args: env.args, seen: {} }, act.pii)
    return { cmdId, kind: act.kind, aggId: act.aggId, type: env.type, code: outcome.code, args }
  })
}
