// First: it gives Dexie, which looks for it once, an IndexedDB.
import { givenTablet } from '../local/given-tablet.ts'
import { afterEach, expect, test } from 'vitest'
import { closeTabletStore, tabletStore } from '../../client/local/db.ts'
import { NetFault, type Engine } from '../../client/local/engine.ts'
import { pullOnce } from '../../client/sync/pull.ts'
import { uuidOf } from '../support/play.ts'

afterEach(() => closeTabletStore())

const pageOf = (since: number) => ({
  ...{ epoch: uuidOf(32), lastSeq: 0, results: [], leaves: [], pos: 3, cursor: since + 1, isLast: since + 1 >= 3 },
  ...{ clock: { t1: Date.now(), t2: Date.now() }, minSchema: 1 },
  rows: [{ kind: 'notice', id: `n-${String(since + 1)}`, ver: 1, scopes: ['hall'], image: {} }],
})

/** A tablet that follows the hall alone, and a server of three pages. */
async function given(fail: (since: number, asked: number[]) => boolean = () => false) {
  const { engine: base } = await givenTablet()
  await tabletStore().transact('write', ['scope', 'view'], async (tx) => {
    for (const { scope } of await tx.all('scope')) await tx.delete('scope', [scope])
    await tx.put('scope', [{ scope: 'hall', cursor: 0, stamp: null }])
  })
  const asked: number[] = []
  const engine: Engine = {
    ...base,
    store: tabletStore(),
    net: {
      push: () => Promise.reject(new NetFault('unreachable')),
      async pull({ since }) {
        asked.push(Number(since))
        await Promise.resolve()
        if (fail(Number(since), asked)) throw new NetFault('unreachable')
        return pageOf(Number(since))
      },
    },
  }
  return { engine, asked }
}

const cursor = async () => (await tabletStore().transact('read', ['scope'], (tx) => tx.get('scope', 'hall')))?.cursor
const ids = async () =>
  (await tabletStore().transact('read', ['view'], (tx) => tx.byIndex('view', '*scopes', { prefix: ['hall'] })))
    .map(({ id }) => id)
    .filter((id) => id.startsWith('n-'))

test('[I10] [R3] the page after is asked for while a page is taken in, and each is asked for once', async () => {
  const { engine, asked } = await given()
  const first = await pullOnce(engine)
  // Nobody has asked for the second page yet.
  expect([asked, await cursor()]).toEqual([[0, 1], 1])
  const pages = [first, await pullOnce(engine), await pullOnce(engine)]
  expect(pages.map((page) => page?.isLast)).toEqual([false, false, true])
  expect(asked).toEqual([0, 1, 2])
  expect([await cursor(), await ids()]).toEqual([3, ['n-1', 'n-2', 'n-3']])
})

test('[I10] an answer asked for ahead is thrown away when the cursor is not where it begins', async () => {
  const { engine, asked } = await given()
  await pullOnce(engine)
  // Another tab has begun the scope anew.
  await tabletStore().transact('write', ['scope'], (tx) => tx.put('scope', [{ scope: 'hall', cursor: 0, stamp: null }]))
  await pullOnce(engine)
  expect(asked.filter((since) => since === 0)).toHaveLength(2)
  expect(await cursor()).toBe(1)
})

test('[I10] [F8] a fault of the page asked for ahead is the fault of its own pull, and the pull after goes on from there', async () => {
  const { engine, asked } = await given((since, all) => since === 1 && all.filter((one) => one === 1).length === 1)
  await pullOnce(engine)
  expect(await cursor()).toBe(1)
  await expect(pullOnce(engine)).rejects.toThrow(NetFault)
  expect(await cursor()).toBe(1)
  while ((await pullOnce(engine))?.isLast === false);
  expect(asked).toEqual([0, 1, 1, 2])
  expect(await ids()).toEqual(['n-1', 'n-2', 'n-3'])
})
