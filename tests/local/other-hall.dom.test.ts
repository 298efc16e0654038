// First: it gives Dexie, which looks for it once, an IndexedDB.
import { freshBrowser, reopen } from './given-tablet.ts'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { closeTabletStore, tabletStore } from '../../client/local/db.ts'
import { useSession } from '../../client/local/session.ts'
import type { OutcomeRow } from '../../client/local/store.ts'
import { uuidOf } from '../support/play.ts'
import { givenServer, problem, type GivenServer } from './given-server.ts'

let server: GivenServer

async function openPage() {
  reopen()
  setActivePinia(createPinia())
  const session = useSession()
  await session.start()
  return session
}

beforeEach(async () => {
  freshBrowser()
  server = await givenServer()
})
afterEach(() => {
  vi.unstubAllGlobals()
  closeTabletStore()
})

test('[OFF-5] a person without a post here is told so by the server, and not taken for a strange network', async () => {
  const session = await openPage()
  await session.enrol({ code: 'K7MWQ2XP', name: '示例平板' })
  const who = { actorId: 'person-x', name: '示例·他岗', kind: 'staff', hallId: 'szit', roles: [] }
  server.answer = () =>
    new Response(JSON.stringify(who), { status: 201, headers: { 'Content-Type': 'application/json' } })
  expect(await session.signIn('x', 'secret')).toBe(true)
  server.answer = () => problem('forbidden', 403)
  await expect(session.setPin('471913')).rejects.toMatchObject({ kind: 'refused', problem: 'forbidden' })
})

const elsewhere = () => {
  if (server.asked.at(-1)?.method === 'DELETE') return new Response(null, { status: 204 })
  const { x, y } = { x: 'x'.repeat(43), y: 'y'.repeat(43) }
  const device = {
    ...{ deviceId: uuidOf(60), deviceToken: 'u'.repeat(40), hallId: 'nbu', hallName: '示例大厅', windowIds: [] },
    ...{ streamId: uuidOf(61), lanes: [], epoch: uuidOf(62), serverKey: { kty: 'EC', crv: 'P-256', x, y } },
  }
  const roles = [{ role: 'supervisor', windowId: null }]
  const who = { actorId: 'person-x', name: '示例·外厅', kind: 'supervisor', hallId: 'nbu', roles, device }
  return new Response(JSON.stringify(who), { status: 201, headers: { 'Content-Type': 'application/json' } })
}

const unsent: OutcomeRow = {
  ...{ cmdId: uuidOf(9), streamId: uuidOf(41), seq: 1, hash: '', kind: 'case', aggId: uuidOf(8), type: 'case.resolve' },
  ...{ actorId: 'person-s', actorName: '示例·督查', at: 1, state: 'pending', open: 1, outcome: null, code: null },
  ...{ detail: null, ver: 0, acknowledged: 0 },
}

test('[P13] a browser with acts unsent is not given to another hall, where nobody would ever send them', async () => {
  const session = await openPage()
  await session.signIn('s', 'secret')
  await tabletStore().transact('write', ['outcome'], (tx) => tx.put('outcome', [unsent]))
  await session.signOut()
  const streamOf = () => tabletStore().transact('read', ['meta'], (tx) => tx.get('meta', 'stream'))
  const before = await streamOf()
  server.answer = elsewhere // the server gives the browser another device
  await expect(session.signIn('x', 'secret')).rejects.toMatchObject({ kind: 'unsent' })
  expect(await streamOf()).toEqual(before)
  expect(server.asked.at(-1)).toMatchObject({ method: 'DELETE', path: '/api/v1/session' })
})

test('[P19] a browser given to another hall keeps no row and follows no scope of the one before', async () => {
  const session = await openPage()
  await session.signIn('s', 'secret')
  const row = { id: uuidOf(1), kind: 'case', ver: 1, after: 0, shelf: 'open', at: 1, keys: [], image: {}, stamp: null }
  await tabletStore().transact('write', ['view', 'scope'], async (tx) => {
    await tx.put('view', [{ ...row, scopes: ['supervisor'] }])
    await tx.put('scope', [{ scope: 'window:old', cursor: 9, stamp: null }])
  })
  server.answer = elsewhere
  await session.signIn('x', 'secret').catch(() => null) // its grant is not what this test is about
  const [view, scope] = await tabletStore().transact('read', ['view', 'scope'], async (tx) => [
    await tx.all('view'),
    await tx.all('scope'),
  ])
  expect(view).toEqual([])
  expect(scope.every(({ cursor }) => cursor === 0)).toBe(true)
  expect(scope.map((one) => one.scope)).toEqual(['hall', 'supervisor'])
})
