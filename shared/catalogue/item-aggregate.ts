import { momentOf } from '../calendar/day.ts'
import { aggregate } from '../core/command.ts'
import type { Item } from '../profiles/item-sheet.ts'

/** 一事一表 in the register: every version is in scope `hall`; its code leads to it. */
export const itemAggregate = aggregate<Item>({
  kind: 'item',
  scopes: () => ['hall'],
  shelf: (image) => image.windowId,
  at: (image) => momentOf(image.effectiveOn, '00:00'),
  keys: (image) => [image.code],
})
