import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { closeStream } from '../../server/db/device-queries.ts'
import { openStream } from '../../server/db/store.ts'
import { sha256Hex } from '../../server/sync/crypto.ts'
import { act, readEnv } from '../support/forge.ts'
import { testDatabase, type TestDatabase } from '../support/postgres.ts'
import { noting, receiving, serverNow, words } from '../sync/forged-hall.ts'
import { pulled, pushTo, servedHall, signedInAt, signerAt, tabletAt, type ServedHall } from '../sync/forged-server.ts'
import { releasing } from './release.ts'

const hour = 3_600_000
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

async function desk(lane: string, id: string) {
  const browser = await tabletAt(hall, lane, { kind: 'browser', windowIds: [] })
  const boss = await signerAt(hall, browser, { id, role: 'supervisor', windowId: null })
  await signedInAt(hall, browser, id)
  return { browser, boss }
}

test('[SUP-2][F47] a held act released over Postgres reaches the window’s tablets as an ordinary change, once', async () => {
  const tablet = await tabletAt(hall, 'RA')
  const a = await signerAt(hall, tablet, { to: serverNow - hour })
  const received = act(tablet, a, receiving(tablet))
  const { aggId, cmdId } = readEnv(received)
  const note = act(tablet, a, noting(aggId))
  const late = await pushTo(hall, tablet, 1, [received, note])
  expect(words(late.results as never)).toEqual(['held:grant:time', 'held:grant:time'])
  const before = (await pulled(hall, tablet)).cursor ?? 0
  const { browser, boss } = await desk('RB', 'boss')
  const acts = [cmdId, readEnv(note).cmdId, cmdId].map((id) => act(browser, boss, releasing(aggId, id)))
  const done = await pushTo(hall, browser, 1, acts.slice(0, 2))
  expect(words(done.results as never)).toEqual(['applied', 'applied'])
  expect(words((await pushTo(hall, browser, 3, acts.slice(2))).results as never).at(-1)).toBe('rejected:held.released')
  const page = await pulled(hall, tablet, { since: before })
  expect(page.rows).toMatchObject([{ id: aggId, ver: 2, image: { acts: [{ cmdId }, {}, { actorId: 'a' }, {}] } }])
})

test('[I2][F19] two supervisors release at the same moment: one stands, the other is told, the case has one version', async () => {
  const tablet = await tabletAt(hall, 'RC')
  const a = await signerAt(hall, tablet, { to: serverNow - hour })
  const received = act(tablet, a, receiving(tablet))
  const { aggId, cmdId } = readEnv(received)
  await pushTo(hall, tablet, 1, [received])
  const desks = [await desk('RD', 'one'), await desk('RE', 'two')]
  const frames = await Promise.all(
    desks.map(({ browser, boss }) => pushTo(hall, browser, 1, [act(browser, boss, releasing(aggId, cmdId))])),
  )
  const ends = frames.map(({ results }) => words(results as never)[0])
  expect(ends.toSorted()).toEqual(['applied', 'rejected:held.released'])
  const row = (await pulled(hall, tablet)).rows.find(({ id }) => id === aggId)
  expect(row?.ver).toBe(1)
})

test('[F47] an envelope nobody can read is held beside it and stops no release', async () => {
  const tablet = await tabletAt(hall, 'RF')
  const a = await signerAt(hall, tablet, { to: serverNow - hour })
  const received = act(tablet, a, receiving(tablet))
  const { aggId, cmdId } = readEnv(received)
  const junk = { env: `{"aggId":"${aggId}",`, sig: 'x' }
  const sent = await pushTo(hall, tablet, 1, [received, junk])
  expect(words(sent.results as never)).toEqual(['held:grant:time', 'held:quarantine:json'])
  const { browser, boss } = await desk('RG', 'third')
  const done = await pushTo(hall, browser, 1, [act(browser, boss, releasing(aggId, cmdId))])
  expect(words(done.results as never)).toEqual(['applied'])
})

test('[SUP-2][R15] what comes out of a closed queue after all is held and can be released: it was done, and signed', async () => {
  const tablet = await tabletAt(hall, 'RH')
  const a = await signerAt(hall, tablet)
  const next = { ...tablet, streamId: randomUUID(), lane: 'RJ', seq: 0, n: 0 }
  next.prev = sha256Hex(next.streamId)
  await openStream(pg.db, {
    hallId: 'nbu',
    streamId: next.streamId,
    branch: 0,
    deviceId: tablet.deviceId,
    lane: next.lane,
  })
  expect(words((await pushTo(hall, next, 1, [act(next, a, receiving(next))])).results as never)).toEqual(['applied'])
  expect(await closeStream(pg.db, { hallId: 'nbu', streamId: tablet.streamId }, serverNow)).toMatchObject({
    lastSeq: 0,
  })
  const late = act(tablet, a, receiving(tablet))
  const { aggId, cmdId } = readEnv(late)
  expect(words((await pushTo(hall, tablet, 1, [late])).results as never)).toEqual(['held:grant:closed'])
  const { browser, boss } = await desk('RK', 'fourth')
  const done = await pushTo(hall, browser, 1, [act(browser, boss, releasing(aggId, cmdId))])
  expect(words(done.results as never)).toEqual(['applied'])
  expect((await pulled(hall, tablet)).rows.find(({ id }) => id === aggId)?.ver).toBe(1)
})
