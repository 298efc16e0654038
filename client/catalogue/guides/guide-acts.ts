import { computed, type ComputedRef } from 'vue'
import { guideStates, type Guide, type GuideState, type Item } from '../../../shared/catalogue/index.ts'
import type { Json } from '../../../shared/core/canonical.ts'
import type { ActDraft } from '../../local/act-types.ts'
import { liveItems, liveRowsOn, type RowOf } from '../../local/rows.ts'
import { useHall } from '../../local/use-hall.ts'

/** A guide that lies somewhere, with its row and what is to be done about it. */
export interface GuideLine extends GuideState {
  row: RowOf<Guide>
}

/** Guides this tablet or PC holds, against today's catalogue; live. */
export function useGuides(): { lines: ComputedRef<GuideLine[]>; isReady: ComputedRef<boolean> } {
  const { today } = useHall()
  const { data: rows, isReady: hasRows } = liveRowsOn<Guide>('guide', 'placed')
  const { data: items, isReady: hasItems } = liveItems()
  const lines = computed(() => {
    const byId = new Map(rows.value.map((row) => [row.id, row]))
    const images = rows.value.map(({ image }) => image)
    return guideStates(images, items.value, today.value).flatMap((state) => {
      const row = byId.get(state.guide.id)
      return row ? [{ ...state, row }] : []
    })
  })
  return { lines, isReady: computed(() => hasRows.value && hasItems.value) }
}

/** An act on a guide; it rests on no sheet. */
export function guideAct(type: `guide.${string}`, aggId: string, args: Record<string, Json>): ActDraft {
  return { type, kind: 'guide', aggId, args, itemId: null }
}

/** 换新 with as many copies as lay there before. */
export function renewal({ guide }: Pick<GuideState, 'guide'>, current: Item): ActDraft {
  const copies = guide.prints.at(-1)?.copies ?? 1
  return guideAct('guide.renew', guide.id, {
    ...{ itemId: current.id, itemName: current.name, version: current.version, copies },
  })
}
