import { afterAll, beforeAll, expect, test } from 'vitest'
import { readDevices } from '../../server/devices/reports.ts'
import { testDatabase, type TestDatabase } from '../support/postgres.ts'
import { serverNow } from '../sync/forged-hall.ts'
import { pulled, servedHall, tabletAt, type ServedHall } from '../sync/forged-server.ts'

let pg: TestDatabase
let hall: ServedHall
let now = serverNow
beforeAll(async () => {
  pg = await testDatabase()
  hall = await servedHall(pg, { now: () => now })
})
afterAll(async () => {
  await hall.wake.close()
  await pg.stop()
})

const rowOf = async (id: string) => (await readDevices(pg.db, 'nbu', '')).find((row) => row.id === id)

test('[SUP-3][P22] what a tablet tells with a pull stands in the list, kept at most every half minute; an old one tells nothing', async () => {
  const tablet = await tabletAt(hall, 'TA')
  await pulled(hall, tablet)
  expect(await rowOf(tablet.deviceId)).toMatchObject({ pending: null, isWeak: null, lost: null, oldestAt: null })
  const report = { pending: 7, oldest: 90_000, app: '0.2.0', weak: '1', lost: 3, off: -720_000, offErr: 80 }
  await pulled(hall, tablet, report)
  const told = { pending: 7, oldestAt: serverNow - 90_000, app: '0.2.0', isWeak: true, lost: 3, clockOffMs: -720_000 }
  expect(await rowOf(tablet.deviceId)).toMatchObject(told)
  now += 20_000
  await pulled(hall, tablet, { ...report, pending: 1 })
  expect(await rowOf(tablet.deviceId)).toMatchObject(told)
  now += 11_000
  await pulled(hall, tablet, { pending: 0, oldest: 0, weak: '0', off: 9e13 })
  expect(await rowOf(tablet.deviceId)).toMatchObject({
    pending: 0,
    oldestAt: null,
    isWeak: false,
    clockOffMs: 2e9,
    lost: 3,
  })
})

test('[P22][SUP-3] a loss is taken at once, though the last report was just now, and stands until there is another', async () => {
  const tablet = await tabletAt(hall, 'TB')
  await pulled(hall, tablet, { pending: 0 })
  await pulled(hall, tablet, { pending: 0, lost: 0 })
  expect(await rowOf(tablet.deviceId)).toMatchObject({ lost: 0 })
  await pulled(hall, tablet, { pending: 2, lost: 5 })
  expect(await rowOf(tablet.deviceId)).toMatchObject({ lost: 5, pending: 2 })
  await pulled(hall, tablet, { pending: 4 })
  now += 31_000
  await pulled(hall, tablet, { pending: 1 })
  expect(await rowOf(tablet.deviceId)).toMatchObject({ lost: 5, pending: 1 })
})
