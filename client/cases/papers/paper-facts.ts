import { formatDay, localDay, localTime } from '../../../shared/calendar/day.ts'
import { roleLabel, type Role } from '../../../shared/core/roles.ts'
import type { Calendar } from '../../../shared/calendar/calendar.ts'
import type { Case } from '../../../shared/cases/index.ts'
import { isSample } from '../../../shared/catalogue/index.ts'
import type { Item } from '../../../shared/profiles/item-sheet.ts'
import type { Profile } from '../../../shared/profiles/profile.ts'

/** 受理回执, 一次性告知书, 不予办理告知书, 办结通知. */
export type PaperKind = 'receipt' | 'notice' | 'refusal' | 'conclusion'

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
}

/** The papers a case has by now, the latest kind first. */
export function papersOf(image: Case): { kind: PaperKind; title: string }[] {
  const has: Record<PaperKind, boolean> = {
    conclusion: image.state === 'concluded' && image.conclusion !== null,
    refusal: image.refusal !== null && image.state !== 'disputed',
    notice: image.notices.length > 0,
    receipt: image.promise !== null,
  }
  const isToldLast = (image.notices.at(-1)?.by.at ?? 0) >= (image.promise?.by.at ?? 0)
  const [newer, older]: [PaperKind, PaperKind] = isToldLast ? ['notice', 'receipt'] : ['receipt', 'notice']
  const order: PaperKind[] = ['conclusion', 'refusal', newer, older]
  return order.filter((kind) => has[kind]).map((kind) => ({ kind, title: titles[kind] }))
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
