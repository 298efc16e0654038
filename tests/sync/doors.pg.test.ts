import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newEpochs } from '../../server/db/epoch.ts'
import { schemaNumber } from '../../shared/core/envelope.ts'
import { Frame } from '../../shared/wire/frame.ts'
import { act, pushOf } from '../support/forge.ts'
import { testDatabase, type TestDatabase } from '../support/postgres.ts'
import { receiving } from './forged-hall.ts'
import { pullFrom, pushRaw, pushTo, servedHall, signerAt, tabletAt, type ServedHall } from './forged-server.ts'

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

test('[X13] a push of a schema to come is told to wait, and reads nothing of another device’s stream', async () => {
  const [own, other] = [await tabletAt(hall, 'DA'), await tabletAt(hall, 'DB')]
  await pushTo(hall, other, 1, [act(other, await signerAt(hall, other), receiving(other))])
  const body = { ...pushOf(own, 1, []), streamId: other.streamId, schema: schemaNumber + 1 }
  const answer = await pushRaw(hall, own, JSON.stringify(body))
  expect(await answer.text()).not.toContain('applied')
  const mine = await pushRaw(
    hall,
    other,
    JSON.stringify({ ...pushOf(other, 2, []), firstUnsettled: 1, schema: schemaNumber + 1 }),
  )
  const frame = Frame.parse(await mine.json())
  expect(frame.stop).toMatchObject({ code: 'server-too-old' })
  expect(frame.results).toHaveLength(1)
})

test('[X13][I17] a browser, which prints nothing, is given none of the lanes a restore set aside', async () => {
  await newEpochs(pg.urls.ownerUrl)
  const browser = await tabletAt(hall, 'DC', { kind: 'browser', windowIds: [] })
  const [lost] = await pg.appSql`select code from hall.lane where device_id = 'restored' order by code limit 1`
  const lane = lost!['code'] as string
  const body = { ...pushOf(browser, 1, []), streamId: randomUUID(), lane }
  expect((await pushRaw(hall, browser, JSON.stringify(body))).status).toBe(403)
  const lanes = await pg.appSql`select code from hall.lane where device_id = ${browser.deviceId}`
  expect(lanes).toHaveLength(0)
})

test('[SUP-3] a tablet’s report says which build it is and no words: a name is kept nowhere', async () => {
  const tablet = await tabletAt(hall, 'DD')
  const answer = await pullFrom(hall, tablet, { pending: 1, app: '示例·王同学' })
  expect(answer.status).toBe(200)
  const [row] = await pg.appSql`select to_jsonb(d)::text as all from hall.device d where id = ${tablet.deviceId}`
  expect(row!['all']).not.toContain('王同学')
})
