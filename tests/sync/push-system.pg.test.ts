import { afterAll, beforeAll, expect, test } from 'vitest'
import { issueAsSystem, serverKey, type SystemAct } from '../../server/sync/index.ts'
import { verifyP256 } from '../../server/sync/crypto.ts'
import { act } from '../support/forge.ts'
import { testDatabase, type TestDatabase } from '../support/postgres.ts'
import { receiving, words } from './forged-hall.ts'
import { pushTo, servedHall, signerAt, tabletAt, type ServedHall } from './forged-server.ts'

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

const post = (aggId: string): SystemAct => ({
  ...{ type: 'post.assign', v: 1, kind: 'post', aggId },
  args: {
    ...{ windowId: 'student-affairs', personId: 'p1', personName: '示例·甲', personKind: 'staff', role: 'roleA' },
    ...{ from: '2026-11-01', to: null },
  },
})

test('[I2] the system’s acts are commands in its own stream, signed by the hall’s key', async () => {
  const results = await issueAsSystem(hall.deps, 'nbu', [post('post-1')])
  expect(words(results)).toEqual(['applied'])
  const key = await serverKey(pg.db, 'nbu')
  const rows = await pg.appSql<{ envelope: string; sig: string; actor: string; role: string }[]>`
    select envelope, sig, actor_id as actor, role from hall.command_log where hall_id = 'nbu' order by pos`
  expect(rows.length).toBeGreaterThan(3)
  for (const { envelope, sig, actor, role } of rows) {
    expect([actor, role, verifyP256(key.publicJwk, envelope, sig)]).toEqual(['system:nbu', 'system', true])
  }
})

test('[I3] four instances issue at once: each act once, one stream without a gap, one key', async () => {
  const batches = [1, 2, 3, 4].map((n) => Array.from({ length: 5 }, (_, i) => post(`post-${String(n)}-${String(i)}`)))
  const results = await Promise.all(batches.map((acts) => issueAsSystem(hall.deps, 'nbu', acts)))
  expect(results.flatMap(words)).toEqual(Array<string>(20).fill('applied'))
  const rows = await pg.appSql<{ seq: number }[]>`
    select seq from hall.command_log where actor_id = 'system:nbu' order by seq`
  expect(rows.map((row) => row.seq)).toEqual(rows.map((_, i) => i + 1))
  const keys = await Promise.all(Array.from({ length: 4 }, () => serverKey(pg.db, 'another-hall')))
  expect(new Set(keys.map((key) => key.publicJwk.x)).size).toBe(1)
})

test('[I12] nobody but the server’s own device acts as the system, even with a grant that says so', async () => {
  const tablet = await tabletAt(hall, 'DA')
  const boss = await signerAt(hall, tablet, { id: 'system:nbu', role: 'system', windowId: null })
  const { type, aggId, args } = post('post-9')
  const { results } = await pushTo(hall, tablet, 1, [act(tablet, boss, receiving(tablet, { type, aggId, args }))])
  expect(words(results)).toEqual(['held:quarantine:signature'])
})
