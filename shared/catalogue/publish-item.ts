import { z } from 'zod'
import { command } from '../core/command.ts'
import { isChangedSince, meet } from '../core/merge.ts'
import { applied, create, rejected, set } from '../core/outcome.ts'
import { refusal, type RefusalKind } from '../core/refusal.ts'
import { catalogueRules } from './merge.ts'
import { Item } from '../profiles/item-sheet.ts'

/** The item's id must say hall, code and version it stands under. */
const sheetMisnamed = refusal('item.misnamed', {
  cite: 'SSC-17',
  say: () => '事项编号与本厅、代码、版本不一致，没有发布。',
})

/** Someone else has retired the version from another day meanwhile. */
const alreadyRetired = refusal('item.alreadyRetired', {
  cite: 'OFF-4',
  say: () => '这一版的停用日期已由别人改过，请看过新的日期再定。',
})

/** Sentences of refusals of this room, by code. */
export const catalogueSentences: RefusalKind[] = [sheetMisnamed, alreadyRetired]

/** 发布一事一表: one version of an item, effective from its date (SSC-17). A version once published never changes. */
export const publishItem = command({
  type: 'item.publish',
  v: 1,
  nature: 'claim',
  on: 'item',
  by: ['supervisor', 'admin', 'system'],
  creates: true,
  args: z.strictObject({ item: Item }),
  decide(_none: null, { item }, ctx) {
    if (item.id !== ctx.aggId || item.hallId !== ctx.hallId) return rejected({ code: sheetMisnamed.code })
    return applied([create(item)])
  },
})

/** 停用: the version is not offered from a date on; cases received under it keep it. */
export const retireItem = command({
  type: 'item.retire',
  v: 1,
  nature: 'claim',
  on: 'item',
  by: ['supervisor', 'admin', 'system'],
  args: z.strictObject({ on: z.iso.date() }),
  touches: () => ['retiredOn'],
  decide(image: Item, { on }, ctx) {
    if (isChangedSince(image.retiredOn, ctx.seen.retiredOn))
      return meet(catalogueRules.retire, { refusal: { code: alreadyRetired.code } })
    return applied([set('retiredOn', on)])
  },
})
