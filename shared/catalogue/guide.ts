import { aggregate } from '../core/command.ts'
import type { Act } from '../core/kernel.ts'
import type { Conflict, Flag } from '../core/outcome.ts'
import type { Item } from '../profiles/item-sheet.ts'
import { itemsInForce } from '../profiles/in-force.ts'

/** Who printed or took away, by which command, when by the tablet's estimate (UTC ms). */
export interface GuideBy {
  act: string
  actorId: string
  actorName: string
  at: number
}

/** One printing: which version of the sheet, and how many copies. */
export interface GuidePrint {
  itemId: string
  version: number
  copies: number
  by: GuideBy
}

/** 服务指南 a window printed itself, and the place it is put (指定位置; SSC 十七). */
export interface Guide {
  id: string
  hallId: string
  kind: 'guide'
  windowId: string
  itemCode: string
  itemName: string
  place: string
  /** What lies there now. */
  version: number
  /** Every printing, the oldest first. */
  prints: GuidePrint[]
  removed: (GuideBy & { reason: string }) | null
  acts: Act[]
  flags: (Flag & { act: string; actorId: string; at: number })[]
  conflicts: Conflict[]
}

/** 服务指南 in the register: at its window and with supervisors while it lies there. */
export const guideAggregate = aggregate<Guide>({
  kind: 'guide',
  scopes: ({ removed, windowId }) => (removed ? [] : [`window:${windowId}`, 'supervisor']),
  shelf: ({ removed }) => (removed ? 'removed' : 'placed'),
  at: ({ prints }) => prints.at(-1)?.by.at ?? 0,
  keys: ({ itemCode }) => [itemCode],
})

/** What is to be done about a guide: a newer version is in force (换新), or the item is no longer offered (撤下). */
export interface GuideState {
  guide: Guide
  /** The sheet in force; undefined when the item is retired. */
  current: Item | undefined
  needs: 'renew' | 'remove' | null
}

const rank = { remove: 0, renew: 1, none: 2 }

/** Guides against the catalogue of a day: those to renew or take away first, then by place (SSC-17). */
export function guideStates(guides: readonly Guide[], items: readonly Item[], today: string): GuideState[] {
  const inForce = new Map(itemsInForce(items, today).map((item) => [item.code, item]))
  const states = guides.map((guide): GuideState => {
    const current = inForce.get(guide.itemCode)
    const needs = !current ? 'remove' : current.version > guide.version ? 'renew' : null
    return { guide, current, needs }
  })
  const place = ({ guide }: GuideState) => `${guide.place} ${guide.itemCode}`
  return states.sort((a, b) => rank[a.needs ?? 'none'] - rank[b.needs ?? 'none'] || (place(a) < place(b) ? -1 : 1))
}
