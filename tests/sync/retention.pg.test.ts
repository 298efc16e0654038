import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { tidyAll, tidyHall } from '../../server/ops/index.ts'
import { issueAsSystem } from '../../server/sync/index.ts'
import { digestOf } from '../../shared/core/digest.ts'
import { act, type ForgedSigner } from '../support/forge.ts'
import { testDatabase, type TestDatabase } from '../support/postgres.ts'
import { ctxv, item, noting, receiving, serverNow, words } from './forged-hall.ts'
import { pulled, pushTo, servedHall, signerAt, tabletAt, type ServedHall, type ServedTablet } from './forged-server.ts'

const day = 86_400_000
const scope = `window:${item.windowId}`
let now = serverNow
let pg: TestDatabase
let hall: ServedHall
let tablet: ServedTablet
let signer: ForgedSigner
beforeAll(async () => {
  pg = await testDatabase()
  hall = await servedHall(pg, { now: () => now })
  tablet = await tabletAt(hall, 'R1')
  signer = await signerAt(hall, tablet, { to: serverNow + 2000 * day })
})
afterAll(async () => {
  await hall.wake.close()
  await pg.stop()
})

/** Send acts as one push of the tablet's stream; its results. */
async function send(...plans: Parameters<typeof act>[2][]): Promise<string[]> {
  const from = tablet.seq + 1
  const { results } = await pushTo(
    hall,
    tablet,
    from,
    plans.map((plan) => act(tablet, signer, plan)),
  )
  return words(results.filter(({ seq }) => seq >= from))
}

const concluding = (aggId: string) => ({
  ...{ type: 'case.conclude', aggId, at: serverNow - 50_000, ctxv },
  args: { result: '已办', resultNote: '' },
  saw: { state: 'open' },
})

/** A case received, and concluded if it is to be over. */
async function caseAt(isOver: boolean): Promise<string> {
  const id = randomUUID()
  expect(await send(receiving(tablet, { aggId: id }))).toEqual(['applied'])
  if (isOver) expect(await send(concluding(id))).toEqual(['applied'])
  return id
}

const idsOf = (rows: readonly { id: string }[]) => rows.map(({ id }) => id)
const logged = async (type: string) =>
  (await pg.appSql<{ outcome: string }[]>`select outcome from hall.command_log where type = ${type}`).map(
    ({ outcome }) => outcome,
  )

test('[I6] [R16] a case that is over leaves its window 30 days after its end, by an act of the system, and stays in the record', async () => {
  const [over, open] = [await caseAt(true), await caseAt(false)]
  const { cursor = 0 } = await pulled(hall, tablet)
  now = serverNow + 29 * day
  expect((await tidyHall(hall.deps, 'nbu')).archived).toBe(0)
  now = serverNow + 31 * day
  expect((await tidyHall(hall.deps, 'nbu')).archived).toBe(1)
  const delta = await pulled(hall, tablet, { since: cursor })
  expect([idsOf(delta.rows), delta.leaves]).toEqual([[], [{ kind: 'case', id: over, scope }]])
  const whole = await pulled(hall, tablet)
  expect(idsOf(whole.rows)).toContain(open)
  expect(idsOf(whole.rows)).not.toContain(over)
  expect(whole.digests?.[scope]).toEqual(digestOf(whole.rows))
  const [row] = await pg.appSql<{ state: string; actor: string }[]>`
    select c.state, l.actor_id as actor from hall.cases c join hall.command_log l on l.agg_id = c.id
    where c.id = ${over} and l.type = 'case.archive'`
  expect(row).toEqual({ state: 'concluded', actor: 'system:nbu' })
})

