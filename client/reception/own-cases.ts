import { computed, type ComputedRef } from 'vue'
import type { Case } from '../../shared/cases/index.ts'
import { useLive } from '../local/live.ts'
import { rowsOn } from '../local/rows.ts'

/** A case a first contact may have become. */
export interface OwnCase {
  id: string
  number: string
  name: string
}

/** Cases this person has received since a moment, the newest first. */
export function useOwnCases(asked: () => { actorId: string; since: number }): ComputedRef<OwnCase[]> {
  const { data } = useLive(() => rowsOn<Case>('case'), [])
  return computed(() => {
    const { actorId, since } = asked()
    const own = data.value.filter(({ image }) => image.receivedAt >= since && image.acts[0]?.actorId === actorId)
    return own
      .map(({ id, image }) => ({ id, number: image.number, name: image.itemName, at: image.receivedAt }))
      .sort((a, b) => b.at - a.at)
  })
}
