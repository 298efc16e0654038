import type { Item } from './item-sheet.ts'

/** True when a version is in force on a day: not before its effective day, not from its retirement on. */
export function isInForce(item: Item, on: string): boolean {
  return item.effectiveOn <= on && (item.retiredOn === null || on < item.retiredOn)
}

/** The sheet in force on a day for each code: of several versions the newest effective one (SSC-17). */
export function itemsInForce(items: readonly Item[], on: string): Item[] {
  const byCode = new Map<string, Item>()
  for (const item of items) {
    if (item.effectiveOn > on) continue
    const held = byCode.get(item.code)
    if (
      !held ||
      item.effectiveOn > held.effectiveOn ||
      (item.effectiveOn === held.effectiveOn && item.version > held.version)
    )
      byCode.set(item.code, item)
  }
  return [...byCode.values()].filter((item) => isInForce(item, on)).sort((a, b) => (a.code < b.code ? -1 : 1))
}
