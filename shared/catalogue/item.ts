import type { Profile } from '../profiles/profile.ts'
import type { Item } from '../profiles/item-sheet.ts'

// The sheet's shape lives with the profile files, which carry whole catalogues; the room adds what can be asked of it.
export { isInForce, itemsInForce } from '../profiles/in-force.ts'
export { Item, type ItemGround, ItemKind, type ItemMaterial, PromiseLevel } from '../profiles/item-sheet.ts'

/** Aggregate id of one version of an item. */
export function itemId(hallId: string, code: string, version: number): string {
  return `${hallId}:${code}@${String(version)}`
}

/** Who explains an item, and how to reach them. */
export interface Explainer {
  readonly name: string
  readonly contact: string
}

/** Who gives the item's explanation: its unit, or the hall where the profile says so (NBU-4, ZJJ-9). */
export function explainerOf(item: Item, profile: Profile): Explainer {
  if (profile.settings.explainer.value === 'hall')
    return { name: profile.hall.name, contact: profile.settings.contact.value.phone }
  const unit = profile.units.find((entry) => entry.id === item.explainer.unitId)
  return { name: unit?.name ?? item.explainer.unitId, contact: item.explainer.contact || (unit?.contact ?? '') }
}

/** The unit, or the hall, that explains an item, with its contact. */
export function explainerName({ name, contact }: Explainer): string {
  return contact.startsWith(name) ? contact : [name, contact].filter(Boolean).join('，')
}

/** Content, process and outcome are theirs to explain (NBU-4); how to reach them stands in brackets. */
export function explainerWords(explainer: Explainer): string {
  const { name } = explainer
  const contact = explainerName(explainer)
    .slice(name.length)
    .replace(/^[，,：:\s]+/, '')
    .replace(/^(?=\+?\d)/, '电话 ')
  return `内容、流程、结果由${name}解释${contact === '' || contact.startsWith('（') ? contact : `（${contact}）`}`
}

/** True when the content of a field is invented (示例). */
export function isSample(item: Item, field: string): boolean {
  return item.sample.includes(field)
}

/** 承诺时限 as the sheet shows it: 当场办结, or working days. */
export function promiseWords(item: Item): string {
  const days = item.promise.workingDays
  return days === null ? '当场办结' : `${String(days)} 个工作日`
}

/** 即办件 · 承诺件 · 联办件. */
export function kindWord(kind: Item['kind']): string {
  return { instant: '即办件', committed: '承诺件', joint: '联办件' }[kind]
}
