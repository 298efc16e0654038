import type { Calendar } from '../../shared/calendar/calendar.ts'
import { addDays, formatDay, formatDayLong, localDay } from '../../shared/calendar/day.ts'
import { isJoint } from '../../shared/cases/index.ts'
import { dayStatus } from '../../shared/calendar/workdays.ts'
import { capWords, dueWords, limitOf } from '../../shared/limits/index.ts'
import { yuan } from '../../shared/cases/index.ts'
import type { IconName } from '../ui/icons.ts'
import type { Outcome, OutcomeRules, Proposal } from './outcome-for.ts'

/** What the foot of the screen says of an outcome: why, by which rule, and the main button. */
export interface OutcomeWords {
  why: string
  rule?: string | undefined
  label: string
  icon?: IconName | undefined
  variant: 'main' | 'ink'
}

/** Weekends and holidays between two days by name, so that the date explains itself: `遇周末、国庆节顺延`. */
function skippedWords(from: string, to: string, calendars: readonly Calendar[]): string {
  const names = new Set<string>()
  for (let on = addDays(from, 1); on < to; on = addDays(on, 1)) {
    const status = dayStatus(calendars, on)
    if (!status.isWorkday) names.add(status.name === '' ? '周末' : status.name)
  }
  return names.size === 0 ? '' : `，遇${[...names].join('、')}顺延`
}

/** `5 个工作日，受理次日起算，遇周末顺延`. */
function promiseRule({ days, on, receivedOn, isOfficial }: Proposal, calendars: readonly Calendar[]): string {
  const official = isOfficial ? '' : '（放假安排还没公布，按周一至周五推算）'
  return `${String(days)} 个工作日，受理次日起算${skippedWords(receivedOn, on, calendars)}${official}`
}

/** Handed in on a day off or after closing, the paper counts from the next working day. */
function lateWords({ receivedOn }: Proposal, now: number, calendars: readonly Calendar[]): string {
  const today = localDay(now)
  if (receivedOn === today) return ''
  const why = dayStatus(calendars, today).isWorkday ? '已过办公时间' : '今天不办公'
  return `${why}，按 ${formatDay(receivedOn)}收件；`
}

/** `承诺 11月23日前办结`, its pauses reckoned in; undefined before 受理. */
export function promisedWords({ image, profile, calendars, now }: OutcomeRules): string | undefined {
  const today = localDay(now)
  const limit = image && limitOf(image, { profile, calendars, today })
  return limit ? `承诺 ${dueWords(limit, today)}` : undefined
}

type Say<Kind extends Outcome['kind']> = (
  outcome: Extract<Outcome, { kind: Kind }>,
  rules: OutcomeRules,
) => OutcomeWords

const say: { [Kind in Outcome['kind']]: Say<Kind> } = {
  unchecked: (_, { image }) => ({
    ...{ why: image?.state === 'waiting' ? '等学生补正' : '材料还没核对', label: '材料还没核对' },
    ...{ rule: '勾上有的，没勾的就是缺的', variant: 'main' },
  }),
  conclude: (outcome, rules) => ({
    why: promisedWords(rules) ?? '材料齐、当场能办',
    rule: `办理结果：${outcome.result}`,
    ...{ label: rules.image?.promise ? '办结' : '当场办结', icon: 'check', variant: 'main' },
  }),
  promise: ({ proposal }, { calendars, item, now, profile }) => ({
    why: `${formatDayLong(proposal.on)}前办结`,
    rule: lateWords(proposal, now, calendars) + promiseRule(proposal, calendars),
    ...{
      label: `${isJoint(item, profile) ? '联办受理' : '受理'} · 承诺 ${formatDay(proposal.on)}`,
      icon: 'calendar',
      variant: 'main',
    },
  }),
  charge: ({ amount, payAt, blocked }) => ({
    why: '收缴分离：填了缴费回执号再办结',
    rule: `到${payAt}缴费；等缴费期间不计时`,
    ...{ label: blocked ? '核定收费' : `核定收费 ${yuan(amount)} 元`, icon: 'print', variant: 'main' },
  }),
  notice: ({ lines, matters }, { item, image }) => ({
    why: '打印 1 张，办件转为等学生补正',
    rule:
      image && image.notices.length > 0
        ? '这是第二次告知：第一次就能说的，会记为二次告知'
        : afterNotice(item.promise.workingDays),
    ...{ label: `一次性告知（缺 ${String(lines.length + matters.length)} 项）`, icon: 'print', variant: 'main' },
  }),
  given: ({ given, lines }) => ({
    why: `还缺 ${String(lines.length)} 项，告知书上已写明`,
    rule: '不用再告知，仍等学生补正',
    ...{ label: `收下补来的 ${String(given)} 项`, icon: 'check', variant: 'main' },
  }),
  refuse: ({ ground }, { profile }) => ({
    ...{ why: '出不予办理告知书', rule: ground ? `依据：${ground.basis}` : '选了理由才能按' },
    ...{ label: profile.settings.refusalAtDoorWord.value, icon: 'refuse', variant: 'ink' },
  }),
}

const afterNotice = (days: number | null): string =>
  days === null ? '补齐后当场办结' : `补齐后受理，次日起算 ${String(days)} 个工作日`

/** The words of an outcome. */
export function outcomeWords(outcome: Outcome, rules: OutcomeRules): OutcomeWords {
  return (say[outcome.kind] as Say<Outcome['kind']>)(outcome, rules)
}

/** The cap a promise stands under, with who says so; a warned one that is exceeded says that too. */
export function capSentence({ check }: Proposal): string {
  const beyond = check.ok && check.isBeyond ? '；这个承诺超过了，会记下来' : ''
  return capWords(check.cap) + beyond
}
