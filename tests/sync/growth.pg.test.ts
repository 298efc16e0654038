import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { loadStatement, pageStatement } from '../../server/db/store-sql.ts'
import type { LoadRequest, PageRequest } from '../../server/sync/store-verbs.ts'
import { act, type ForgedSigner } from '../support/forge.ts'
import { testDatabase, type TestDatabase } from '../support/postgres.ts'
import { costOf, type Cost } from './explained.ts'
import { item, noting, receiving } from './forged-hall.ts'
import { pulled, pushTo, servedHall, signerAt, tabletAt, type ServedHall, type ServedTablet } from './forged-server.ts'
import { manyCases } from './many-cases.ts'
import { scope } from './served-tablet.ts'

const acts = 100
let pg: TestDatabase
let hall: ServedHall
let tablet: ServedTablet
let signer: ForgedSigner
let like: string
const ids: string[] = []
beforeAll(async () => {
  pg = await testDatabase()
  hall = await servedHall(pg)
  tablet = await tabletAt(hall, 'GA')
  signer = await signerAt(hall, tablet)
  for (let i = 0; i < acts; i += 1) ids.push(randomUUID())
  like = ids[0]!
  await send(ids.map((aggId) => receiving(tablet, { aggId })))
})
afterAll(async () => {
  await hall.wake.close()
  await pg.stop()
})

async function send(plans: Parameters<typeof act>[2][]) {
  await pushTo(
    hall,
    tablet,
    tablet.seq + 1,
    plans.map((plan) => act(tablet, signer, plan)),
  )
}

type Sizes = Record<'nothing' | 'changes' | 'load', Cost>

const pullOf = (since: number): PageRequest => ({
  ...{ hallId: 'nbu', streamId: tablet.streamId, branch: 0, firstUnsettled: tablet.seq + 1, since },
  ...{ scopes: ['hall', scope], limit: 500, touched: [] },
})

/** The first statement of a push of 100 notes on 100 cases. */
const loadOf = (): LoadRequest => ({
  ...{ hallId: 'nbu', streamId: tablet.streamId, branch: 0, numbers: ids.map((id) => `XG-261120-ZZ-${id}`) },
  aggs: [...ids.map((id) => ({ kind: 'case', id })), { kind: 'item', id: item.id }],
  ...{ grantIds: [signer.grant.id], cmdIds: ids, seqs: { from: tablet.seq + 1, to: tablet.seq + acts } },
})

/** What a pull with nothing new, one of 100 changes, and the `load` of a push of 100 acts read, at this size. */
async function measured(): Promise<Sizes> {
  const { cursor = 0 } = await pulled(hall, tablet, { since: 0, limit: 1 })
  expect(cursor).toBeGreaterThan(0)
  const [clock] = await pg.appSql<{ pos: number }[]>`select pos::int from hall.hall_clock where hall_id = 'nbu'`
  const since = clock?.pos ?? 0
  await send(ids.map((id) => noting(id)))
  const changes = await costOf(pg.db, pageStatement(pullOf(since)))
  expect((await pulled(hall, tablet, { since, scopes: `hall,${scope}` })).rows).toHaveLength(acts)
  const nothing = await costOf(pg.db, pageStatement(pullOf(since + acts)))
  const load = await costOf(pg.db, loadStatement(loadOf()))
  return { nothing, changes, load }
}

// A row found by its key costs a page of each level of the index, three up to tens of millions, and the row's own.
const aRow = 4
const fixed = 50

test('[I23] pulls and the load of a push read the same rows, and pages by what is asked for, at 10⁴, 3·10⁴ and 10⁵ cases and log rows', async () => {
  const sizes = []
  for (const [name, count] of [
    ['N0', 9_900],
    ['N1', 20_000],
    ['N2', 70_000],
  ] as const) {
    await manyCases(pg, { like, count, name, hasLog: true })
    sizes.push(await measured())
  }
  const [small, middle, large] = sizes as [Sizes, Sizes, Sizes]
  for (const what of ['nothing', 'changes', 'load'] as const) {
    const rows = [small, middle, large].map((size) => size[what].rows)
    expect([what, Math.max(...rows) <= Math.min(...rows) * 1.1, rows]).toEqual([what, true, rows])
    // One row a hall: an index would be slower.
    for (const size of sizes) expect(size[what].whole.filter((table) => table !== 'hall_clock')).toEqual([])
  }
  for (const { nothing, changes, load } of sizes) {
    expect(nothing.buffers).toBeLessThanOrEqual(fixed)
    expect(changes.buffers).toBeLessThanOrEqual(acts * aRow + fixed)
    expect(load.buffers).toBeLessThanOrEqual(3 * acts * aRow + fixed) // cases, cmdIds, numbers
  }
  // Between 10⁴ and 3·10⁴ the indexes gain a level; from there on a pull reads what it read.
  expect(large.nothing.buffers).toBeLessThanOrEqual(middle.nothing.buffers * 1.1 + 1)
  expect(large.changes.buffers).toBeLessThanOrEqual(middle.changes.buffers * 1.1 + 1)
}, 240_000)
