import { localDay } from '../calendar/day.ts'
import { command, type Ctx } from '../core/command.ts'
import { meet } from '../core/merge.ts'
import { applied, rejected, set } from '../core/outcome.ts'
import { refusal, type RefusalKind } from '../core/refusal.ts'
import { completed } from '../profiles/complete.ts'
import type { DecisionBasis } from '../profiles/window-settings.ts'
import { hallRules } from './merge.ts'
import { Decision, type WindowAsk, type WindowChange } from './window-change.ts'

/** Someone else has decided on it first. */
const alreadyDecided = refusal('windowChange.decided', {
  cite: 'OFF-4',
  say: (facts) => `这份申请已由${String(facts.by)}作出决定。`,
})

/** Nothing changes before the decision's date, and nothing in the past. */
const tooEarly = refusal('windowChange.tooEarly', {
  cite: 'NBU-3',
  say: () => '窗口调整要从决定作出之日或以后的日期起生效，不能早于今天。',
})

/** A decision that is still to be taken is none. */
const notYet = refusal('windowChange.notYet', { cite: 'NBU-3', say: () => '决定日期不能晚于今天。' })

/** The profile names what a decision must rest on. */
const groundsMissing = refusal('windowChange.groundsMissing', {
  cite: 'SSC-7',
  say: (facts) => `作决定前还要写明：${list(facts.missing)}。`,
})

/** No item loses its window. */
const itemsLeft = refusal('windowChange.itemsLeft', {
  cite: 'SSC-7',
  say: (facts) => `窗口撤销前，它的事项要先有新的窗口：${list(facts.names)}。`,
})

/** Sentences of refusals of windowChange, by code. */
export const windowChangeSentences: RefusalKind[] = [alreadyDecided, tooEarly, notYet, groundsMissing, itemsLeft]

const basisWords: Record<Exclude<DecisionBasis, 'application'>, string> = {
  opinions: '师生意见',
  room: '场地空间',
  needs: '学生需求',
}

/**
 * 决定窗口调整: approved from a date or refused, with body, words and date on record (NBU-3, SSC-7). The new profile is
 * published beside it and takes effect on its date; nothing changes before.
 */
export const decideWindow = command({
  type: 'windowChange.decide',
  v: 1,
  nature: 'claim',
  on: 'windowChange',
  by: ['supervisor', 'admin'],
  args: Decision,
  touches: () => ['state'],
  decide(image: WindowChange, args, ctx) {
    if (image.state !== 'proposed')
      return meet(hallRules.decideWindow, {
        refusal: { code: alreadyDecided.code, facts: { by: image.decision?.actorName ?? '' } },
      })
    const wrong = wrongOf(image, args, ctx)
    if (wrong) return rejected(wrong)
    const by = { actorId: ctx.actorId, actorName: ctx.actorName, at: ctx.at }
    return applied([set('state', args.verdict), set('decision', { ...args, ...by })])
  },
})

type Wrong = Parameters<typeof rejected>[0] | undefined

function wrongOf(image: WindowChange, decision: Decision, ctx: Ctx): Wrong {
  const today = localDay(ctx.at)
  if (decision.on > today) return { code: notYet.code }
  if (decision.verdict === 'refused') return undefined
  const { effectiveOn } = decision
  if (effectiveOn === null || effectiveOn < today) return { code: tooEarly.code }
  const missing = missingGrounds(decision, ctx)
  if (missing.length > 0) return { code: groundsMissing.code, facts: { missing } }
  const names = itemsWithoutWindow(image.ask, decision)
  return names.length > 0 ? { code: itemsLeft.code, facts: { names } } : undefined
}

function missingGrounds({ grounds }: Decision, { profile }: Ctx): string[] {
  const asked = profile ? completed(profile).settings.windowDecisionBasis.value : []
  return asked.flatMap((basis) => (basis === 'application' || grounds[basis] !== '' ? [] : [basisWords[basis]]))
}

/** Names of a withdrawn window's items that go nowhere else (SSC-7); none for other changes. */
export function itemsWithoutWindow(ask: WindowAsk, { items, moves }: Pick<Decision, 'items' | 'moves'>): string[] {
  if (ask.what !== 'withdraw') return []
  const to = new Map(moves.map((move) => [move.code, move.to]))
  return items.filter(({ code }) => (to.get(code) ?? ask.windowId) === ask.windowId).map(({ name }) => name)
}

function list(words: unknown): string {
  return Array.isArray(words) ? words.map((word) => `「${String(word)}」`).join('') : ''
}
