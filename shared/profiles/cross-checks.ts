import { unitsOfFlow } from './item-flow.ts'
import type { Item } from './item-sheet.ts'
import type { ProfileFields } from './profile-fields.ts'

type Say = (path: (string | number)[], message: string) => void

const checkUnique = (
  say: Say,
  values: readonly (string | number)[],
  at: (index: number) => (string | number)[],
): void => {
  const first = new Map<string | number, number>()
  values.forEach((value, index) => {
    if (first.has(value)) say(at(index), `不能重复，第 ${String((first.get(value) ?? 0) + 1)} 项已用 ${String(value)}`)
    else first.set(value, index)
  })
}

const known = (ids: readonly string[]): string => ids.slice(0, 12).join('、') + (ids.length > 12 ? '…' : '')

const checkWindows = (profile: ProfileFields, say: Say): void => {
  const unitIds = profile.units.map((unit) => unit.id)
  profile.windows.forEach((window, index) => {
    checkUnique(say, window.unitIds, (nth) => ['windows', index, 'unitIds', nth])
    if (window.unitIds.length > 1 && !profile.settings.isWindowShared.value)
      say(['windows', index, 'unitIds'], '本厅规章：一个窗口只由一个单位负责，不能几个单位共管')
    window.unitIds.forEach((unitId, nth) => {
      if (!unitIds.includes(unitId)) say(['windows', index, 'unitIds', nth], `应是 units 里有的单位：${known(unitIds)}`)
    })
  })
}

const checkTimes = (profile: ProfileFields, say: Say): void => {
  const { handover, yellowDays, bRolesPerA, hours, concentratedService } = profile.settings
  const at = (key: string, ...rest: (string | number)[]) => ['settings', key, 'value', ...rest]
  if (handover.value && handover.value.from >= handover.value.to) say(at('handover', 'to'), '结束时间应晚于开始时间')
  if (yellowDays.value.longDays < yellowDays.value.days) say(at('yellowDays', 'longDays'), '不应少于 days')
  const { min, max } = bRolesPerA.value
  if (max !== null && max < min) say(at('bRolesPerA', 'max'), '不应少于 min')
  const otherwiseAt = concentratedService.value.otherwiseAt
  if (otherwiseAt !== null && !profile.windows.some((window) => window.id === otherwiseAt))
    say(at('concentratedService', 'otherwiseAt'), '应是 windows 里有的窗口')
  hours.value.forEach((range, index) => {
    const clash = hours.value.findIndex(
      (other, nth) =>
        nth < index &&
        other.days.some((day) => range.days.includes(day)) &&
        other.from < range.to &&
        range.from < other.to,
    )
    if (clash >= 0) say(at('hours', index), `与第 ${String(clash + 1)} 段时间重叠`)
  })
}

/** A check nobody may make would hold every case that needs it. */
const checkBackOffice = ({ settings }: ProfileFields, say: Say): void => {
  const { approvals, hasBackOffice } = settings
  if (hasBackOffice.value) return
  for (const [level, needed] of Object.entries(approvals.value))
    if (needed.includes('check')) say(['settings', 'approvals', 'value', level], '本厅没有后台，不能要后台检查复核')
}

/** What the desk is to coordinate (SZIT 三) would lie still where there is none. */
const checkDesk = ({ settings, windows }: ProfileFields, say: Say): void => {
  const hasDesk = windows.some((window) => window.isDesk === true)
  if (settings.nobodysMatterBy.value === 'desk' && !hasDesk)
    say(['settings', 'nobodysMatterBy', 'value'], '本厅没有咨询台，不能由咨询台协调转送')
}

/** Checks between a profile's fields: ids and codes unique, units and windows known, times in order. */
export function addCrossIssues(profile: ProfileFields, say: Say): void {
  if (profile.id !== `${profile.hallId}@${String(profile.version)}`) say(['id'], '应等于 厅@版本')
  checkUnique(
    say,
    profile.units.map((unit) => unit.id),
    (index) => ['units', index, 'id'],
  )
  for (const key of ['id', 'code', 'name', 'order'] as const)
    checkUnique(
      say,
      profile.windows.map((window) => window[key]),
      (index) => ['windows', index, key],
    )
  checkUnique(
    say,
    (profile.guidance ?? []).map((entry) => entry.id),
    (index) => ['guidance', index, 'id'],
  )
  checkWindows(profile, say)
  checkTimes(profile, say)
  checkBackOffice(profile, say)
  checkDesk(profile, say)
}

const checkItem = (profile: ProfileFields, item: Item, say: Say): void => {
  const unitIds = profile.units.map((unit) => unit.id)
  if (item.hallId !== profile.hallId) say(['hallId'], `应是本厅 ${profile.hallId}`)
  const windowIds = profile.windows.map((window) => window.id)
  if (!windowIds.includes(item.windowId)) say(['windowId'], `应是 windows 里有的窗口：${known(windowIds)}`)
  item.unitIds.forEach((unitId, index) => {
    if (!unitIds.includes(unitId)) say(['unitIds', index], `应是 units 里有的单位：${known(unitIds)}`)
  })
  const strange = (item.flow ? unitsOfFlow(item.flow) : []).find((unitId) => !unitIds.includes(unitId))
  if (strange !== undefined) say(['flow'], `${strange} 不是本厅的单位，应是：${known(unitIds)}`)
  if (!unitIds.includes(item.explainer.unitId)) say(['explainer', 'unitId'], `应是 units 里有的单位：${known(unitIds)}`)
  const from = profile.settings.jointFromUnits.value
  if (item.kind === 'joint' && item.unitIds.length < from) say(['unitIds'], `本厅 ${String(from)} 个以上单位才是联办件`)
}

/** Checks between a profile and its items (undefined: one that did not parse): hall, window and units known, joint items large enough, ids unique. */
export function addItemIssues(profile: ProfileFields, items: readonly (Item | undefined)[], say: Say): void {
  checkUnique(
    say,
    items.map((item, index) => item?.id ?? index),
    (index) => [index, 'id'],
  )
  items.forEach((item, index) => {
    if (!item) return
    checkItem(profile, item, (path, message) => {
      say([index, ...path], message)
    })
  })
}
