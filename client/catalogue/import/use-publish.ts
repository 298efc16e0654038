import { computed, shallowRef, type ComputedRef, type ShallowRef } from 'vue'
import { hasNoEffect } from '../../../shared/core/outcome.ts'
import { sentenceOf } from '../../../shared/sentences.ts'
import { useAct } from '../../local/act.ts'
import { tabletStore } from '../../local/db.ts'
import { useLive } from '../../local/live.ts'
import type { PublishPlan } from './publish-plan.ts'

/** How far a publication is: kept on this computer, taken by the server, refused. */
export interface Progress {
  total: number
  kept: number
  synced: number
  refused: readonly string[]
}

/** Publish a plan batch by batch; what was kept stays kept when a later batch is not. */
export interface Publishing {
  run(plan: PublishPlan): Promise<void>
  progress: ComputedRef<Progress | null>
  isBusy: Readonly<ShallowRef<boolean>>
  refusal: Readonly<ShallowRef<string | null>>
  clear(): void
}

/** Publication by commands through the outbox: the same way every other act takes. */
export function usePublish(): Publishing {
  const act = useAct()
  const isBusy = shallowRef(false)
  const total = shallowRef(0)
  const cmdIds = shallowRef<readonly string[]>([])
  const { data: ends } = useLive(() => readEnds(cmdIds.value), { synced: 0, refused: [] }, cmdIds)
  let left: PublishPlan['batches'] = []
  let planned: PublishPlan | null = null

  async function run(plan: PublishPlan): Promise<void> {
    if (isBusy.value) return
    isBusy.value = true
    if (plan !== planned) [left, planned, cmdIds.value] = [[...plan.batches], plan, []]
    total.value = plan.total
    for (let batch = left[0]; batch; batch = left[0]) {
      const kept = await act.run(batch)
      if (!kept) break
      left.shift()
      cmdIds.value = [...cmdIds.value, ...kept.acts.map(({ cmdId }) => cmdId)]
    }
    isBusy.value = false
  }

  const progress = computed(() =>
    total.value === 0 ? null : { total: total.value, kept: cmdIds.value.length, ...ends.value },
  )
  const clear = () => {
    ;[left, planned, cmdIds.value] = [[], null, []]
    total.value = 0
    act.refusal.value = null
  }
  return { run, progress, isBusy, refusal: act.refusal, clear }
}

async function readEnds(ids: readonly string[]): Promise<Pick<Progress, 'synced' | 'refused'>> {
  const rows = await tabletStore().transact('read', ['outcome'], (tx) => tx.getMany('outcome', ids))
  // A row no longer here has long been settled and put away.
  const settled = rows.filter((row) => row === undefined || row.open === 0)
  const wrong = settled.filter((row) => hasNoEffect(row?.outcome))
  return {
    synced: settled.length - wrong.length,
    refused: wrong.map((row) => `${row?.aggId ?? ''}：${sentenceOf(row?.code ?? '', row?.detail ?? {})}`),
  }
}
