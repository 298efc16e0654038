import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { issueAsSystem, type SystemAct } from '../../server/sync/index.ts'
import { act, readEnv } from '../support/forge.ts'
import { testDatabase, type TestDatabase } from '../support/postgres.ts'
import { item, noting, receiving, serverNow, words } from './forged-hall.ts'
import { pushTo, servedHall, signerAt, tabletAt, type ServedHall } from './forged-server.ts'

const day = 86_400_000
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

const post = (type: string, aggId: string, args: SystemAct['args']): SystemAct => ({
  ...{ type, v: 1, kind: 'post', aggId, args },
})

/** A person on a post at the tests' window. */
async function posted(personId: string): Promise<string> {
  const id = randomUUID()
  const who = { personId, personName: `示例·${personId}`, personKind: 'staff', role: 'roleA' }
  const term = { windowId: item.windowId, from: '2026-09-01', to: null }
  await issueAsSystem(hall.deps, 'nbu', [post('post.assign', id, { ...who, ...term })])
  return id
}

test('[F42][P10] a grant ends with the post it rests on, though it was signed for longer', async () => {
  const tablet = await tabletAt(hall, 'EA')
  const a = await signerAt(hall, tablet, { id: 'ended' })
  const id = await posted('ended')
  const before = await pushTo(hall, tablet, 1, [act(tablet, a, receiving(tablet))])
  await issueAsSystem(hall.deps, 'nbu', [post('post.end', id, { on: '2026-11-19' })])
  const after = await pushTo(hall, tablet, 2, [act(tablet, a, receiving(tablet))])
  expect([words(before.results as never), words(after.results as never).at(-1)]).toEqual([
    ['applied'],
    'held:grant:ended',
  ])
})

test('[F42] role ended between two batches: what is claimed before the end waits for the supervisor', async () => {
  const tablet = await tabletAt(hall, 'EF')
  const a = await signerAt(hall, tablet, { id: 'between', from: serverNow - 3 * day })
  const id = await posted('between')
  const early = () => act(tablet, a, receiving(tablet, { at: serverNow - 2 * day }))
  const first = early()
  const before = await pushTo(hall, tablet, 1, [first])
  await issueAsSystem(hall.deps, 'nbu', [post('post.end', id, { on: '2026-11-19' })])
  const taking = { ...noting(readEnv(first).aggId), type: 'case.take', args: {} }
  const after = await pushTo(hall, tablet, 2, [early(), act(tablet, a, receiving(tablet)), act(tablet, a, taking)])
  expect([...words(before.results as never), ...words(after.results as never).slice(1)]).toEqual([
    'applied',
    'held:grant:revoked',
    'held:grant:ended',
    'rejected:right.missing:ended',
  ])
})

test('[F42][I12] a grant that ran out by itself in a long outage: what was done before stands, however late it comes', async () => {
  const tablet = await tabletAt(hall, 'EG')
  const a = await signerAt(hall, tablet, { id: 'outage', from: serverNow - 9 * day, to: serverNow - 2 * day })
  const at = (days: number) => act(tablet, a, receiving(tablet, { at: serverNow - days * day }))
  const frame = await pushTo(hall, tablet, 1, [at(8), at(3), at(1)])
  expect(words(frame.results as never)).toEqual(['applied', 'applied', 'held:grant:time'])
})

test('[F42][P10] a post that goes on elsewhere or was given anew keeps the grant', async () => {
  const tablet = await tabletAt(hall, 'EB')
  const a = await signerAt(hall, tablet, { id: 'anew' })
  const id = await posted('anew')
  await issueAsSystem(hall.deps, 'nbu', [post('post.end', id, { on: '2026-11-18' })])
  await posted('anew')
  const frame = await pushTo(hall, tablet, 1, [act(tablet, a, receiving(tablet))])
  expect(words(frame.results as never)).toEqual(['applied'])
})

test('[X4] a post that ends on a day no month has blocks nobody', async () => {
  const tablet = await tabletAt(hall, 'ED')
  const a = await signerAt(hall, tablet, { id: 'odd' })
  const id = await posted('odd')
  for (const on of ['0000-01-01', '2026-11-31']) {
    await issueAsSystem(hall.deps, 'nbu', [post('post.end', id, { on })])
    await pushTo(hall, tablet, tablet.seq + 1, [act(tablet, a, receiving(tablet))])
  }
  const frame = await pushTo(hall, tablet, 1, [])
  expect(words(frame.results as never)).toEqual(['held:grant:ended', 'applied'])
})

test('[F42][P10] what a disabled account signs is held, act by act, and never lost', async () => {
  const tablet = await tabletAt(hall, 'EC')
  const a = await signerAt(hall, tablet, { id: 'gone', from: serverNow - 3 * day })
  const early = act(tablet, a, receiving(tablet, { at: serverNow - 2 * day }))
  await pg.ownerSql`insert into hall.account (hall_id, id, login, display_name, kind, password_hash, disabled_at)
    values ('nbu', 'gone', 'gone', '示例', 'staff', '!', ${new Date(serverNow - day).toISOString()}::text::timestamptz)`
  const frame = await pushTo(hall, tablet, 1, [early, act(tablet, a, receiving(tablet))])
  expect(words(frame.results as never)).toEqual(['held:grant:revoked', 'held:grant:ended'])
})
