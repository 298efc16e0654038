import { addDays, formatDay, formatDayNear, weekdayName } from '../../shared/calendar/day.ts'
import { isWorkday } from '../../shared/calendar/workdays.ts'
import { openReminder, type Case, type Reminder } from '../../shared/cases/index.ts'
import { countedBy, daysLeft, lightOf, limitOf, type Light, type LimitTerms } from '../../shared/limits/index.ts'

/** One promise as the 限时 page shows it: its light with pauses reckoned in, when it is due, who has it. */
export interface BoardLine {
  image: Case
  light: Light | 'stopped'
  dueOn: string
  due: string
  /** The newest reminder nobody has acted on; `reminded` are all of them. */
  open: Reminder | undefined
  reminded: readonly Reminder[]
}

/** Columns of the table: past, today, the working days that follow, later, clock stopped. */
export interface BoardColumn {
  id: string
  label: string
}

/** One window's counts, a column each. */
export interface BoardRow {
  windowId: string
  name: string
  counts: Record<string, number>
}

const rank = { past: 0, near: 1, normal: 2, stopped: 3 }

/** Every running promise, 超期 first, then 临期, then by date (SUP-1). */
export function boardOf(images: readonly Case[], terms: LimitTerms): BoardLine[] {
  return images
    .flatMap((image) => lineOf(image, terms))
    .sort((a, b) => rank[a.light] - rank[b.light] || (a.dueOn < b.dueOn ? -1 : Number(a.dueOn > b.dueOn)))
}

function lineOf(image: Case, terms: LimitTerms): BoardLine[] {
  const limit = limitOf(image, terms)
  if (!limit) return []
  const light = limit.stoppedFor ? 'stopped' : lightOf(limit, terms)
  const { dueOn } = limit
  const reminded = image.reminders ?? []
  return [{ image, light, dueOn, due: dueText(dueOn, light, terms), open: openReminder(image), reminded }]
}

function dueText(dueOn: string, light: BoardLine['light'], { today, profile, calendars: all }: LimitTerms): string {
  if (light === 'stopped') return '已暂停'
  if (dueOn === today) return '今天到期'
  const calendars = countedBy(profile, all)
  const on = formatDayNear(dueOn, today)
  if (dueOn < today) return `${on}到期，超 ${String(Math.max(1, -daysLeft(dueOn, today, calendars)))} 天`
  return `${on}到期，还剩 ${String(daysLeft(dueOn, today, calendars))} 个工作日`
}

const daysShown = 5

/** As far as a next working day is looked for: past any vacation that does not count. */
const daysAhead = 200

/** The columns of a day: the next working days that limits are counted by, by name. */
export function columnsOf({ today, profile, calendars: all }: LimitTerms): BoardColumn[] {
  const calendars = countedBy(profile, all)
  const days: BoardColumn[] = []
  const end = addDays(today, daysAhead)
  for (let on = addDays(today, 1); days.length < daysShown && on < end; on = addDays(on, 1)) {
    if (isWorkday(calendars, on)) days.push({ id: on, label: `${formatDay(on)} ${weekdayName(on)}` })
  }
  return [
    { id: 'past', label: '超期' },
    { id: today, label: '今天到期' },
    ...days,
    { id: 'later', label: '以后' },
    { id: 'stopped', label: '暂停' },
  ]
}

/** The column a line stands in; a due day off falls to the next working day shown. */
export function columnOf(
  { light, dueOn }: Pick<BoardLine, 'light' | 'dueOn'>,
  columns: readonly BoardColumn[],
): string {
  if (light === 'stopped' || light === 'past') return light
  const days = columns.filter(({ id }) => /^\d/.test(id))
  return days.find(({ id }) => dueOn <= id)?.id ?? 'later'
}

/** Counts by window and column, windows in the hall's order; those with nothing running stand too. */
export function tableOf(
  lines: readonly BoardLine[],
  columns: readonly BoardColumn[],
  windows: readonly { id: string; name: string }[],
): BoardRow[] {
  const rows = new Map(windows.map(({ id, name }): [string, BoardRow] => [id, { windowId: id, name, counts: {} }]))
  for (const line of lines) {
    const { windowId } = line.image
    const row = rows.get(windowId) ?? { windowId, name: windowId, counts: {} }
    const column = columnOf(line, columns)
    row.counts[column] = (row.counts[column] ?? 0) + 1
    rows.set(windowId, row)
  }
  return [...rows.values()]
}
