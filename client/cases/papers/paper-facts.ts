import { formatDay, localDay, localTime } from '../../../shared/calendar/day.ts'
import { roleLabel, type Role } from '../../../shared/core/roles.ts'
import type { Calendar } from '../../../shared/calendar/calendar.ts'
import type { Case } from '../../../shared/cases/index.ts'
import { isSample } from '../../../shared/catalogue/index.ts'
import type { Item } from '../../../shared/profiles/item-sheet.ts'
import type { Profile } from '../../../shared/profiles/profile.ts'

/** 受理回执, 一次性告知书, 不予办理告知书, 办结通知, 缴费通知, 中止通知, 退件通知, 申诉答复. */
export type PaperKind = 'receipt' | 'notice' | 'refusal' | 'conclusion' | 'charge' | 'pause' | 'returned' | 'appeal'

/** What a paper is written from: the case, the sheet it was received under, and the hall's rules. */
export interface PaperFacts {
  image: Case
  item: Item
  profile: Profile
  calendars: readonly Calendar[]
}

/** One paper in words, for A4 and for the 80 mm slip alike. The student is 你. */
export interface PaperBody {
  title: string
  /** The act it records: who, when. */
  by: Case['notices'][number]['by']
  para: string
  due?: { label: string; date: string; detail: string } | undefined
  table?: { head: string; rows: { name: string; state: string; how: string }[] } | undefined
  sections: { label: string; text: string }[]
}

const titles: Record<PaperKind, string> = {
  receipt: '受理回执',
  notice: '一次性告知书',
  refusal: '不予办理告知书',
  conclusion: '办结通知',
  charge: '缴费通知',
  pause: '中止通知',
  returned: '退件通知',
  appeal: '申诉答复',
}

/** A paper a case has: its kind and, of several notices, which. */
export interface PaperName {
  kind: PaperKind
  title: string
  nth?: number | undefined
}

type Told = Case['notices'][number]['by']

/** Papers by the act that gave them. */
function given(image: Case): (PaperName & { by: Told })[] {
  const { refusal, returned, charge, promise } = image
  const pause = image.pauses?.findLast(({ by }) => by.act !== charge?.by.act)
  const answer = image.appeals?.findLast(({ decided }) => decided !== null)?.decided
  const one = (kind: PaperKind, told: { by: Told } | null | undefined) =>
    told ? [{ kind, title: titles[kind], by: told.by }] : []
  const last = image.notices.at(-1)
  return [
    ...one('receipt', promise),
    ...image.notices.slice(0, -1).map(({ nth, by }) => ({ ...noticeName(nth), by })),
    ...(last ? [{ ...noticeName(last.nth), nth: undefined, by: last.by }] : []),
    ...one('charge', charge),
    ...one('pause', pause),
    ...one('refusal', image.state === 'disputed' ? null : refusal),
    ...one('returned', image.state === 'disputed' ? null : returned),
    ...one('appeal', answer),
  ]
}

function noticeName(nth: number): PaperName {
  return { kind: 'notice', title: nth > 1 ? `${titles.notice}（第 ${String(nth)} 次）` : titles.notice, nth }
}

/** The papers a case has by now, the newest first; 办结通知 before all others. */
export function papersOf(image: Case): PaperName[] {
  const papers = given(image)
    .map((paper, index) => ({ ...paper, index }))
    .sort((a, b) => b.by.at - a.by.at || b.index - a.index)
    .map(({ kind, title, nth }) => (nth === undefined ? { kind, title } : { kind, title, nth }))
  const isDone = image.state === 'concluded' && image.conclusion !== null
  return isDone ? [{ kind: 'conclusion', title: titles.conclusion }, ...papers] : papers
}

/** The title of a paper of this case; a refusal at the door bears the hall's own word. */
export function titleOf(kind: PaperKind, { image, profile }: PaperFacts): string {
  if (kind === 'refusal' && image.refusal?.stage === 'door') return `${refusalWord({ image, profile })}告知书`
  return titles[kind]
}

/** 不予办理, or 不予受理 at the door where the hall's rules call it so. */
export function refusalWord({ image, profile }: Pick<PaperFacts, 'image' | 'profile'>): string {
  return image.refusal?.stage === 'door' ? profile.settings.refusalAtDoorWord.value : '不予办理'
}

/** `2026年11月20日 10:16`, by the hall's clock. */
export function paperTime(at: number): string {
  return `${formatDay(localDay(at), true)} ${localTime(at)}`
}

/** A角, B岗 …: as what the person acted. */
export function roleWordOf({ role }: PaperBody['by'], profile: Profile): string {
  return roleLabel(role as Role, profile.settings.roleWord.value)
}

/** `A角 示例·张同学`: who stands for the paper. */
export function signerOf(by: PaperBody['by'], profile: Profile): string {
  return `${roleWordOf(by, profile)} ${by.actorName}`
}

/** Text of a sheet's field, with 示例 behind what is invented. */
export function withSample(text: string, item: Item, field: string): string {
  return isSample(item, field) && !text.includes('示例') ? `${text}（示例）` : text
}

/** The name on the hall's seal for the responsible unit. */
export function sealName({ item, profile }: PaperFacts): string {
  const unit = profile.units.find((entry) => entry.id === item.unitIds[0])?.name ?? ''
  return profile.settings.sealNameForm.value.replace('{unit}', unit).replace('{hall}', profile.hall.shortName)
}
