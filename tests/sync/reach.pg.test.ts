import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { issueAsSystem, type SystemAct } from '../../server/sync/index.ts'
import { testDatabase, type TestDatabase } from '../support/postgres.ts'
import { serverNow } from './forged-hall.ts'
import { pullFrom, servedHall, signedInAt, signerAt, tabletAt, type ServedHall } from './forged-server.ts'

const scopes = 'hall,supervisor,window:careers'
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

/** A supervisor's browser: the grant of seven days, and the session it was issued in. */
async function browserOf(id: string, lane: string) {
  const browser = await tabletAt(hall, lane, { kind: 'browser', windowIds: [] })
  await signerAt(hall, browser, { id, role: 'supervisor', windowId: null })
  await signedInAt(hall, browser, id)
  const status = async () => (await pullFrom(hall, browser, { scopes })).status
  expect(await status()).toBe(200)
  return { browser, status }
}

const post = (type: string, aggId: string, args: SystemAct['args']): SystemAct => ({
  ...{ type, v: 1, kind: 'post', aggId, args },
})

test('[P10][P19] a browser follows what a supervisor may see only until the sign-out, though the grant goes on', async () => {
  const { browser, status } = await browserOf('out', 'RA')
  await pg.appSql`delete from hall.session where device_id = ${browser.deviceId}`
  const refused = await pullFrom(hall, browser, { scopes })
  expect([refused.status, ((await refused.json()) as { detail: string }).detail]).toEqual([
    403,
    expect.stringContaining('请重新登录'),
  ])
  expect((await pullFrom(hall, browser, { scopes: 'hall' })).status).toBe(200)
  await signedInAt(hall, browser, 'out')
  expect(await status()).toBe(200)
})

test('[P10][P19] nor after the session has lapsed, nor by a session elsewhere or of somebody else', async () => {
  const { browser, status } = await browserOf('lapsed', 'RB')
  const lapsed = new Date(serverNow - 1).toISOString()
  await pg.appSql`update hall.session set expires_at = ${lapsed}::text::timestamptz where device_id = ${browser.deviceId}`
  expect(await status()).toBe(403)
  const elsewhere = await tabletAt(hall, 'RC', { kind: 'browser', windowIds: [] })
  await signedInAt(hall, elsewhere, 'lapsed')
  await signedInAt(hall, browser, 'somebody-else')
  expect(await status()).toBe(403)
})

test('[P10][P19] nor once the account is disabled', async () => {
  const { status } = await browserOf('disabled', 'RD')
  await pg.ownerSql`insert into hall.account (hall_id, id, login, display_name, kind, password_hash, disabled_at)
    values ('nbu', 'disabled', 'disabled', '示例', 'supervisor', '!', ${new Date(serverNow).toISOString()}::text::timestamptz)`
  expect(await status()).toBe(403)
})

test('[P10][P19] nor once the post has ended; its last day still counts', async () => {
  const id = randomUUID()
  const who = { personId: 'posted', personName: '示例·督查', personKind: 'staff', role: 'supervisor', windowId: null }
  await issueAsSystem(hall.deps, 'nbu', [post('post.assign', id, { ...who, from: '2026-09-01', to: null })])
  const { status } = await browserOf('posted', 'RE')
  await issueAsSystem(hall.deps, 'nbu', [post('post.end', id, { on: '2026-11-20' })])
  expect(await status()).toBe(200)
  await issueAsSystem(hall.deps, 'nbu', [post('post.end', id, { on: '2026-11-19' })])
  expect(await status()).toBe(403)
})
