import { actTitle } from '../../shared/act-words.ts'
import { formatMoment } from '../../shared/calendar/day.ts'
import { laneOf, openConflicts, undoneActs, type Case } from '../../shared/cases/index.ts'
import type { Act } from '../../shared/core/kernel.ts'
import { roleLabel } from '../../shared/core/roles.ts'
import type { Item } from '../../shared/profiles/item-sheet.ts'
import { sentenceOf } from '../../shared/sentences.ts'
import type { OutcomeRow } from '../local/store.ts'
import { wordOf, type SyncWord } from '../sync/marks.ts'
import type { TimelineEntry } from '../ui/types.ts'
import { actIcon, actWords } from './act-words.ts'

/** What a case's course is told with: the sheet, this tablet's own acts on it, and where and when we are. */
export interface CourseTerms {
  item: Item | null
  outcomes: readonly OutcomeRow[]
  roleWord: string
  deviceId: string
  lane: string | null
  today: string
}

/** The course of a case, newest first; own acts that were not taken into it stand where they were done. */
export function courseOf(image: Case, terms: CourseTerms): TimelineEntry[] {
  const undone = undoneActs(image.acts)
  const known = new Set(image.acts.map((act) => act.cmdId))
  const inside = image.acts.map((act) => ({ at: act.at, entry: entryOf(image, act, { ...terms, undone }) }))
  const outside = terms.outcomes
    .filter((row) => !known.has(row.cmdId))
    .map((row) => ({ at: row.at, entry: outsideEntry(row, terms) }))
  // Stable: acts of one tap share their moment and keep their order.
  return [...inside, ...outside]
    .sort((a, b) => a.at - b.at)
    .map(({ entry }) => entry)
    .reverse()
}

function entryOf(image: Case, act: Act, terms: CourseTerms & { undone: ReadonlySet<string> }): TimelineEntry {
  const { what, detail } = actWords(image, act, terms.item)
  return {
    id: act.cmdId,
    icon: actIcon(act.type),
    what: terms.undone.has(act.cmdId) ? `${what}（已撤销）` : what,
    detail,
    who: act.actorName,
    role: roleLabel(act.role, terms.roleWord),
    when: formatMoment(act.at, terms.today),
    where: `${tabletOf(image, act.deviceId, terms)}${act.online ? '' : ' · 离线'}`,
    mark: markOf(image, act, terms.outcomes),
  }
}

/** Own tablet by its lane; the one that received the case by the lane in its number; others have no name here. */
function tabletOf(image: Case, deviceId: string, { deviceId: own, lane }: CourseTerms): string {
  if (deviceId === own) return lane ? `本机 ${lane}` : '本机'
  return deviceId === image.acts[0]?.deviceId ? `平板 ${laneOf(image.number)}` : '另一台平板'
}

function markOf(image: Case, act: Act, outcomes: readonly OutcomeRow[]): SyncWord {
  const own = outcomes.find((row) => row.cmdId === act.cmdId)
  if (own?.open === 1) return '仅存本机'
  const isOpen = openConflicts(image).some((item) => item.other.cmdId === act.cmdId)
  if (isOpen) return '待裁决'
  return act.outcome === 'merged' ? '已同步（已合并）' : '已同步'
}

/** A refused or held act has no place in the image, and one its rule no longer admits none until it is answered. */
function outsideEntry(row: OutcomeRow, { today }: CourseTerms): TimelineEntry {
  return {
    ...{ id: row.cmdId, icon: actIcon(row.type), what: `${actTitle(row.type)}（没有生效）` },
    ...{ detail: row.code ? sentenceOf(row.code, row.detail ?? {}) : undefined, who: row.actorName },
    ...{ when: formatMoment(row.at, today), where: '本机', mark: wordOf(row) },
  }
}
