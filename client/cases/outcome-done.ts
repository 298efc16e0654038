import { formatDay } from '../../shared/calendar/day.ts'
import { yuan } from '../../shared/cases/index.ts'
import type { Outcome, OutcomeRules } from './outcome-for.ts'
import type { PaperKind } from './papers/paper-facts.ts'

/** What was done, as the toast and the screen after it say it. */
export function doneWords(outcome: Outcome, { image, profile }: OutcomeRules): string {
  switch (outcome.kind) {
    case 'conclude':
      return image?.promise ? '已办结' : '已当场办结'
    case 'promise':
      return `已受理，承诺 ${formatDay(outcome.proposal.on)}`
    case 'charge':
      return `已核定收费 ${yuan(outcome.amount)} 元，等缴费回执`
    case 'notice':
      return `已一次性告知 ${String(outcome.lines.length + outcome.matters.length)} 项，等学生补正`
    case 'given':
      return `已收下补来的 ${String(outcome.given)} 项`
    case 'refuse':
      return `已${profile.settings.refusalAtDoorWord.value}`
    case 'unchecked':
      return ''
  }
}

/** The paper the student takes away. */
export function paperOf({ kind }: Outcome): PaperKind | undefined {
  if (kind === 'promise') return 'receipt'
  if (kind === 'notice') return 'notice'
  if (kind === 'refuse') return 'refusal'
  if (kind === 'charge') return 'charge'
  return kind === 'conclude' ? 'conclusion' : undefined
}
