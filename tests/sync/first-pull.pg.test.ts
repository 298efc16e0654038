import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { pullOnce } from '../../client/sync/pull.ts'
import { isReadable } from '../../client/local/view.ts'
import type { Frame } from '../../shared/wire/frame.ts'
import { act } from '../support/forge.ts'
import { testDatabase, type TestDatabase } from '../support/postgres.ts'
import { receiving } from './forged-hall.ts'
import { pushTo, servedHall, signerAt, tabletAt, type ServedHall } from './forged-server.ts'
import { manyCases } from './many-cases.ts'
import {
  casesOn,
  casesThere,
  catchUp,
  cut,
  digestsOf,
  scope,
  servedTablet,
  type EngineTablet,
} from './served-tablet.ts'

let pg: TestDatabase
let hall: ServedHall
let ids: string[]
beforeAll(async () => {
  pg = await testDatabase()
  hall = await servedHall(pg)
  const tablet = await tabletAt(hall, 'FA')
  const signer = await signerAt(hall, tablet)
  ids = Array.from({ length: 9 }, () => randomUUID())
  await pushTo(
    hall,
    tablet,
    1,
    ids.map((aggId) => act(tablet, signer, receiving(tablet, { aggId }))),
  )
})
afterAll(async () => {
  await hall.wake.close()
  await pg.stop()
})

const scopeOf = ({ disk }: EngineTablet) => disk.row('scope', scope)!
const settle = () => new Promise((resolve) => setTimeout(resolve, 0))

/** The rows held are those of the server up to the cursor: not one more, not one less (I10). */
async function expectPrefix(tablet: EngineTablet): Promise<number> {
  const { cursor } = scopeOf(tablet)
  const due = await pg.appSql<{ id: string }[]>`select agg_id as id from hall.scope_index
    where hall_id = 'nbu' and scope = ${scope} and op = 'set' and pos <= ${cursor}`
  expect(new Set(casesOn(tablet).map(({ id }) => id))).toEqual(new Set(due.map(({ id }) => id)))
  return cursor
}

async function expectWhole(tablet: EngineTablet): Promise<void> {
  const { there, here, counted } = await digestsOf(hall, tablet)
  expect([here, counted]).toEqual([there, there])
  expect(tablet.reports).toEqual([])
}

test('[R3] [I10] a tablet that dies between a page’s coming and its transaction has neither rows nor cursor of it, and goes on from there', async () => {
  const tablet = await servedTablet(hall, 'FB')
  tablet.line.limit = 2
  let pages = 0
  let asked = 0
  tablet.line.before = () => void (asked += 1)
  let onAnswer = (): void => undefined
  tablet.line.after = () => {
    asked -= 1
    onAnswer()
  }
  for (; scopeOf(tablet).cursor === 0 || scopeOf(tablet).stamp !== null; pages += 1) {
    const held = await expectPrefix(tablet)
    const before = tablet.disk.row('scope', 'hall')
    while (asked > 0) await settle() // what the last life asked ahead
    const { proc } = tablet.restart()
    let hasCome = (): void => undefined
    const come = new Promise<void>((resolve) => (hasCome = resolve))
    onAnswer = () => {
      proc.kill()
      hasCome()
    }
    void pullOnce(tablet.engine) // never ends: its tab is dead
    await come
    await settle()
    expect(await expectPrefix(tablet)).toBe(held)
    expect(tablet.disk.row('scope', 'hall')?.cursor).toBe(before?.cursor)
    onAnswer = () => undefined
    tablet.restart()
    await pullOnce(tablet.engine)
  }
  expect(pages).toBeGreaterThan(5)
  await catchUp(tablet)
  expect(casesOn(tablet)).toEqual(await casesThere(hall))
  await expectWhole(tablet)
})

test('[R3] [I10] killed at every single await of a page: all of it is kept or nothing', async () => {
  const tablet = await servedTablet(hall, 'FC')
  tablet.line.limit = 4
  while (scopeOf(tablet).cursor === 0) await pullOnce(tablet.engine)
  const [image, from] = [tablet.disk.image(), await expectPrefix(tablet)]
  const seen = new Set<number>()
  for (let fuse = 1; ; fuse += 1) {
    tablet.disk.put(image)
    tablet.restart()
    const { proc } = tablet
    proc.fuse = fuse
    const died = new Promise<'died'>((resolve) => proc.atDeath(() => resolve('died')))
    const end = await Promise.race([pullOnce(tablet.engine).then(() => 'over' as const), died])
    await settle()
    seen.add(await expectPrefix(tablet))
    if (end === 'over') break
  }
  expect([...seen][0]).toBe(from)
  expect(seen.size).toBe(2)
  tablet.restart()
  await catchUp(tablet)
  await expectWhole(tablet)
})

test('[R3] [I10] a row this build cannot read among others of a real server is kept as it came, counted, and no reason to begin again', async () => {
  const odd = ids[4]!
  await pg.ownerSql`update hall.cases set image = image || '{"state": "unknownYet"}' where hall_id = 'nbu' and id = ${odd}`
  const tablet = await servedTablet(hall, 'FD')
  tablet.line.limit = 4
  await catchUp(tablet)
  expect(isReadable(tablet.disk.row('view', odd)!)).toBe(false)
  expect(tablet.disk.rows('view').filter((row) => !isReadable(row))).toHaveLength(1)
  expect(casesOn(tablet)).toEqual(await casesThere(hall))
  await expectWhole(tablet)
  await pg.ownerSql`update hall.cases set image = image || '{"state": "open"}' where hall_id = 'nbu' and id = ${odd}`
})

/** Where the long pull is cut, by request: before it is sent, or with its answer on the way. */
const cuts = new Map<number, 'sent' | 'answered'>([
  [3, 'sent'],
  [4, 'answered'],
  [12, 'answered'],
  [13, 'answered'],
  [14, 'sent'],
  [25, 'answered'],
  [36, 'sent'],
])

test('[F46] 20,000 cases into a new tablet, the connection cut seven times: it goes on from the last page each time, and asks for no page twice that it has', async () => {
  const count = 20_000
  await manyCases(pg, { like: ids[0]!, count, name: 'F46' })
  const tablet = await servedTablet(hall, 'FE')
  const { line } = tablet
  const pages: number[] = []
  let served = 0
  line.before = () => (cuts.get(line.pulls) === 'sent' ? cut() : undefined)
  line.after = (_what, frame) => {
    served += (frame as Frame).rows.length
    if (cuts.get(line.pulls) === 'answered') cut()
  }
  let faults = 0
  while (scopeOf(tablet).cursor === 0 || scopeOf(tablet).stamp !== null) {
    const { cursor } = scopeOf(tablet)
    try {
      await pullOnce(tablet.engine)
    } catch {
      faults += 1
      expect(scopeOf(tablet).cursor).toBe(cursor) // I10
      if (faults === 3) tablet.restart() // and the app closed in between
    }
    pages.push(scopeOf(tablet).cursor)
  }
  expect(pages).toEqual(pages.toSorted((a, b) => a - b))
  expect(faults).toBe(cuts.size)
  const due = 1 + Math.ceil((count + ids.length) / 500)
  expect(line.pulls).toBeLessThanOrEqual(due + cuts.size + 2)
  expect(served).toBeLessThanOrEqual(count + 500 * (cuts.size + 1))
  expect(casesOn(tablet)).toHaveLength(count + ids.length)
  await expectWhole(tablet)
}, 240_000)
