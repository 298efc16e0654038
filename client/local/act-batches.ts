import { computed, shallowRef, type ComputedRef, type ShallowRef } from 'vue'
import { hasNoEffect } from '../../shared/core/outcome.ts'
import { sentenceOf } from '../../shared/sentences.ts'
import { useAct } from './act.ts'
import { tabletStore } from './db.ts'
import { useLive } from './live.ts'
import type { ActDraft } from './act-types.ts'

/** Acts in batches, each kept whole or not at all. */
export interface BatchPlan {
  batches: readonly (readonly ActDraft[])[]
  total: number
}

/** An act of a plan that the server did not accept, and why, as a sentence. */
export interface BatchRefusal {
  cmdId: string
  aggId: string
  sentence: string
}

/** How far a plan is: kept on this computer, taken by the server, refused. */
export interface BatchProgress {
  total: number
  kept: number
  synced: number
  refused: readonly BatchRefusal[]
}

/** Run a plan batch by batch; what was kept stays kept when a later batch is not. */
export interface ActBatches {
  run(plan: BatchPlan): Promise<void>
  progress: ComputedRef<BatchProgress | null>
  isBusy: Readonly<ShallowRef<boolean>>
  refusal: Readonly<ShallowRef<string | null>>
  clear(): void
}

/** Many acts through the outbox, the same way every other act takes, with true counts of what became of them. */
export function useActBatches(): ActBatches {
  const act = useAct()
  const isBusy = shallowRef(false)
  const total = shallowRef(0)
  const cmdIds = shallowRef<readonly string[]>([])
  const { data: ends } = useLive(() => readEnds(cmdIds.value), { synced: 0, refused: [] }, cmdIds)
  let left: (readonly ActDraft[])[] = []
  let planned: BatchPlan | null = null

  async function run(plan: BatchPlan): Promise<void> {
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

async function readEnds(ids: readonly string[]): Promise<Pick<BatchProgress, 'synced' | 'refused'>> {
  const rows = await tabletStore().transact('read', ['outcome'], (tx) => tx.getMany('outcome', ids))
  // A row no longer here has long been settled and put away.
  const settled = rows.filter((row) => row === undefined || row.open === 0)
  const wrong = settled.filter((row) => hasNoEffect(row?.outcome))
  return {
    synced: settled.length - wrong.length,
    refused: wrong.map((row) => ({
      ...{ cmdId: row?.cmdId ?? '', aggId: row?.aggId ?? '' },
      sentence: sentenceOf(row?.code ?? '', row?.detail ?? {}),
    })),
  }
}
