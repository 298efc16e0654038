import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { rescueText, sealRescue } from '../../client/local/seal-rescue.ts'
import { RescueAnswer, RescueKey, type RescueLine } from '../../shared/wire/rescue.ts'
import { appUnderTest, asDevice, ours, signIn, type Under } from '../http/app-under-test.ts'
import { ask, problemOf } from '../http/asked.ts'
import { tabletOf, type ServedTablet } from '../http/served-person.ts'

let under: Under
let cookie = ''
beforeAll(async () => {
  under = await appUnderTest(['nbu'])
  cookie = (await signIn(under.app, 'nbu-ducha')).cookie
})
afterAll(async () => {
  await under.stop()
})

/** A file in the tablet's name, as anybody can seal one who was given the public key. */
const loadForged = async ({ token, deviceId }: ServedTablet, lines: readonly RescueLine[]) => {
  const { body } = await ask(under, '/api/v1/rescue-key', { headers: asDevice(token) })
  const { text, acts } = rescueText(lines)
  const outside = { hallId: 'nbu', deviceId, madeAt: under.deps.clock.now, acts }
  return ask(under, '/api/v1/rescue', ours(await sealRescue(RescueKey.parse(body), outside, text), { cookie }))
}

const junk = { branch: 0, lane: null, env: '{}', sig: 'A'.repeat(86) }

test('[T3][I17][X13] a file anybody sealed in a tablet’s name takes neither a place of its stream nor its spare lane', async () => {
  const tablet = await tabletOf(under, 'nbu', 'student-affairs')
  const sql = under.database.ownerSql
  const [spare] = await sql`select code from hall.lane where device_id = ${tablet.deviceId} and stream_id is null`
  const streamId = randomUUID()
  const lines = [
    { ...junk, streamId: tablet.streamId, seq: 1 },
    { ...junk, streamId, seq: 1, lane: spare!['code'] as string },
  ]
  const { results } = RescueAnswer.parse((await loadForged(tablet, lines)).body)
  expect(results.map(({ state, code }) => `${state} ${String(code)}`)).toEqual(Array(2).fill('left rescue.proof'))
  expect(await sql`select from hall.sync_stream where stream_id = ${streamId}`).toHaveLength(0)
  expect(await sql`select from hall.command_log where stream_id = ${tablet.streamId}`).toHaveLength(0)
})

test('[P22][X1] a file in a thousand pieces, or with a lane that is none, is refused before anything is done', async () => {
  const tablet = await tabletOf(under, 'nbu', 'student-affairs')
  const line = { ...junk, streamId: tablet.streamId, seq: 1 }
  const torn = Array.from({ length: 1_001 }, (_, n) => ({ ...line, seq: 2 * n + 1 }))
  expect(problemOf(await loadForged(tablet, torn))).toBe('422 invalid')
  expect(problemOf(await loadForged(tablet, [{ ...line, lane: '\u0000' }]))).toBe('422 invalid')
})
