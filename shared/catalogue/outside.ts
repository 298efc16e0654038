import type { Guidance } from '../profiles/profile-fields.ts'
import type { Item } from '../profiles/item-sheet.ts'
import { itemsInForce } from '../profiles/in-force.ts'
import type { Profile } from '../profiles/profile.ts'

/** Something students ask for that can be done neither online nor at a window of the hall (SSC-6). */
export interface OutsideMatter {
  readonly id: string
  readonly code: string
  readonly name: string
  /** Who answers for it, as far as it is known. */
  readonly units: string
  readonly place: string
  readonly why: string
}

const itemMatter = ({ id, code, name, unitIds, place }: Item, profile: Profile): OutsideMatter => ({
  ...{ id, code, name, place, why: '原来的窗口已撤，也没有网上办理地址' },
  units: unitIds.map((unitId) => profile.units.find((unit) => unit.id === unitId)?.name ?? unitId).join('、'),
})

const guidanceMatter = ({ id, name, place, phone }: Guidance): OutsideMatter => ({
  ...{ id: `guidance:${id}`, code: '', name, units: phone, place, why: '不在本厅办理，只能指引' },
})

/** Every matter in force that is neither online nor at a window, for the centre (SSC 六): items first, then what is only pointed at. */
export function outsideMatters(items: readonly Item[], profile: Profile, today: string): OutsideMatter[] {
  const windowIds = new Set(profile.windows.map(({ id }) => id))
  const left = itemsInForce(items, today).filter((item) => item.onlineUrl === null && !windowIds.has(item.windowId))
  return [...left.map((item) => itemMatter(item, profile)), ...(profile.guidance ?? []).map(guidanceMatter)]
}
