import { z } from 'zod'
import { localDay } from '../calendar/day.ts'
import { command } from '../core/command.ts'
import { applied, create, flag, stop, type Flag } from '../core/outcome.ts'
import { refusal, type RefusalKind } from '../core/refusal.ts'
import { filledText, plainId, text } from '../core/text.ts'
import type { DayClose } from './day-close.ts'

/** The most matters one sheet names. */
export const mostLeft = 100

const Left = z.strictObject({
  about: z.enum(['case', 'contact']),
  id: plainId,
  number: filledText(60),
  title: filledText(100),
  /** Why it is left; null where the hall only lists. */
  reason: text(300).nullable(),
})

/** Sentences of what a sheet carries, by code. */
export const dayCloseSentences: RefusalKind[] = [
  refusal('dayUnanswered', {
    cite: 'SSC-21',
    say: (facts) => `还有 ${String(Number(facts.count))} 件没有写明原由，写明后才能收工。`,
  }),
  refusal('dayUnsettled', {
    cite: 'SSC-21',
    say: (facts) => `收工时有 ${String(Number(facts.count))} 件当天的事没有办结、承诺、告知或移交。`,
  }),
]

/**
 * 收工 (SSC-21): a person leaves the window and answers for what of the day is not settled. It happened, so it is never
 * refused; where the hall wants everything settled (`endOfDay`), the tablet stops until each one has its reason.
 */
export const fileDayClose = command({
  type: 'dayClose.file',
  v: 1,
  nature: 'fact',
  on: 'dayClose',
  by: ['roleA', 'roleB'],
  creates: true,
  personal: Array.from({ length: mostLeft }, (_, n) => `left.${String(n)}.reason`),
  args: z.strictObject({ left: z.array(Left).max(mostLeft) }),
  decide(_none: null, { left }, ctx) {
    const rule = ctx.profile?.settings.endOfDay ?? { value: 'list' as const, cite: null }
    const answers = left.map(({ id, reason }) => ({ key: reason ? `answer:${id}` : null, reason }))
    const image: DayClose = {
      ...{ id: ctx.aggId, hallId: ctx.hallId, kind: 'dayClose', windowId: ctx.windowId ?? '', state: 'filed' },
      ...{ on: localDay(ctx.at), rule: rule.value, filedAt: ctx.at },
      person: { actorId: ctx.actorId, actorName: ctx.actorName, role: ctx.role },
      left: left.map(({ reason: _said, ...line }, n) => ({ ...line, answer: answers[n]?.key ?? null })),
      pii: Object.fromEntries(answers.flatMap(({ key, reason }) => (key === null ? [] : [[key, reason]]))),
      ...{ acts: [], flags: [], conflicts: [] },
    }
    const mustSettle = rule.value === 'settleAll'
    return applied([create(image)], mustSettle ? flagsOf(image, rule.cite ?? 'SSC-21') : [])
  },
})

function flagsOf({ left }: DayClose, cite: string): Flag[] {
  const unanswered = left.filter(({ answer }) => answer === null).length
  return [
    ...(unanswered > 0 ? [stop(cite, 'dayUnanswered', { count: unanswered })] : []),
    ...(left.length > 0 ? [flag(cite, 'dayUnsettled', { count: left.length })] : []),
  ]
}
