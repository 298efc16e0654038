import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readDevices } from '../../server/devices/reports.ts'
import { openStream } from '../../server/db/store.ts'
import { sha256Hex } from '../../server/sync/crypto.ts'
import type { SignedCommand } from '../../shared/core/envelope.ts'
import { Frame } from '../../shared/wire/frame.ts'
import type { PushBody } from '../../shared/wire/push.ts'
import { act, forgeTablet, pushOf, readEnv } from '../support/forge.ts'
import { testDatabase, type TestDatabase } from '../support/postgres.ts'
import { item, noting, receiving, words } from './forged-hall.ts'
import {
  pulled,
  pushRaw,
  pushTo,
  servedHall,
  signerAt,
  tabletAt,
  type ServedHall,
  type ServedTablet,
} from './forged-server.ts'

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

interface Sent extends Partial<PushBody> {
  from: number
  list: readonly SignedCommand[]
}

/** A push that says more than the old tablets did. */
async function push(tablet: ServedTablet, { from, list, ...more }: Sent) {
  const answer = await pushRaw(hall, tablet, JSON.stringify({ ...pushOf(tablet, from, list), ...more }))
  return { status: answer.status, frame: answer.status === 200 ? Frame.parse(await answer.json()) : null }
}

async function withSpare(lane: string, spare: string | null) {
  const tablet = await tabletAt(hall, lane)
  const rows = [
    [lane, tablet.streamId],
    [spare, null],
  ].filter(([code]) => code !== null)
  for (const [code, stream] of rows)
    await pg.appSql`insert into hall.lane (hall_id, code, device_id, stream_id)
      values ('nbu', ${code!}, ${tablet.deviceId}, ${stream!})`
  return { tablet, a: await signerAt(hall, tablet) }
}

/** The tablet as a power cut left it: everything after `seq` is forgotten. */
const cutBackTo = (tablet: ServedTablet, sent: readonly SignedCommand[], seq: number): ServedTablet => ({
  ...tablet,
  seq,
  prev: seq === 0 ? sha256Hex(tablet.streamId) : sha256Hex(sent[seq - 1]!.env),
})

/** The next life of the tablet's store: another stream, which prints from the spare. */
const nextLife = (tablet: ServedTablet, lane: string): ServedTablet => {
  const { streamId, seq, prev, n } = forgeTablet({ hallId: 'nbu', windowId: item.windowId, lane })
  return { ...tablet, streamId, seq, prev, n, lane }
}

test('[R6][I17] a tail that re-used its seqs is taken unchanged as a branch, once, and the first branch stays', async () => {
  const { tablet, a } = await withSpare('BA', 'BB')
  const first = [0, 1, 2].map(() => act(tablet, a, receiving(tablet)))
  await pushTo(hall, tablet, 1, first)
  const after = cutBackTo(tablet, first, 1)
  const received = act(after, a, receiving(after))
  const tail = [received, act(after, a, noting(readEnv(received).aggId))]
  expect((await pushTo(hall, tablet, 2, tail)).stop).toEqual({ code: 'fork', seq: 2 })
  const lost = await push(tablet, { from: 2, list: tail, branch: 1, firstUnsettled: 2 })
  const again = await push(tablet, { from: 2, list: tail, branch: 1, firstUnsettled: 2 })
  expect(words(again.frame!.results)).toEqual(['applied', 'applied'])
  expect(again.frame).toMatchObject({ lastSeq: 3, results: lost.frame!.results })
  const log =
    await pg.appSql`select branch, seq from hall.command_log where stream_id = ${tablet.streamId} order by branch, seq`
  expect(log.map(({ branch, seq }) => [branch, seq])).toEqual([
    [0, 1],
    [0, 2],
    [0, 3],
    [1, 2],
    [1, 3],
  ])
  expect((await pulled(hall, tablet, { branch: 1, firstUnsettled: 2 })).results).toEqual(lost.frame!.results)
})

test('[R6] a second fork is a branch of the first, linked where its envelopes say', async () => {
  const { tablet, a } = await withSpare('BC', 'BD')
  const first = [0, 1].map(() => act(tablet, a, receiving(tablet)))
  await pushTo(hall, tablet, 1, first)
  const once = cutBackTo(tablet, first, 1)
  const tail = [0, 1].map(() => act(once, a, receiving(once)))
  await push(tablet, { from: 2, list: tail, branch: 1 })
  const twice = cutBackTo(tablet, [first[0]!, tail[0]!], 2)
  const third = [act(twice, a, noting(readEnv(tail[0]!).aggId))]
  expect((await push(tablet, { from: 3, list: third, branch: 1 })).frame!.stop).toEqual({ code: 'fork', seq: 3 })
  const { frame } = await push(tablet, { from: 3, list: third, branch: 2, firstUnsettled: 3 })
  expect(words(frame!.results)).toEqual(['applied'])
  const [device] = (await readDevices(pg.db, 'nbu', '')).filter(({ id }) => id === tablet.deviceId)
  expect(device).toMatchObject({ forks: 2, sent: 5, resent: 0 })
})

