import { computed, type ComputedRef } from 'vue'
import { isTurnSet, keepersOn } from '../../shared/halls/derive-keeper.ts'
import type { WindowTurn } from '../../shared/halls/index.ts'
import { liveRowsOn } from '../local/rows.ts'
import { useHall } from '../local/use-hall.ts'

/** Names of the units whose turn a jointly kept window is today (SZIT-2, NBU-17); none where no turn is set. */
export function useKeepers(windowId: () => string | null | undefined): ComputedRef<string[]> {
  const { profile, today, windowOf } = useHall()
  const { data: rows } = liveRowsOn<WindowTurn>('windowTurn')
  const turns = computed(() => rows.value.map(({ image }) => image))
  return computed(() => {
    const window = windowOf(windowId())
    if (!window || window.unitIds.length < 2 || !isTurnSet(turns.value, window.id, today.value)) return []
    const names = new Map(profile.value?.units.map(({ id, name }) => [id, name]))
    return keepersOn(turns.value, window, today.value).map((id) => names.get(id) ?? id)
  })
}
