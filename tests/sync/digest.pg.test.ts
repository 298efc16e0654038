import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { digestOf } from '../../shared/core/digest.ts'
import { act } from '../support/forge.ts'
import { testDatabase, type TestDatabase } from '../support/postgres.ts'
import { caseBatch } from './batches.ts'
import { codeOf } from '../../server/db/errors.ts'
import { openStream } from '../../server/db/store.ts'
import { item, noting, phoning, receiving } from './forged-hall.ts'
import { pulled, pushTo, servedHall, signerAt, tabletAt, type ServedHall } from './forged-server.ts'

let pg: TestDatabase
let hall: ServedHall
beforeAll(async () => {
  pg = await testDatabase()
  hall = await servedHall(pg)
})
afterAll(async () => {
  await hall.wake.close()
  await pg.stop()
})

const kept = () => pg.appSql<{ scope: string; n: string; x: string }[]>`
  select scope, n, lpad(to_hex(x), 16, '0') as x from hall.scope_digest where hall_id = 'nbu' order by scope`

/** What the index holds, hashed by the code the tablet runs. */
async function counted() {
  const rows = await pg.appSql<{ scope: string; kind: string; id: string; ver: number }[]>`
    select scope, kind, agg_id as id, ver from hall.scope_index where hall_id = 'nbu' and op = 'set' order by scope`
  return [...new Set(rows.map((row) => row.scope))].map((scope) => {
    const { n, x } = digestOf(rows.filter((row) => row.scope === scope))
    return { scope, n: String(n), x }
  })
}

test('[R19] Postgres and the tablet hash a row alike, words, Chinese ids and every version included', async () => {
  const ids = ['a', 'nbu:XG-001@1', 'nbu:学生证补办@2', ...Array.from({ length: 40 }, () => randomUUID())]
  for (const [i, id] of ids.entries()) {
    const one = { kind: ['case', 'item', 'post'][i % 3] ?? '', id, ver: [1, 7, 2_000_000_000][i % 3] ?? 0 }
    const [row] = await pg.ownerSql<{ x: string }[]>`
      select lpad(to_hex(hall.row_hash(${one.kind}, ${id}, ${one.ver})), 16, '0') as x`
    expect([id, row?.x]).toEqual([id, digestOf([one]).x])
  }
})

test('[I7] [R19] after every push the digests kept by deltas are those of the index, and a recount changes nothing', async () => {
  const tablet = await tabletAt(hall, 'D1')
  const signer = await signerAt(hall, tablet)
  let seq = 1
  const cases: string[] = []
  for (let i = 0; i < 6; i += 1) {
    const id = randomUUID()
    cases.push(id)
    const plans = [receiving(tablet, { aggId: id }), ...cases.map((one) => noting(one))]
    const commands = plans.map((plan) => act(tablet, signer, plan))
    await pushTo(hall, tablet, seq, commands)
    seq += commands.length
    expect(await kept()).toEqual(await counted())
  }
  // Two phones for one student: a conflict, so the case also stands before the supervisor.
  const other = act(tablet, signer, phoning(cases[0] ?? '', '13900000001', { pii: { phone: '13700000000' } }))
  await pushTo(hall, tablet, seq, [other])
  expect((await kept()).map(({ scope }) => scope)).toContain(`window:${item.windowId}`)
  const before = await kept()
  expect(before).toEqual(await counted())
  await pg.ownerSql`select hall.recount_digests('nbu')`
  expect(await kept()).toEqual(before)
})

test('[R19] the last page of a pull names the digest of each scope asked for; another page and a push name none', async () => {
  const tablet = await tabletAt(hall, 'D2')
  const signer = await signerAt(hall, tablet)
  const commands = [1, 2, 3].map(() => act(tablet, signer, receiving(tablet)))
  expect((await pushTo(hall, tablet, 1, commands)).digests).toBeUndefined()
  const scope = `window:${item.windowId}`
  const first = await pulled(hall, tablet, { limit: 1 })
  expect([first.isLast, first.digests]).toEqual([false, undefined])
  const last = await pulled(hall, tablet, { scopes: `${scope},hall` })
  expect(last.isLast).toBe(true)
  const due = Object.fromEntries((await kept()).map(({ scope: name, n, x }) => [name, { n: Number(n), x }]))
  expect(last.digests).toEqual({ hall: due.hall, [scope]: due[scope] })
  expect(last.digests?.[scope]).toEqual(digestOf(last.rows.filter((row) => row.scopes.includes(scope))))
})

test('[R19] a batch that does not say what it moves in the digests is refused whole', async () => {
  const streamId = randomUUID()
  await openStream(pg.db, { hallId: 'nbu', streamId, branch: 0, deviceId: 'd', lane: null })
  const batch = { ...caseBatch({ hallId: 'nbu', streamId, at: 0, id: 'c1', ver0: 0, set: ['w1'] }), digests: undefined }
  expect(await pg.store.append(batch as never).then(() => null, codeOf)).toBe('22023')
})
