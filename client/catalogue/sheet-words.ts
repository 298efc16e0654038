import { explainerWords, type SheetNames } from '../../shared/catalogue/index.ts'
import type { Item } from '../../shared/profiles/item-sheet.ts'
import type { PublicItem } from '../../shared/wire/public.ts'

export { chargeText, promiseText, sheetLines, type SheetLine, type SheetNames } from '../../shared/catalogue/index.ts'

/** The names behind a sheet's ids as the public answer gives them. */
export function publicNames({ hall, item, units, explainer, hallGrounds = [] }: PublicItem): SheetNames {
  const { name = '', keepers = [] } = hall.windows.find((one) => one.id === item.windowId) ?? {}
  return {
    window: keepers.length > 0 ? `${name}（今天由${keepers.join('、')}值守）` : name,
    units: units.map(({ name }) => name).join('、'),
    explainer: explainerWords(explainer),
    hallGrounds,
  }
}

/** `第 1 版 · 2026年1月1日起`, and when it ended. */
export function versionText(item: Item, day: (on: string) => string): string {
  const until = item.retiredOn ? `，${day(item.retiredOn)}停用` : ''
  return `第 ${String(item.version)} 版 · ${day(item.effectiveOn)}起${until}`
}

/** Where anybody may read a sheet, without signing in. An item's id is plain in a path: only what is roundabout is refused. */
export function publicUrl(item: Item, origin: string): string {
  return `${origin}/public/items/${item.id}`
}
