import type { Calendar, SpecialPeriod } from '../../shared/calendar/calendar.ts'
import { addDays, formatDay, weekdayOf } from '../../shared/calendar/day.ts'

/** What a day of the year is: by the week, 放假, 调休上班, 本厅闭厅, 本厅加开. */
export type DayKind = 'plain' | 'off' | 'worked' | 'closed' | 'added'

/** A year as it is being edited: plain, so that it can be a draft. */
export type CalendarDraft = {
  official: boolean
  daysOff: { on: string; name: string }[]
  workedDays: { on: string; name: string }[]
  closures: { on: string; reason: string }[]
  openDays: { on: string; reason: string }[]
  periods: SpecialPeriod[]
}

/** The words of each kind, as buttons and legend say them. */
export const kindWords: Readonly<Record<DayKind, string>> = {
  plain: '按周几',
  off: '放假',
  worked: '调休上班',
  closed: '本厅闭厅',
  added: '本厅加开',
}

/** The newest version of a year; undefined where the hall has none. */
export function newestOf(calendars: readonly Calendar[], year: number): Calendar | undefined {
  return calendars.filter((calendar) => calendar.year === year).toSorted((a, b) => b.version - a.version)[0]
}

/** A draft of a year: its newest version, or an empty year nobody has published. */
export function draftOf(calendar: Calendar | undefined): CalendarDraft {
  const empty = { official: false, daysOff: [], workedDays: [], closures: [], openDays: [], periods: [] }
  if (!calendar) return empty
  const { official, daysOff, workedDays, closures, openDays = [], periods = [] } = calendar
  return structuredClone({ official, daysOff, workedDays, closures, openDays, periods })
}

/** What the draft says of a day, and in which words. */
export function dayOf(draft: CalendarDraft, on: string): { kind: DayKind; words: string; isWorked: boolean } {
  const closed = draft.closures.find((entry) => entry.on === on)
  if (closed) return { kind: 'closed', words: closed.reason, isWorked: false }
  const added = draft.openDays.find((entry) => entry.on === on)
  if (added) return { kind: 'added', words: added.reason, isWorked: true }
  const worked = draft.workedDays.find((entry) => entry.on === on)
  if (worked) return { kind: 'worked', words: worked.name, isWorked: true }
  const off = draft.daysOff.find((entry) => entry.on === on)
  if (off) return { kind: 'off', words: off.name, isWorked: false }
  return { kind: 'plain', words: '', isWorked: weekdayOf(on) <= 5 }
}

/** A stretch of days to be made something, with its reason. */
export interface DayEdit {
  from: string
  to: string
  kind: DayKind
  words: string
}

/** The draft with the days from … to made so; what was said of them before is gone. */
export function withDays(draft: CalendarDraft, { from, to, kind, words }: DayEdit): CalendarDraft {
  const days: string[] = []
  for (let on = from; on <= to && days.length < 366; on = addDays(on, 1)) days.push(on)
  const isKept = <Entry extends { on: string }>(entry: Entry) => !days.includes(entry.on)
  const byDay = <Entry extends { on: string }>(a: Entry, b: Entry) => (a.on < b.on ? -1 : 1)
  const named = (wanted: DayKind) => (kind === wanted ? days.map((on) => ({ on, name: words })) : [])
  const given = (wanted: DayKind) => (kind === wanted ? days.map((on) => ({ on, reason: words })) : [])
  return {
    ...draft,
    daysOff: [...draft.daysOff.filter(isKept), ...named('off')].sort(byDay),
    workedDays: [...draft.workedDays.filter(isKept), ...named('worked')].sort(byDay),
    closures: [...draft.closures.filter(isKept), ...given('closed')].sort(byDay),
    openDays: [...draft.openDays.filter(isKept), ...given('added')].sort(byDay),
  }
}

/** The version a draft would be published as. */
export function publication(
  draft: CalendarDraft,
  of: { hallId: string; year: number; last: Calendar | undefined; effectiveOn: string; why: string },
): Calendar {
  const version = (of.last?.version ?? 0) + 1
  const { hallId, year, effectiveOn, why } = of
  return {
    ...{ id: `${hallId}:${String(year)}@${String(version)}`, hallId, year, version },
    ...draft,
    ...{ effectiveOn, why },
  }
}

/** What a draft changes of a version, a line a day or period. */
export function changesOf(before: CalendarDraft, after: CalendarDraft): string[] {
  const days = new Set(
    [before, after].flatMap(({ daysOff, workedDays, closures, openDays }) =>
      [...daysOff, ...workedDays, ...closures, ...openDays].map(({ on }) => on),
    ),
  )
  const changed = [...days].sort().flatMap((on) => {
    const [was, is] = [dayOf(before, on), dayOf(after, on)]
    if (was.kind === is.kind && was.words === is.words) return []
    return [`${formatDay(on)}：${sayDay(was)} → ${sayDay(is)}`]
  })
  const told = (list: readonly SpecialPeriod[]) => new Set(list.map(periodWords))
  const [was, is] = [told(before.periods), told(after.periods)]
  return [
    ...changed,
    ...[...is].filter((words) => !was.has(words)).map((words) => `加：${words}`),
    ...[...was].filter((words) => !is.has(words)).map((words) => `去掉：${words}`),
    ...(before.official === after.official ? [] : [after.official ? '标为国家已公布' : '标为国家未公布']),
  ]
}

const sayDay = ({ kind, words }: ReturnType<typeof dayOf>): string =>
  words === '' || words === kindWords[kind] ? kindWords[kind] : `${kindWords[kind]}（${words}）`

/** `特殊时期 7月13日–8月21日 09:00–11:30（暑期值班）`. */
export function periodWords({ from, to, hours, reason, isVacation }: SpecialPeriod): string {
  const times = hours.map((part) => `${part.from}–${part.to}`).join('、')
  const name = isVacation === true ? '寒暑假' : '特殊时期'
  return `${name} ${formatDay(from)}–${formatDay(to)} ${times}（${reason}）`
}
