import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openStream } from '../../server/db/store.ts'
import { sha256Hex } from '../../server/sync/crypto.ts'
import { nbuItems } from '../../shared/profiles/items/nbu.ts'
import { CloseStreamAnswer, DevicesAnswer } from '../../shared/wire/log.ts'
import { appUnderTest, ours, signIn, type Under } from '../http/app-under-test.ts'
import { ask, problemOf } from '../http/asked.ts'
import { pushed, signerOf, tabletOf, type ServedTablet } from '../http/served-person.ts'
import { act, nextNumber, readEnv, type ForgedSigner } from '../support/forge.ts'

const item = nbuItems.find(({ id }) => id === 'nbu:XG-001@1')!
const ctxv = { profile: 'nbu@1', item: item.id, calendars: ['nbu:2026@1'] }
let under: Under
let cookie = ''
let tablet: ServedTablet
let a: ForgedSigner & { cookie: string }
beforeAll(async () => {
  under = await appUnderTest(['nbu', 'szit'])
  cookie = (await signIn(under.app, 'nbu-ducha')).cookie
  tablet = await tabletOf(under, 'nbu', 'student-affairs')
  a = await signerOf(under, tablet, 'nbu-xg-a')
})
afterAll(async () => {
  await under.stop()
})

const close = (streamId: string, as = cookie) =>
  ask(under, '/api/v1/devices/close-stream', ours({ streamId }, { cookie: as }))
const listed = async () => {
  const { rows } = DevicesAnswer.parse((await ask(under, '/api/v1/devices', { headers: { cookie } })).body)
  return rows.find(({ id }) => id === tablet.deviceId)!.left
}
const received = (of: ServedTablet) => {
  const student = { name: '示例·王同学', studentNo: '20240117', phone: '13800001234' }
  const materials = item.materials.map(({ id }) => ({ id, state: 'present' }))
  const args = { number: nextNumber(of).replace('XS', 'XG'), itemId: item.id, ticket: null, student, materials }
  return act(of, a, { type: 'case.receive', aggId: randomUUID(), args, at: under.deps.clock.now, ctxv })
}
/** The tablet's store is lost: it goes on with a stream of its own on its spare lane. */
const newLife = async (): Promise<ServedTablet> => {
  const streamId = randomUUID()
  const [spare] = await under.database.appSql<{ code: string }[]>`
    select code from hall.lane where device_id = ${tablet.deviceId} and stream_id is null`
  const { hallId, deviceId } = tablet
  await openStream(under.deps.db, { hallId, streamId, branch: 0, deviceId, lane: spare!.code })
  return { ...tablet, streamId, lane: spare!.code, seq: 0, prev: sha256Hex(streamId), n: 0 }
}

test('[R15] [P12] the queue a tablet has left is listed and closed by the supervisor; what still comes is held, never lost', async () => {
  expect(await pushed(under, tablet, { from: 1, commands: [received(tablet)] })).toEqual(['applied'])
  // The queue it writes cannot be closed beneath it, nor one of another hall, nor by anybody but a supervisor.
  expect(await listed()).toEqual([])
  expect(problemOf(await close(tablet.streamId))).toBe('404 not-found')
  const next = await newLife()
  expect(await pushed(under, next, { from: 1, commands: [received(next)] })).toEqual(['applied'])
  expect(await listed()).toEqual([{ streamId: tablet.streamId, lastSeq: 1, closedAt: null }])
  expect(problemOf(await close(tablet.streamId, a.cookie))).toBe('403 forbidden')
  const elsewhere = (await signIn(under.app, 'szit-ducha')).cookie
  expect(problemOf(await close(tablet.streamId, elsewhere))).toBe('404 not-found')
  expect(problemOf(await close(next.streamId))).toBe('404 not-found')

  const closed = await close(tablet.streamId)
  const at = under.deps.clock.now
  expect(CloseStreamAnswer.parse(closed.body)).toEqual({ lastSeq: 1, closedAt: at })
  under.deps.clock.now += 60_000
  expect((await close(tablet.streamId)).body).toEqual(closed.body)
  expect(await listed()).toEqual([{ streamId: tablet.streamId, lastSeq: 1, closedAt: at }])

  const late = received(tablet)
  expect(await pushed(under, tablet, { from: 2, commands: [late] })).toEqual(['applied', 'held:grant'])
  const { cmdId } = readEnv(late)
  const [row] = await under.database
    .ownerSql`select detail->>'why' as why from hall.command_log where cmd_id = ${cmdId}`
  expect(row?.why).toBe('closed')
  expect(await pushed(under, next, { from: 2, commands: [received(next)] })).toEqual(['applied', 'applied'])
})
