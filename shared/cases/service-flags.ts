import type { Ctx } from '../core/command.ts'
import { stop, type Flag } from '../core/outcome.ts'
import { refusal } from '../core/refusal.ts'
import type { Item } from '../profiles/item-sheet.ts'
import { isWithin } from '../profiles/period.ts'

/** Outside its concentrated service an item is for consultation and guidance only (NBU 二; SZIT 三). */
export const outsideService = refusal('outsideService', {
  cite: 'NBU-2',
  say: (facts) => `${String(facts.unit)}没有窗口，现在不在它的集中服务时间：只作咨询与指导，不能收件办理。`,
})

/** NBU-2: what may only be asked about now is not received; the same on tablet and server, offline too. */
export function serviceFlags(sheet: Pick<Item, 'concentrated'>, { at, profile }: Pick<Ctx, 'at' | 'profile'>): Flag[] {
  const { concentrated } = sheet
  if (!concentrated || concentrated.periods.some((period) => isWithin(period, at))) return []
  const cite = profile?.settings.concentratedService.cite ?? outsideService.cite
  return [stop(cite, outsideService.code, { unit: concentrated.unit })]
}
