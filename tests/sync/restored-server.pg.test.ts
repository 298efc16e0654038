import { spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ActDraft } from '../../client/local/act-types.ts'
import { exchange } from '../../client/sync/exchange.ts'
import { startEmbedded, type Embedded } from '../../server/db/embedded.ts'
import { newEpochs } from '../../server/db/epoch.ts'
import { migrate } from '../../server/db/migrate.ts'
import { openClient, openPool } from '../../server/db/pg.ts'
import { createStore } from '../../server/db/store.ts'
import { readDevices } from '../../server/devices/reports.ts'
import { temporaryFolder, type TestDatabase } from '../support/postgres.ts'
import { item } from './forged-hall.ts'
import { servedHall, type ServedHall } from './forged-server.ts'
import { readLog, readProof } from './read-log.ts'
import {
  casesOn,
  casesThere,
  catchUp,
  digestsOf,
  noteDraft,
  servedTablet,
  tap,
  type EngineTablet,
} from './served-tablet.ts'
import { verifyLog } from './verify-log.ts'

const root = temporaryFolder()
let cluster: Embedded
let hall: ServedHall
let a: EngineTablet
let b: EngineTablet

/** The hall goes on over the cluster in `folder`: the same tablets, another Postgres beneath the server. */
async function serveFrom(folder: string, prepare: (ownerUrl: string) => Promise<unknown> = nothing): Promise<void> {
  cluster = await startEmbedded(join(root, folder))
  await migrate(cluster)
  await prepare(cluster.ownerUrl)
  const pool = openPool(cluster.appUrl)
  const ownerSql = openClient(cluster.ownerUrl, { max: 1, statementTimeoutMs: 10_000, name: 'test-owner' })
  const stop = async (): Promise<void> => {
    await Promise.all([pool.close(), ownerSql.end({ timeout: 5 })])
    await cluster.stop()
  }
  const { appUrl, ownerUrl } = cluster
  const pg: TestDatabase = {
    ...{ urls: { appUrl, ownerUrl }, appSql: pool.client, ownerSql, db: pool.db, store: createStore(pool.db), stop },
  }
  hall = Object.assign(hall ?? {}, await servedHall(pg))
}

const nothing = () => Promise.resolve()

async function stopServing(): Promise<void> {
  await hall.wake.close()
  await hall.pg.stop()
}

/** A copy of a stopped cluster: the backup of the night, or a standby that got no further. */
function copy(from: string, to: string): void {
  expect(spawnSync('cp', ['-a', join(root, from), join(root, to)]).status).toBe(0)
}

const receiveDraft = (aggId: string): ActDraft => ({
  ...{ type: 'case.receive', kind: 'case', aggId, itemId: item.id },
  args: ({ lane, next }) => ({
    ...{ number: `XS-261120-${String(lane)}-${String(next())}`, itemId: item.id, ticket: null },
    student: { name: '示例·李同学', studentNo: '20240118', phone: '' },
    materials: item.materials.map(({ id }) => ({ id, state: 'present' })),
  }),
})
const goes = async (...tablets: EngineTablet[]): Promise<void> => {
  for (const { engine } of tablets) await exchange(engine, new AbortController().signal)
}
const idsOf = ({ disk }: EngineTablet): string[] => disk.rows('outbox').map(({ cmdId }) => cmdId)
const logged = async (): Promise<Set<string>> => {
  const rows = await hall.pg.appSql<{ id: string }[]>`select cmd_id as id from hall.command_log`
  return new Set(rows.map(({ id }) => id))
}
const epoch = async (): Promise<string> => {
  const [row] = await hall.pg.appSql<{ epoch: string }[]>`select epoch from hall.hall_clock where hall_id = 'nbu'`
  return row?.epoch ?? ''
}
const resentOf = async ({ known }: EngineTablet) =>
  (await readDevices(hall.pg.db, 'nbu', '')).find(({ id }) => id === known.deviceId)?.resent

beforeAll(async () => {
  await serveFrom('day')
  a = await servedTablet(hall, 'KA')
  b = await servedTablet(hall, 'KB')
  await catchUp(a)
  await catchUp(b)
}, 120_000)
afterAll(async () => {
  await stopServing()
  rmSync(root, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
})

/** From `day` to `next`: a copy is made, work goes on and is acknowledged, the server is lost and the copy put in its place. */
async function losesItsDay(day: string, next: string, prepare?: (ownerUrl: string) => Promise<unknown>) {
  const [old, fresh] = [randomUUID(), randomUUID()]
  await tap(a, receiveDraft(old))
  await goes(a, b)
  await stopServing()
  copy(day, next)
  await serveFrom(day)
  await tap(a, noteDraft(old, '备份之后记下（示例）'))
  await tap(b, receiveDraft(fresh))
  await goes(a, b, a)
  const acked = [...idsOf(a), ...idsOf(b)]
  const written = await logged()
  expect(acked.filter((id) => !written.has(id))).toEqual([])
  const before = await epoch()
  await stopServing()
  rmSync(join(root, day), { recursive: true, force: true })
  // While nothing answers, work goes on.
  await tap(b, noteDraft(fresh, '服务器没了也记下（示例）'))
  await serveFrom(next, prepare)
  const there = await logged()
  expect(acked.filter((id) => !there.has(id))).toHaveLength(2)
  for (let turn = 0; turn < 3; turn += 1) await goes(a, b)
  await catchUp(a)
  await catchUp(b)
  return { before, cases: [old, fresh] }
}

/** Everything done is in the log, the images are the same everywhere, and the chain is whole. */
async function isWhole(): Promise<void> {
  const there = await logged()
  expect([...idsOf(a), ...idsOf(b)].filter((id) => !there.has(id))).toEqual([])
  for (const tablet of [a, b]) {
    expect(casesOn(tablet)).toEqual(await casesThere(hall))
    const { there: kept, here, counted } = await digestsOf(hall, tablet)
    expect([here, counted]).toEqual([kept, kept])
    expect(tablet.disk.rows('outcome').filter(({ open }) => open === 1)).toEqual([])
  }
  expect(verifyLog(await readLog(hall.pg.ownerSql), await readProof(hall.pg.ownerSql))).toEqual([])
}

test('[F22] [R13] [P16] a standby that was behind takes over, nobody tells the tablets: they notice and send what it lacks', async () => {
  const { before, cases } = await losesItsDay('day', 'standby')
  expect(await epoch()).toBe(before)
  expect(a.reports).toContain('epoch-changed')
  await isWhole()
  expect((await casesThere(hall)).map(({ id }) => id)).toEqual(expect.arrayContaining(cases))
  expect([await resentOf(a), await resentOf(b)]).toEqual([1, 1])
}, 180_000)

test('[F48] [R13] [P16] [I22] the drill: yesterday’s backup is restored under a new epoch, the tablets send again, the supervisor sees how much', async () => {
  const { before, cases } = await losesItsDay('standby', 'restored', newEpochs)
  expect(await epoch()).not.toBe(before)
  await isWhole()
  expect((await casesThere(hall)).map(({ id }) => id)).toEqual(expect.arrayContaining(cases))
  expect([await resentOf(a), await resentOf(b)]).toEqual([2, 2])
}, 180_000)
