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

/** What decides which version is in force: the day it takes effect and, of two of one day, its number. */
export interface VersionDay {
  readonly version: number
  readonly effectiveOn: string
}

/** True when a version takes the place of another: it takes effect later, or on the same day with a higher number. */
export function succeeds(later: VersionDay, earlier: VersionDay): boolean {
  if (later.effectiveOn !== earlier.effectiveOn) return later.effectiveOn > earlier.effectiveOn
  return later.version > earlier.version
}

/**
 * 规章配置 in force on a day (NBU-3), for tablet and server alike: of the versions effective by then the one that
 * succeeds all others; before the first takes effect, the first.
 */
export function versionInForce<Version extends VersionDay>(
  versions: readonly Version[],
  on: string,
): Version | undefined {
  const inOrder = versions.toSorted((a, b) => (succeeds(a, b) ? 1 : -1))
  return inOrder.findLast(({ effectiveOn }) => effectiveOn <= on) ?? inOrder[0]
}
