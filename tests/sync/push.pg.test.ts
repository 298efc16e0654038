import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { StoreUnavailable, type Store } from '../../server/sync/store-verbs.ts'
import { act, readEnv } from '../support/forge.ts'
import { testDatabase, type TestDatabase } from '../support/postgres.ts'
import { noting, phoning, receiving, words } from './forged-hall.ts'
import { logOf, pulled, pushTo, servedHall, signerAt, tabletAt, type ServedHall } from './forged-server.ts'

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

async function tabletWithA(lane: string) {
  const tablet = await tabletAt(hall, lane)
  return { tablet, a: await signerAt(hall, tablet) }
}

test('[OFF-3] a push is judged, logged, and answered with results and images of one snapshot', async () => {
  const { tablet, a } = await tabletWithA('AA')
  const received = act(tablet, a, receiving(tablet))
  const { aggId, cmdId } = readEnv(received)
  const frame = await pushTo(hall, tablet, 1, [received, act(tablet, a, noting(aggId))])
  expect(frame).toMatchObject({
    lastSeq: 2,
    minSchema: 1,
    results: [{ seq: 1, cmdId, outcome: 'applied', ver: 1 }, { ver: 2 }],
  })
  expect(frame.rows.map(({ id, ver, scopes }) => ({ id, ver, scopes }))).toEqual([
    { id: aggId, ver: 2, scopes: [`window:${tablet.windowId}`] },
  ])
  expect(frame.cursor).toBeUndefined()
})

test('[F3][R5] the answer was lost, a pull came first, then the retry: logged once, the same results', async () => {
  const { tablet, a } = await tabletWithA('AB')
  const sent = [act(tablet, a, receiving(tablet)), act(tablet, a, receiving(tablet))]
  const lost = await pushTo(hall, tablet, 1, sent)
  const page = await pulled(hall, tablet)
  expect(page.results).toEqual(lost.results)
  expect(page.rows.map((row) => row.id)).toEqual(expect.arrayContaining(sent.map((one) => readEnv(one).aggId)))
  const again = await pushTo(hall, tablet, 1, sent)
  expect(again.results).toEqual(lost.results)
  expect(again.rows).toEqual(lost.rows)
  expect(await logOf(hall, tablet)).toHaveLength(2)
})

test('[F5] twenty copies at once have one effect, and each gets the same answer', async () => {
  const { tablet, a } = await tabletWithA('AC')
  const received = act(tablet, a, receiving(tablet))
  const sent = [received, act(tablet, a, noting(readEnv(received).aggId))]
  const frames = await Promise.all(Array.from({ length: 20 }, () => pushTo(hall, tablet, 1, sent)))
  for (const frame of frames) expect(frame.results).toEqual(frames[0]?.results)
  expect(frames[0]?.results.map((one) => one.outcome)).toEqual(['applied', 'applied'])
  expect(await logOf(hall, tablet)).toHaveLength(2)
})

test('[I3][F6] acts after a gap wait; sent in order they are decided in order', async () => {
  const { tablet, a } = await tabletWithA('AD')
  const sent = [act(tablet, a, receiving(tablet)), act(tablet, a, receiving(tablet)), act(tablet, a, receiving(tablet))]
  const early = await pushTo(hall, tablet, 3, sent.slice(2))
  expect(early.stop).toEqual({ code: 'gap', seq: 1 })
  expect(early.results).toEqual([])
  const all = await pushTo(hall, tablet, 1, sent)
  expect(all.results.map((one) => one.seq)).toEqual([1, 2, 3])
})

test('[P3] a fork stops and writes nothing; a known cmdId at a new seq is held', async () => {
  const { tablet, a } = await tabletWithA('AE')
  const twinTablet = { ...tablet }
  const first = act(tablet, a, receiving(tablet))
  const forked = act(twinTablet, a, receiving(twinTablet, { number: 'XS-261120-AE-9' }))
  await pushTo(hall, tablet, 1, [first])
  expect((await pushTo(hall, tablet, 1, [forked])).stop).toEqual({ code: 'fork', seq: 1 })
  const copied = act(tablet, a, receiving(tablet, { forge: { cmdId: readEnv(first).cmdId } }))
  const { results } = await pushTo(hall, tablet, 2, [copied, act(tablet, a, receiving(tablet))])
  expect(words(results)).toEqual(['applied', 'held:quarantine:cmdId', 'applied'])
  expect(await logOf(hall, tablet)).toHaveLength(3)
})

test('[I17] a printed number that is taken never blocks the stream', async () => {
  const { tablet, a } = await tabletWithA('AF')
  await pushTo(hall, tablet, 1, [act(tablet, a, receiving(tablet, { number: 'XS-261120-AF-1' }))])
  const { results } = await pushTo(hall, tablet, 2, [
    act(tablet, a, receiving(tablet, { number: 'XS-261120-AF-1' })),
    act(tablet, a, receiving(tablet, { number: 'XS-261120-AF-2' })),
  ])
  expect(words(results)).toEqual(['applied', 'held:quarantine:number', 'applied'])
})

