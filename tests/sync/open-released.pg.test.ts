// First: it gives Dexie, which looks for it once, an IndexedDB.
import '../support/node-browser.ts'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { closeTabletStore, tabletStore } from '../../client/local/db.ts'
import { storeVersion, todaysShape } from '../../client/local/upgrade-steps.ts'
import { pullOnce } from '../../client/sync/pull.ts'
import { pushOnce } from '../../client/sync/push.ts'
import { tabletEngine } from '../../client/sync/tablet-engine.ts'
import { canonicalJson } from '../../shared/core/canonical.ts'
import { appUnderTest, asDevice, origin, type Under } from '../http/app-under-test.ts'
import { commandsOf, frozenStore, layDown, makeKnown, settledAndNot } from './frozen-store.ts'

/** Every released version, from the first; a release that raises `storeVersion` adds its own. */
const released = [1]

let under: Under

beforeAll(async () => {
  under = await appUnderTest(['szit'])
})
afterAll(() => under.stop())
afterEach(() => {
  vi.unstubAllGlobals()
  closeTabletStore()
})

/** The page's network is the application itself. */
function wire(): void {
  const ask = (path: string, { method, headers, body }: RequestInit) =>
    under.app.request(origin + path, { method, headers: { ...(headers as object), origin }, body } as RequestInit)
  vi.stubGlobal('fetch', ask)
}

async function catchUp(): Promise<void> {
  for (let turn = 0; turn < 30; turn += 1) {
    const pushed = await pushOnce(tabletEngine)
    const pulled = await pullOnce(tabletEngine)
    if (pushed.sent === 0 && pulled?.isLast && pulled.rows === 0) return
  }
}

const all = <T extends 'outbox' | 'outcome' | 'view' | 'base' | 'draft' | 'meta'>(table: T) =>
  tabletStore().transact('read', [table], (tx) => tx.all(table))

test.each(released)(
  '[R12] [I26] [OFF-6] [P14] the database of version %i opens, and what waits in it reaches the server whole',
  async (version) => {
    const frozen = frozenStore(version)
    under.deps.clock.now = frozen.madeAt + 30 * 86_400_000
    const { settled, waiting } = settledAndNot(frozen)
    const { token, streamId } = await makeKnown(under, frozen)
    wire()
    const before = {
      streamId,
      fromSeq: 1,
      schema: 1,
      clock: { t0: 0 },
      firstUnsettled: 1,
      commands: commandsOf(settled),
    }
    const answer = await under.app.request(`${origin}/sync/v1/push`, {
      ...{ method: 'POST', body: JSON.stringify(before) },
      headers: { 'content-type': 'application/json', ...asDevice(token) },
    })
    expect(answer.status).toBe(200)
    await layDown(frozen)

    // Opened without the network: nothing of what waits has changed, and it is counted.
    expect(await all('outbox')).toEqual(frozen.tables.outbox)
    expect((await all('outcome')).filter((row) => row.open === 1)).toHaveLength(waiting.length)
    expect(await all('draft')).toEqual(frozen.tables.draft)
    expect((await all('meta')).find((row) => row.key === 'schema')).toEqual({ key: 'schema', version: storeVersion })
    const indexes = Object.fromEntries(
      tabletStore().db.tables.map(({ name, schema }) => [
        name,
        [schema.primKey.src, ...schema.indexes.map(({ src }) => src)].join(','),
      ]),
    )
    expect(indexes).toEqual(todaysShape().stores)

    await catchUp()
    expect((await all('outcome')).map((row) => [row.seq, row.state, row.outcome])).toEqual(
      expect.arrayContaining(frozen.tables.outcome.map((row) => [row.seq, 'settled', 'applied'])),
    )
    expect(await all('base')).toEqual([])
    expect(await all('outbox')).toEqual(frozen.tables.outbox)
    const logged = await under.database
      .ownerSql`select envelope from hall.command_log where stream_id = ${streamId} order by seq`
    expect(logged.map((row) => row.envelope as string)).toEqual(
      commandsOf(frozen.tables.outbox).map((command) => command.env),
    )
    const images = await under.database.ownerSql`select id, ver, image from hall.cases order by id`
    const cases = (await all('view')).filter((row) => row.kind === 'case').sort((a, b) => (a.id < b.id ? -1 : 1))
    expect(cases.map(({ id, ver, image }) => [id, ver, canonicalJson(image)])).toEqual(
      images.map(({ id, ver, image }) => [id as string, ver as number, canonicalJson(image as never)]),
    )
  },
)

test('[R12] [I26] a store of other tables than the last release has a higher version', () => {
  const last = Math.max(...released)
  const isSame = JSON.stringify(frozenStore(last).stores) === JSON.stringify(todaysShape().stores)
  expect(storeVersion).toBeGreaterThanOrEqual(isSame ? last : last + 1)
})