test('[I6] an act that comes late goes onto a case put away, which stays away; undone or contended, it is back', async () => {
  const id = await caseAt(true)
  now += 31 * day
  await tidyHall(hall.deps, 'nbu')
  const { cursor = 0 } = await pulled(hall, tablet)
  expect(await send(noting(id))).toEqual(['applied'])
  expect(idsOf((await pulled(hall, tablet, { since: cursor })).rows)).toEqual([])
  const other = { ...concluding(id), args: { result: '没有办成', resultNote: '' } }
  expect(await send(other)).toEqual(['conflict'])
  const back = await pulled(hall, tablet, { since: cursor })
  expect(idsOf(back.rows)).toEqual([id])
  now += 31 * day
  expect((await tidyHall(hall.deps, 'nbu')).archived).toBe(0)
})

test('[I2] instances that tidy at the same moment put each case away once; the second try is refused, never a fault', async () => {
  const ids = [await caseAt(true), await caseAt(true), await caseAt(true)]
  now += 31 * day
  await Promise.all([1, 2, 3].map(() => tidyAll(hall.deps)))
  const rows = await pg.appSql<{ id: string; ver: number; times: number }[]>`
    select c.id, c.ver, (select count(*)::int from hall.command_log l
      where l.agg_id = c.id and l.type = 'case.archive' and l.outcome = 'applied') as times
    from hall.cases c where c.id = any(array(select jsonb_array_elements_text(${JSON.stringify(ids)}::text::jsonb)))`
  expect(rows.map(({ ver, times }) => [ver, times])).toEqual([
    [3, 1],
    [3, 1],
    [3, 1],
  ])
  expect((await logged('case.archive')).filter((outcome) => outcome !== 'applied' && outcome !== 'rejected')).toEqual(
    [],
  )
  expect((await tidyHall(hall.deps, 'nbu')).archived).toBe(0)
})

test('[R16] what left half a year ago is forgotten, the horizon rises, and a cursor before it is told to restart', async () => {
  const { cursor = 0 } = await pulled(hall, tablet)
  const gone = await caseAt(true)
  now += 31 * day
  await tidyHall(hall.deps, 'nbu')
  const after = await pulled(hall, tablet, { since: cursor })
  expect(after.leaves).toContainEqual({ kind: 'case', id: gone, scope })
  now += 181 * day
  await issueAsSystem(hall.deps, 'nbu', [
    {
      ...{ type: 'post.assign', v: 1, kind: 'post', aggId: 'post-late' },
      args: {
        ...{ windowId: item.windowId, personId: 'p1', personName: '示例·甲', personKind: 'staff', role: 'roleA' },
        ...{ from: '2026-11-01', to: null },
      },
    },
  ])
  const horizons = await Promise.all([1, 2].map(() => tidyHall(hall.deps, 'nbu')))
  expect(horizons.map(({ horizon }) => horizon)).toEqual([after.pos, after.pos])
  const past = await pulled(hall, tablet, { since: cursor })
  expect(past).toMatchObject({ restart: true, rows: [], leaves: [], results: [] })
  expect([past.cursor, past.digests]).toEqual([undefined, undefined])
  const kept = await pulled(hall, tablet, { since: after.pos, scopes: `${scope},hall` })
  expect([kept.restart, idsOf(kept.rows)]).toEqual([undefined, ['post-late']])
  const whole = await pulled(hall, tablet)
  expect(idsOf(whole.rows)).not.toContain(gone)
  expect(whole.digests?.[scope]).toEqual(digestOf(whole.rows))
  // A snapshot of more than a page has a cursor before the horizon too, and goes on.
  const page = await pulled(hall, tablet, { since: cursor, snapshot: '1', limit: 1 })
  expect([page.restart, page.cursor !== undefined]).toEqual([undefined, true])
  // Unless it began before what is forgotten now left: a row its first page brought may be among that.
  const [before, since] = await Promise.all(
    [after.pos - 1, after.pos].map((began) =>
      pulled(hall, tablet, { since: cursor, snapshot: '1', began: String(began), limit: 1 }),
    ),
  )
  expect([before?.restart, before?.rows, since?.restart]).toEqual([true, [], undefined])
  const [left] = await pg.appSql<{ n: number }[]>`select count(*)::int as n from hall.scope_index where op = 'leave'`
  expect(left?.n).toBe(0)
})