test('[I11][OFF-5] acts of A and B from one tablet stand in the log under their own names', async () => {
  const { tablet, a } = await tabletWithA('AG')
  const b = await signerAt(hall, tablet, { id: 'b', role: 'roleB' })
  const received = act(tablet, a, receiving(tablet))
  await pushTo(hall, tablet, 1, [received, act(tablet, b, noting(readEnv(received).aggId))])
  expect((await logOf(hall, tablet)).map((row) => [row.actor, row.carrier])).toEqual([
    ['a', tablet.deviceId],
    ['b', tablet.deviceId],
  ])
})

test('[F42][P12] a revoked tablet: what it sends is held and kept, and it is given no rows', async () => {
  const { tablet, a } = await tabletWithA('AH')
  await pushTo(hall, tablet, 1, [act(tablet, a, receiving(tablet))])
  await pg.appSql`update hall.device set revoked_at = now() where id = ${tablet.deviceId}`
  const frame = await pushTo(hall, tablet, 2, [act(tablet, a, receiving(tablet))])
  expect(words(frame.results)).toEqual(['applied', 'held:grant:device'])
  expect(frame).toMatchObject({ lastSeq: 2, rows: [], leaves: [] })
})

test('[OFF-4][I16] two tablets correct one phone: both values stand for a person, on both tablets alike', async () => {
  const first = await tabletWithA('AJ')
  const second = await tabletWithA('AK')
  const received = act(first.tablet, first.a, receiving(first.tablet))
  const { aggId } = readEnv(received)
  const saw = (await pushTo(hall, first.tablet, 1, [received])).rows[0]?.image
  await pushTo(hall, first.tablet, 2, [act(first.tablet, first.a, phoning(aggId, '13800000001', saw))])
  const late = await pushTo(hall, second.tablet, 1, [act(second.tablet, second.a, phoning(aggId, '13800000002', saw))])
  expect(words(late.results)).toEqual(['conflict'])
  const image = late.rows[0]?.image
  expect(image).toMatchObject({ pii: { phone: '13800000001' }, conflicts: [{ field: 'pii.phone', settled: null }] })
  expect(JSON.stringify(image)).toContain('13800000002')
  const page = await pulled(hall, first.tablet)
  expect(page.rows.find((row) => row.id === aggId)?.image).toEqual(image)
})

test('[F19] fifty acts on one case from two tablets at once: all decided, none lost, versions without a gap', async () => {
  const first = await tabletWithA('AM')
  const second = await tabletWithA('AN')
  const received = act(first.tablet, first.a, receiving(first.tablet))
  const { aggId } = readEnv(received)
  await pushTo(hall, first.tablet, 1, [received])
  const send = async ({ tablet, a }: typeof first, from: number) => {
    for (let n = 0; n < 25; n += 1) await pushTo(hall, tablet, from + n, [act(tablet, a, noting(aggId))])
  }
  await Promise.all([send(first, 2), send(second, 1)])
  const row = (await pulled(hall, first.tablet)).rows.find((one) => one.id === aggId)
  expect(row?.ver).toBe(51)
  expect(row?.image.notes).toHaveLength(50)
})

test('[F18] append stood but its answer was lost on the way to us: decided once', async () => {
  let isLost = false
  const store: Store = {
    ...pg.store,
    append: async (batch) => {
      const pos = await pg.store.append(batch)
      if (isLost) return pos
      isLost = true
      throw new StoreUnavailable('the line was lost')
    },
  }
  const { tablet, a } = await tabletWithA('AP')
  const faulty = await servedHall(pg, { store })
  const frame = await pushTo(faulty, tablet, 1, [act(tablet, a, receiving(tablet))])
  expect(isLost).toBe(true)
  expect(words(frame.results)).toEqual(['applied'])
  expect(await logOf(hall, tablet)).toHaveLength(1)
  await faulty.wake.close()
})

test('[I18] the hall chain runs through every push, and each verdict says what was answered', async () => {
  const rows = await pg.appSql<{ pos: string; verdict: string; outcome: string; ver: number; receivedAt: Date }[]>`
    select pos, verdict, outcome, ver from hall.command_log where hall_id = 'nbu' order by pos`
  expect(rows.map((row) => Number(row.pos))).toEqual(rows.map((_, i) => i + 1))
  for (const { verdict, outcome, ver } of rows) expect(JSON.parse(verdict)).toMatchObject({ outcome, ver })
})

test('[X13] the stream of another tablet is refused, whatever is in the batch', async () => {
  const { tablet, a } = await tabletWithA('AQ')
  const thief = await tabletAt(hall, 'AR')
  const stolen = { ...tablet, token: thief.token }
  await expect(pushTo(hall, stolen, 1, [act(tablet, a, receiving(tablet))])).rejects.toThrow('push answered 403')
  const unknown = { ...thief, streamId: randomUUID() }
  await expect(pushTo(hall, unknown, 1, [])).rejects.toThrow('push answered 403')
  expect(await logOf(hall, tablet)).toEqual([])
})
