import { addDays, formatDayLong, formatDayNear, weekdayOf } from '../../shared/calendar/day.ts'
import { dayStatus, openOn } from '../../shared/calendar/workdays.ts'
import { clockOf } from '../../shared/calendar/hours.ts'
import { countedBy, daysLeft, lightOf, openingOf, type Limit, type LimitTerms } from '../../shared/limits/index.ts'
import type { LimitCell } from '../ui/types.ts'

const mostDaysPast = 30

/** The limit bar's cells and its words. */
export interface LimitPicture {
  cells: LimitCell[]
  label: string
  tone: 'normal' | 'near'
  headline: string
  detail: string
  used: number
  paused: number
}

/** A promise drawn day by day from its receipt to its due day, or to today when that is past. */
export function pictureOf(limit: Limit, asked: LimitTerms): LimitPicture {
  const terms = { ...asked, calendars: countedBy(asked.profile, asked.calendars) }
  const { today, calendars } = terms
  const cells = cellsOf(limit, { ...terms, last: lastDay(limit, today) })
  const left = daysLeft(limit.dueOn, today > limit.receivedOn ? today : limit.receivedOn, calendars)
  const used = usedDays(limit, terms)
  const { headline, detail } = wordsOf(limit, left, terms)
  const label = [
    headline,
    detail,
    `已用 ${String(used)} 天`,
    limit.paused.length ? `暂停 ${String(limit.paused.length)} 天` : '',
  ]
  return {
    cells,
    label: `承诺 ${String(limit.workingDays)} 个工作日：${label.filter(Boolean).join('，')}`,
    tone: lightOf(limit, terms) === 'near' ? 'near' : 'normal',
    ...{ headline, detail, used, paused: limit.paused.length },
  }
}

/** A bar ends at its due day; one past it goes on to today, but no further than can be seen. */
function lastDay({ dueOn }: Limit, today: string): string {
  const end = addDays(dueOn, mostDaysPast)
  if (today <= dueOn) return dueOn
  return today < end ? today : end
}

/** Working days left, today counted while it is one: what a person would say. */
export function leftWords(limit: Limit, { profile, calendars, today }: LimitTerms): string {
  const left = daysLeft(limit.dueOn, today, countedBy(profile, calendars))
  if (today > limit.dueOn) return `超 ${String(Math.max(1, -left))} 天`
  return limit.dueOn === today ? '今天到期' : formatDayNear(limit.dueOn, today)
}

const stoppedDetail = { student: '等学生补正，补齐后继续计时', pause: '已中止，恢复办理后继续计时' }

function wordsOf(
  limit: Limit,
  left: number,
  { calendars, profile, today }: LimitTerms,
): { headline: string; detail: string } {
  if (limit.stoppedFor) return { headline: '已暂停', detail: stoppedDetail[limit.stoppedFor] }
  if (today > limit.dueOn) {
    return {
      headline: `超期 ${String(Math.max(1, -left))} 个工作日`,
      detail: `应在 ${formatDayLong(limit.dueOn, today)}前办结`,
    }
  }
  const close = openOn(calendars, limit.dueOn, openingOf(profile)).at(-1)
  const by = `${formatDayLong(limit.dueOn, today)}${close ? `${clockOf(close.to)} ` : ''}前办结`
  const isTodayCounted = today > limit.receivedOn && dayStatus(calendars, today).isWorkday
  if (limit.dueOn === today) return { headline: '今天到期', detail: by }
  const days = left + (isTodayCounted ? 1 : 0)
  return { headline: `还剩 ${String(days)} 个工作日`, detail: `${isTodayCounted ? '含今天，' : ''}${by}` }
}

function usedDays(limit: Limit, { calendars, today }: LimitTerms): number {
  let used = 0
  for (let day = addDays(limit.receivedOn, 1); day < today && day <= limit.dueOn; day = addDays(day, 1)) {
    if (dayStatus(calendars, day).isWorkday && !limit.paused.includes(day)) used += 1
  }
  return used
}

interface Walk extends LimitTerms {
  last: string
}

function cellsOf(limit: Limit, walk: Walk): LimitCell[] {
  const cells: LimitCell[] = [{ kind: 'receipt', label: dayLabel(limit.receivedOn), below: '受理' }]
  let nth = 0
  let gap: string | null = null
  for (let day = addDays(limit.receivedOn, 1); day <= walk.last; day = addDays(day, 1)) {
    const status = dayStatus(walk.calendars, day)
    if (!status.isWorkday) {
      gap = status.name || gap || (weekdayOf(day) > 5 ? '周末' : '休')
      continue
    }
    if (gap !== null) cells.push({ kind: 'gap', label: gap.slice(0, 4) })
    gap = null
    if (!limit.paused.includes(day)) nth += 1
    cells.push(cellOf(day, nth, { limit, today: walk.today }))
  }
  return cells
}

function cellOf(day: string, nth: number, { limit, today }: { limit: Limit; today: string }): LimitCell {
  const label = dayLabel(day)
  if (limit.paused.includes(day)) return { kind: 'stop', label, below: day === today ? '今天' : '暂停' }
  if (day > limit.dueOn) return { kind: 'over', label, below: day === today ? '今天' : '超期' }
  const due = day === limit.dueOn
  const kind = day < today ? 'used' : day === today ? 'now' : 'ahead'
  return { kind, label, below: day === today ? '今天' : due ? '到期' : `第 ${String(nth)} 天`, due }
}

const dayLabel = (on: string): string => `${String(Number(on.slice(8, 10)))}日`
