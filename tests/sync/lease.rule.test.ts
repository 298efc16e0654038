import { expect, test } from 'vitest'
import { holdLease, watchLease } from '../../client/sync/lease.ts'
import { PlainStore } from '../support/plain-store.ts'
import { VirtualTime } from '../support/virtual-time.ts'

test('[F35] a lead with no sign of work for a minute is stale to a waiting tab, one that works never is', async () => {
  const [time, store] = [new VirtualTime(), new PlainStore()]
  let beats = 0
  const site = {
    ...{ mono: () => time.mono(), after: (ms: number, run: () => void) => time.after(ms, run), store: () => store },
    ...{ uuid: () => `beat-${String((beats += 1))}`, isHidden: () => false },
  }
  const [leads, waits] = [new AbortController(), new AbortController()]
  let stale = 0
  holdLease(site, leads.signal)
  watchLease(site, () => void (stale += 1), waits.signal)
  await time.pass(3_600_000)
  expect(stale).toBe(0)
  leads.abort() // as a frozen page: it writes nothing more
  await time.pass(50_000)
  expect(stale).toBe(0)
  await time.pass(40_000)
  expect(stale).toBeGreaterThan(0)
  waits.abort()
})
