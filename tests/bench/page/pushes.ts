import type { Case } from '../../../shared/cases/index.ts'
import { tabletStore } from '../../../client/local/db.ts'
import { oldestOpen } from '../../../client/local/meta.ts'
import { rowsOn } from '../../../client/local/rows.ts'
import { pushOnce } from '../../../client/sync/push.ts'
import { keep, noteOn } from './tablet.ts'
import { takeTraffic, type Traffic } from './traffic.ts'
import { engine, takeParts, type Parts } from './timed-engine.ts'

/** Keep edits, each on another of the oldest cases, without sending them; returns the seq of the first. */
export async function makeEdits({ count, skip }: { count: number; skip: number }): Promise<number> {
  const cases = (await rowsOn<Case>('case', 'ended', skip + count)).slice(skip)
  if (cases.length < count) throw new Error('not enough cases are stored')
  const seqs: number[] = []
  for (const { id, image } of cases) seqs.push(await keep(noteOn({ id, itemId: image.itemId }, '示例备注')))
  return seqs[0] ?? 0
}

/** Send until nothing waits. All must be settled then: a push's answer brings its results and images. */
export async function pushAll(): Promise<{ ms: number; settled: number } & Traffic & Parts> {
  takeTraffic('push')
  takeParts()
  const from = performance.now()
  let settled = 0
  for (;;) {
    const pushed = await pushOnce(engine)
    settled += pushed.settled
    if (pushed.sent === 0) break
  }
  const ms = performance.now() - from
  const parts = takeParts()
  if (await tabletStore().transact('read', ['outcome'], oldestOpen)) throw new Error('an act is not settled')
  return { ms, settled, ...parts, ...takeTraffic('push') }
}
