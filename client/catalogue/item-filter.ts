import type { Item } from '../../shared/profiles/item-sheet.ts'

/** What a person narrows the catalogue by; empty is all. */
export interface ItemFilter {
  windowId: string
  unitId: string
  kind: string
}

/** Sheets that pass, in the order they came. */
export function filterItems(items: readonly Item[], { windowId, unitId, kind }: ItemFilter): Item[] {
  return items.filter(
    (item) =>
      (windowId === '' || item.windowId === windowId) &&
      (unitId === '' || item.unitIds.includes(unitId)) &&
      (kind === '' || item.kind === kind),
  )
}

/** Sheets by window, in the windows' order; a window with none is left out. */
export function byWindow<Window extends { id: string; order: number }, Sheet extends { windowId: string }>(
  items: readonly Sheet[],
  windows: readonly Window[],
): { window: Window; items: Sheet[] }[] {
  return [...windows]
    .sort((a, b) => a.order - b.order)
    .map((window) => ({ window, items: items.filter((item) => item.windowId === window.id) }))
    .filter((group) => group.items.length > 0)
}
