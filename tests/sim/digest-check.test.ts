import { expect, test } from 'vitest'
import { countScope } from '../../client/local/digests.ts'
import { pullOnce } from '../../client/sync/pull.ts'
import { digestOf, movedDigest, type Digest } from '../../shared/core/digest.ts'
import type { ScopeRow } from '../../client/local/store.ts'
import { windows } from './hall-data.ts'
import { keyText } from './memory-index.ts'
import { Rng } from './random.ts'
import { soundParts, World, type Tablet } from './world.ts'

const minute = 60_000

/** A tablet that has caught up with its hall, and hands to spoil its store beneath it. */
async function caughtUp() {
  const world = new World(new Rng(7), soundParts)
  const tablet = world.addTablet(windows[0], { grantHours: 168, people: 2 })
  const { engine } = world.openTab(tablet)
  const reports: string[] = []
  engine.report = (event) => reports.push(event)
  const run = async <R>(work: Promise<R>): Promise<R> => {
    let isOver = false
    void work.finally(() => (isOver = true)).catch(() => undefined)
    while (!isOver) await world.sim.pump(50)
    return work
  }
  const pull = async (times = 1) => {
    for (let i = 0; i < times; i += 1) await run(pullOnce(engine))
  }
  await pull(3)
  expect(held(tablet)).toEqual(world.db.scopes.digestOf('hall'))
  return { world, tablet, engine, reports, run, pull }
}

/** Whatever the server's digest of the hall was, it is this now. */
function moveTo({ db }: World, { n, x }: Digest): void {
  const was = db.scopes.digestOf('hall')
  db.scopes.moveDigest({ scope: 'hall', dn: n - was.n, dx: movedDigest(was, { dn: 0, dx: x }).x })
}

function scopeOf({ disk }: Tablet): ScopeRow {
  return disk.row('scope', 'hall')!
}

function held(tablet: Tablet) {
  return scopeOf(tablet).digest
}

function lose({ disk }: Tablet): string {
  const lost = disk.rows('view').find((row) => row.kind === 'item')!
  disk.tables.get('view')!.delete(keyText(lost.id))
  return lost.id
}

test('[R19] a row lost beneath the tablet is found by the daily count, told, and brought back by one snapshot', async () => {
  const { world, tablet, reports, pull } = await caughtUp()
  const id = lose(tablet)
  await pull()
  expect(reports).toEqual([])
  await world.sim.pass(25 * 60 * minute)
  await pull()
  expect(reports).toEqual(['digest-drifted'])
  await pull()
  expect(reports).toEqual(['digest-drifted', 'digest-differs'])
  expect(scopeOf(tablet)).toMatchObject({ cursor: 0, redone: { tries: 1, times: 1 } })
  await pull(2)
  expect(tablet.disk.row('view', id)?.ver).toBe(1)
  expect(held(tablet)).toEqual(world.db.scopes.digestOf('hall'))
  expect(scopeOf(tablet).redone).toMatchObject({ tries: 0, times: 1 })
})

test('[R19] what the tablet lacks is not hidden by taking over the server’s digest: the next count shows it', async () => {
  const { world, tablet, engine, run, pull, reports } = await caughtUp()
  const id = lose(tablet)
  tablet.disk.seed('scope', [{ ...scopeOf(tablet), digest: world.db.scopes.digestOf('hall') }])
  await run(countScope(engine, 'hall', world.sim.now))
  await pull(3)
  expect(reports).toEqual(['digest-drifted', 'digest-differs'])
  expect(tablet.disk.row('view', id)?.ver).toBe(1)
})

test('[R19] a row at an older version than the cursor says is found at once and put right', async () => {
  const { world, tablet, reports, pull } = await caughtUp()
  const entry = [...world.db.scopes.values()].find((one) => one.kind === 'item')!
  // Written behind the cursor, as a reader that passed it by would have it.
  world.db.scopes.write({ ...entry, ver: 2 })
  world.db.images.set(`item:${entry.id}`, { ...world.db.images.get(`item:${entry.id}`)!, ver: 2 })
  moveTo(world, digestOf(world.db.scopes.values().filter(({ scope }) => scope === 'hall')))
  await pull()
  expect(reports).toEqual(['digest-differs'])
  await pull(2)
  expect(tablet.disk.row('view', entry.id)?.ver).toBe(2)
})

test('[R19] while they go on differing, a snapshot is begun after 10 min, then after 20, and not between', async () => {
  const { world, tablet, reports, pull } = await caughtUp()
  moveTo(world, { n: 999, x: 'ffffffffffffffff' })
  const begun = () => reports.filter((event) => event === 'digest-differs').length
  await pull(8)
  expect(begun()).toBe(1)
  await world.sim.pass(11 * minute)
  await pull(8)
  expect(begun()).toBe(2)
  await world.sim.pass(11 * minute)
  await pull(8)
  expect(begun()).toBe(2)
  await world.sim.pass(10 * minute)
  await pull(8)
  expect(begun()).toBe(3)
  expect(scopeOf(tablet).redone).toMatchObject({ tries: 3, times: 3 })
})

test('[R19] [R4] a page that something newer has crossed is not compared', async () => {
  const { world, tablet, reports, pull } = await caughtUp()
  moveTo(world, { n: 999, x: 'ffffffffffffffff' })
  const server = tablet.disk.row('meta', 'server')!
  tablet.disk.seed('meta', [{ ...server, pos: world.db.log.length + 1 } as typeof server])
  await pull()
  expect(reports).toEqual([])
})
