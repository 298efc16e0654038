import { expect, test } from 'vitest'
import { pullOnce } from '../../client/sync/pull.ts'
import { windows } from './hall-data.ts'
import { Rng } from './random.ts'
import { soundParts, World } from './world.ts'

/** A tablet that has the first page of its hall's snapshot and not yet the rest. */
async function underWay() {
  const world = new World(new Rng(7), soundParts)
  world.server.pageLimit = 3
  const tablet = world.addTablet(windows[0], { grantHours: 168, people: 2 })
  const { engine } = world.openTab(tablet)
  const reports: string[] = []
  engine.report = (event) => reports.push(event)
  const pull = async () => {
    let isOver = false
    const work = pullOnce(engine).finally(() => (isOver = true))
    work.catch(() => undefined)
    while (!isOver) await world.sim.pump(50)
    await work
    // the page asked for ahead is out of date by the time the rest is asked for
    await world.sim.pass(60_000)
    return tablet.disk.row('scope', 'hall')!
  }
  const { cursor, stamp, began = 0 } = await pull()
  expect([cursor > 0, stamp !== null, began]).toEqual([true, true, world.db.log.length])
  expect(cursor).toBeLessThan(began)
  return { world, reports, pull, cursor, began }
}

test('[R16] a leave forgotten while a snapshot is under way begins it again, rather than leaving the row in it', async () => {
  const { world, reports, pull, began } = await underWay()
  world.db.scopes.forgetLeaves(began + 1)
  expect(await pull()).toMatchObject({ cursor: 0, stamp: null })
  expect(reports).toEqual(['horizon-passed'])
})

test('[R16] what left before a snapshot began was never in it: forgotten meanwhile, the snapshot goes on', async () => {
  const { world, reports, pull, began, cursor } = await underWay()
  world.db.scopes.forgetLeaves(began)
  expect((await pull()).cursor).toBeGreaterThan(cursor)
  expect(reports).toEqual([])
})