test('[I17] a push opens a stream by the spare lane, with a number of that lane; the answer lost and asked again tells the same spare', async () => {
  const { tablet, a } = await withSpare('BE', 'BF')
  const next = nextLife(tablet, 'BF')
  const list = [act(next, a, receiving(next))]
  const first = await push(next, { from: 1, list, lane: 'BF' })
  const again = await push(next, { from: 1, list, lane: 'BF' })
  expect(words(first.frame!.results)).toEqual(['applied'])
  expect(again.frame).toEqual(first.frame)
  const { spare } = first.frame!
  expect(spare).toMatch(/^[0-9A-Z]{2}$/)
  expect(['BE', 'BF']).not.toContain(spare)
  const lanes =
    await pg.appSql`select code, stream_id from hall.lane where device_id = ${tablet.deviceId} order by code`
  expect(lanes.map((row) => [row['code'], row['stream_id']])).toEqual(
    [
      ['BE', tablet.streamId],
      ['BF', next.streamId],
      [spare, null],
    ].toSorted(([x], [y]) => (x! < y! ? -1 : 1)),
  )
  // The stream before is known as before, also to a tablet that says nothing of lanes.
  expect((await pushTo(hall, tablet, 1, [act(tablet, a, receiving(tablet))])).spare).toBeUndefined()
})

test('[X13][I17] no lane, another tablet’s lane or one in use opens nothing; a browser opens one without a lane', async () => {
  const { tablet } = await withSpare('BG', 'BH')
  await withSpare('BJ', 'BK')
  const next = nextLife(tablet, 'BH')
  for (const lane of [undefined, null, 'BG', 'BK', 'ZZ'])
    expect((await push(next, { from: 1, list: [], ...(lane === undefined ? {} : { lane }) })).status).toBe(403)
  const browser = await tabletAt(hall, 'BL', { kind: 'browser', windowIds: [] })
  const other = { ...nextLife(browser, 'BL') }
  expect((await push(other, { from: 1, list: [], lane: null })).frame).toMatchObject({ lastSeq: 0, results: [] })
  expect((await push(other, { from: 1, list: [], lane: 'BH' })).status).toBe(200)
  const [stream] = await pg.appSql`select lane from hall.sync_stream where stream_id = ${other.streamId}`
  expect(stream).toEqual({ lane: null })
})

test('[X13] a branch of another device’s stream is refused, one before its stem waits', async () => {
  const { tablet, a } = await withSpare('BM', 'BN')
  const thief = await withSpare('BP', 'BQ')
  const first = [act(tablet, a, receiving(tablet))]
  await pushTo(hall, tablet, 1, first)
  const stolen = { ...tablet, token: thief.tablet.token }
  expect((await push(stolen, { from: 1, list: first, branch: 1 })).status).toBe(403)
  expect((await push(stolen, { from: 1, list: [], branch: 1 })).status).toBe(403)
  const far = cutBackTo(tablet, first, 1)
  act(far, a, receiving(far))
  const late = [act(far, a, receiving(far))]
  expect((await push(tablet, { from: 3, list: late, branch: 1 })).frame!.stop).toEqual({ code: 'gap', seq: 3 })
})

test('[X13] results of another device’s stream are refused, of one nobody has opened there are none', async () => {
  const { tablet, a } = await withSpare('BR', 'BS')
  const other = await withSpare('BT', 'BU')
  await pushTo(hall, tablet, 1, [act(tablet, a, receiving(tablet))])
  const { status } = await pushRaw(hall, other.tablet, '')
  expect(status).toBe(400)
  await expect(pulled(hall, { ...other.tablet, streamId: tablet.streamId })).rejects.toThrow('403')
  expect(await pulled(hall, { ...other.tablet, streamId: randomUUID() })).toMatchObject({ lastSeq: 0, results: [] })
})

test('[I17] when a hall has given out every lane of two letters, the next has three', async () => {
  await openStream(pg.db, { hallId: 'nbu', streamId: randomUUID(), branch: 0, deviceId: 'x', lane: null })
  const [two] = await pg.ownerSql<{ codes: string[] }[]>`
    select json_agg(distinct hall.lane_code(n)) as codes from generate_series(0, 1023) n`
  expect(two!.codes).toHaveLength(1024)
  for (const code of two!.codes) expect(code).toMatch(/^[2-9A-HJ-NP-Z]{2}$/)
  const [three] = await pg.ownerSql<{ codes: string[] }[]>`
    select json_agg(distinct hall.lane_code(n)) as codes from generate_series(1024, 33791) n`
  expect(three!.codes).toHaveLength(32_768)
  for (const code of three!.codes.slice(0, 50)) expect(code).toMatch(/^[2-9A-HJ-NP-Z]{3}$/)
  await pg.ownerSql`insert into hall.lane (hall_id, code, device_id)
    select 'nbu', hall.lane_code(n), 'former' from generate_series(0, 1023) n on conflict do nothing`
  const { tablet, a } = await withSpare('ZZZ', null)
  await pg.ownerSql`update hall.lane set stream_id = null where code = 'ZZZ'`
  const next = nextLife(tablet, 'ZZZ')
  const { frame } = await push(next, { from: 1, list: [act(next, a, receiving(next))], lane: 'ZZZ' })
  expect(words(frame!.results)).toEqual(['applied'])
  expect(frame!.spare).toBe('222')
})
