// First: it gives Dexie, which looks for it once, an IndexedDB.
import { givenTablet, receiveCase } from '../local/given-tablet.ts'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { newestOn, rowsOn } from '../../client/local/rows.ts'
import { closeTabletStore, tabletStore } from '../../client/local/db.ts'
import { NetFault, type Engine } from '../../client/local/engine.ts'
import { sha256Hex } from '../../client/local/keys.ts'
import { isReadable } from '../../client/local/view.ts'
import { closePokes } from '../../client/sync/poke.ts'
import { reach } from '../../client/sync/online.ts'
import { pullOnce } from '../../client/sync/pull.ts'
import { pushOnce } from '../../client/sync/push.ts'
import { useStatus } from '../../client/sync/status.ts'
import type { Frame } from '../../shared/wire/frame.ts'
import type { PushBody } from '../../shared/wire/push.ts'
import { uuidOf } from '../support/play.ts'

/** A server of a later release: it decides what is pushed, and serves rows as `pulls` says. */
function laterServer(base: Engine) {
  const server = { minSchema: 1, rows: [] as unknown[], pulls: 0, pushed: 0, lastSeq: 0, isTooNew: false }
  const frame = (more: Partial<Frame>): Frame => ({
    ...{ epoch: uuidOf(32), lastSeq: server.lastSeq, results: [], rows: [], leaves: [], pos: 9 },
    ...{ clock: { t1: Date.now(), t2: Date.now() }, minSchema: server.minSchema },
    ...more,
  })
  const engine: Engine = {
    ...base,
    store: tabletStore(),
    net: {
      async push(body: PushBody) {
        server.pushed += body.commands.length
        server.lastSeq = body.fromSeq + body.commands.length - 1
        const results = body.commands.map(async ({ env }, i) => {
          const { cmdId } = JSON.parse(env) as { cmdId: string }
          const told = { outcome: 'held' as const, code: 'grant', detail: null, ver: 0 }
          return { seq: body.fromSeq + i, cmdId, hash: await sha256Hex(env), ...told }
        })
        return frame({ results: await Promise.all(results) })
      },
      pull() {
        server.pulls += 1
        if (server.isTooNew) {
          return Promise.reject(new NetFault('refused', { status: 426, problem: 'upgrade-required' }))
        }
        return Promise.resolve(frame({ rows: server.rows as Frame['rows'], cursor: 9, isLast: true }))
      },
    },
  }
  return { engine, server }
}

const meta = () => tabletStore().transact('read', ['meta'], (tx) => tx.get('meta', 'server'))
const scopeRow = () => tabletStore().transact('read', ['scope'], (tx) => tx.all('scope'))
const viewOf = (id: string) => tabletStore().transact('read', ['view'], (tx) => tx.get('view', id))

let given: Awaited<ReturnType<typeof givenTablet>>
beforeEach(async () => {
  given = await givenTablet()
  setActivePinia(createPinia())
  reach.value = { state: 'online', since: 0, answeredAt: 0 }
  // Caught up: an empty first page would be an empty hall, and take the sheets away.
  const rows = (await scopeRow()).map((row) => ({ ...row, cursor: 1, countedAt: Date.now() }))
  await tabletStore().transact('write', ['scope'], (tx) => tx.put('scope', rows))
})
afterEach(() => {
  closePokes()
  closeTabletStore()
})

test('[F40] [OFF-6] an app too old to be served says so and pulls no more, and still sends what it has', async () => {
  const { engine, server } = laterServer(given.engine)
  server.isTooNew = true
  server.minSchema = 3
  const status = useStatus()
  expect(await pullOnce(engine)).toBeNull()
  expect(await meta()).toMatchObject({ halted: 'upgrade-required' })
  expect(await pullOnce(engine)).toBeNull()
  expect(server.pulls).toBe(1)
  await receiveCase(given, uuidOf(1))
  expect(await pushOnce(engine)).toMatchObject({ sent: 1, settled: 1 })
  expect(server.pushed).toBe(1)
  expect(await meta()).toMatchObject({ halted: 'upgrade-required' })
  await vi.waitFor(() => expect(status.isOutdated).toBe(true))
  expect(status.halted).toContain('请更新')
  expect(status.pill).toMatchObject({ kind: 'refused', text: '应用要更新' })
})

test('[F40] once the server serves this schema again, by its own word, pulls go on', async () => {
  const { engine, server } = laterServer(given.engine)
  server.isTooNew = true
  await pullOnce(engine)
  server.isTooNew = false
  await receiveCase(given, uuidOf(1))
  await pushOnce(engine)
  expect(await meta()).toMatchObject({ halted: null })
  expect(await pullOnce(engine)).toMatchObject({ isLast: true })
})

test('[R3] [I10] a page with rows this build cannot read is stored as it came: the cursor moves, lists stay whole, they are shown as 需更新应用', async () => {
  const { engine, server } = laterServer(given.engine)
  const scope = `window:${given.windowId}`
  const case1 = await receiveCase(given, uuidOf(1)).then(() => viewOf(uuidOf(1)))
  const good = { ...case1!.image, id: uuidOf(5) }
  const row = (id: string, kind: string, image: object) => ({ kind, id, ver: 1, scopes: [scope], image })
  server.rows = [
    row(uuidOf(2), 'ticket', { number: 'X1' }),
    row(uuidOf(3), 'case', { ...good, id: uuidOf(3), state: 'of-a-later-release' }),
    row(uuidOf(4), 'case', { number: 7 }),
    { ...row(uuidOf(5), 'case', good), addedLater: true },
  ]
  expect(await pullOnce(engine)).toMatchObject({ rows: 4, isLast: true })
  expect((await scopeRow()).map(({ cursor }) => cursor)).toEqual([9, 9])
  for (const [id, raw] of [
    [2, { number: 'X1' }],
    [4, { number: 7 }],
  ] as const) {
    const view = await viewOf(uuidOf(id))
    expect([view!.image, isReadable(view!)]).toEqual([raw, false])
  }
  expect(isReadable((await viewOf(uuidOf(3)))!)).toBe(false)
  expect(isReadable((await viewOf(uuidOf(5)))!)).toBe(true)
  const listed = (await rowsOn('case')).map(({ id }) => id)
  expect(listed.toSorted()).toEqual([uuidOf(1), uuidOf(5)])
  expect((await newestOn('case', 'open', 9)).length).toBe(2)
  const status = useStatus()
  await vi.waitFor(() => expect(status.unreadable).toBe(3))
})
