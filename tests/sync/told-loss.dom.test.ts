// First: it gives Dexie, which looks for it once, an IndexedDB.
import { givenTablet } from '../local/given-tablet.ts'
import { afterEach, expect, test, vi } from 'vitest'
import { closeTabletStore, tabletStore } from '../../client/local/db.ts'
import { NetFault, type Engine } from '../../client/local/engine.ts'
import { noteLoss, storageReport } from '../../client/local/storage.ts'
import { pullOnce } from '../../client/sync/pull.ts'
import { tabletEngine } from '../../client/sync/tablet-engine.ts'
import { tabletReporter } from '../../client/sync/tablet-report.ts'
import { uuidOf } from '../support/play.ts'

afterEach(() => {
  closeTabletStore()
  localStorage.clear()
})

const page = () => ({
  ...{ epoch: uuidOf(32), lastSeq: 0, results: [], leaves: [], rows: [], pos: 1, cursor: 1, isLast: true },
  ...{ clock: { t1: Date.now(), t2: Date.now() }, minSchema: 1 },
})

test('[P22][SUP-3] a loss goes with each report until a pull is answered, and then no more', async () => {
  const { engine: base } = await givenTablet()
  noteLoss({ deviceId: uuidOf(30), streamId: uuidOf(31), lastSeq: 8, open: 4 })
  const asked: (string | undefined)[] = []
  let mono = 0
  const pull = vi.fn<() => Promise<unknown>>()
  const reporter = tabletReporter(storageReport)
  const engine: Engine = {
    ...base,
    store: tabletStore(),
    clock: { ...base.clock, mono: () => mono },
    net: {
      push: () => Promise.reject(new NetFault('unreachable')),
      pull: (query) => {
        asked.push(query.lost)
        return pull()
      },
    },
    tell: () => reporter(engine),
    told: (report) => tabletEngine.told?.(report),
  }
  const turn = async () => {
    mono += 31_000
    await pullOnce(engine).catch(() => null)
  }
  pull.mockRejectedValueOnce(new NetFault('unreachable'))
  await turn()
  pull.mockResolvedValueOnce('a login page')
  await turn()
  pull.mockImplementation(() => Promise.resolve(page()))
  await turn()
  await turn()
  expect(asked).toEqual(['4', '4', '4', undefined])
  expect((await storageReport()).lost).toBeNull()
})
