import { formatDay } from '../../shared/calendar/day.ts'
import { roleLabel } from '../../shared/core/roles.ts'
import type { Post } from '../../shared/halls/index.ts'
import type { Profile } from '../../shared/profiles/profile.ts'
import type { Settings } from '../../shared/profiles/settings.ts'
import { isHeldOn, kindWord, type Person, type StaffChange, type Training } from '../../shared/staff/index.ts'

/** The name of a unit of the hall; nothing for none. */
export function unitName(profile: Profile | null, id: string | null | undefined): string {
  return profile?.units.find((unit) => unit.id === id)?.name ?? ''
}

/** The name of a window; 全厅 for none. */
export function windowName(profile: Profile | null, id: string | null | undefined): string {
  if (!id) return '全厅'
  return profile?.windows.find((window) => window.id === id)?.name ?? id
}

/** `学生 · 教务处 · 中层干部`: what somebody is, in a line. */
export function personLine(person: Person, profile: Profile | null): string {
  const parts = [kindWord(person.personKind), unitName(profile, person.unitId), person.college]
  return [...parts, person.rank === 'middleRank' ? '中层干部' : ''].filter((part) => part !== '').join(' · ')
}

/** `2026年9月1日 – 2027年8月31日`. */
export function termWords({ from, to }: { from: string; to: string | null }): string {
  if (to !== null && to < from) return '没有生效'
  return `${formatDay(from, true)} – ${to === null ? '不定期限' : formatDay(to, true)}`
}

/** `A角 · 窗口负责人`: what a post is. */
export function postWords(post: Post, roleWord: string): string {
  return roleLabel(post.role, roleWord) + (post.isHead === true ? ' · 窗口负责人' : '')
}

/** Where a post stands: held today, to come, over, or against the rules and so never begun. */
export function postState(post: Post, today: string): 'held' | 'later' | 'over' | 'void' {
  if (post.to !== null && post.to < post.from) return 'void'
  if (isHeldOn(post, today)) return 'held'
  return post.from > today ? 'later' : 'over'
}

/** The words of those states; a post held now needs none. */
export const postStateWords = { held: '', later: '还没开始', over: '已结束', void: '没有生效' } as const

/** `2026年8月20日 大厅 · 全部窗口`. */
export function trainingWords({ on, unitId, windowId, what }: Training, profile: Profile | null): string {
  const by = unitId === null ? '大厅' : unitName(profile, unitId)
  const where = windowId === null ? '全部窗口' : windowName(profile, windowId)
  return [formatDay(on, true), `${by}培训`, where, what].filter((part) => part !== '').join(' · ')
}

/** Why staff is changed, in the regulation's words (SSC 十二, ZJJ 三十). */
export const changeReasons: Record<StaffChange['reason'], string> = {
  cannotDo: '不能胜任工作',
  breach: '严重违纪违规',
  unitRequest: '单位因工作需要更换',
}

/** Who is missing where a check or an approval has nobody (NBU-8). */
export const gapRole = { check: '后台（检查复核）', approval: '审批（分管领导）' } as const

type UnfitWay = Settings['unfitStaff']['value']

/** What the letter of a change is called, by the hall's rule. */
export const letterTitles: Record<UnfitWay, string> = {
  replaced: '商请更换窗口工作人员的函',
  rechosen: '重新选派窗口工作人员的函',
  returned: '退回窗口工作人员的函',
}

/** What the letter asks the unit for (SSC 十二 及时更换, ZJJ 三十 重新选派, 宿 考核 四 退回派出部门). */
export const changeAsks: Record<UnfitWay, string> = {
  replaced: '请贵单位及时选派符合条件的人员接替',
  rechosen: '应重新选派人员，请贵单位选派业务能力强的人员',
  returned: '现将该同志退回贵单位，请另行选派符合条件的人员',
}

/** Where a change of staff stands. */
export const changeStates: Record<StaffChange['state'], string> = {
  asked: '等大厅答复',
  consented: '已同意，等移交',
  declined: '不同意',
  effective: '已生效',
  dropped: '已撤销',
}
