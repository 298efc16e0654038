import { createHash, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openHall, openStream } from '../../server/db/store.ts'
import { StoreConflict, type AppendBatch } from '../../server/sync/store-verbs.ts'
import { testDatabase, type TestDatabase } from '../support/postgres.ts'
import { batchOf, caseBatch, logEntry, sha256Hex } from './batches.ts'

let pg: TestDatabase
beforeAll(async () => {
  pg = await testDatabase()
})
afterAll(() => pg.stop())

/** A hall and streams of its own for one test. */
const newHall = async (...streams: string[]) => {
  const hallId = `hall-${randomUUID()}`
  await openHall(pg.db, hallId, randomUUID())
  const ids = streams.map((name) => `${name}-${randomUUID()}`)
  for (const streamId of ids) {
    await openStream(pg.db, { hallId, streamId, branch: 0, deviceId: 'd1', lane: 'A1' })
  }
  return { hallId, streamId: ids[0] ?? '', other: ids[1] ?? '' }
}

const load = ({ hallId, streamId }: { hallId: string; streamId: string }, ids: string[], batch?: AppendBatch) =>
  pg.store.load({
    hallId,
    streamId,
    branch: 0,
    aggs: ids.map((id) => ({ kind: 'case', id })),
    grantIds: [],
    cmdIds: batch?.log.map((entry) => entry.cmdId) ?? [],
    numbers: [],
    seqs: { from: 1, to: 1000 },
  })

const positions = async (hallId: string): Promise<number[]> => {
  const rows = await pg.appSql<
    { pos: string }[]
  >`select pos from hall.command_log where hall_id = ${hallId} order by pos`
  return rows.map((row) => Number(row.pos))
}

/** Everything of a hall, to see that nothing has changed. */
const dump = async (hallId: string): Promise<string> => {
  const [row] = await pg.appSql<{ all: string }[]>`select json_build_object(
    'clock', (select json_agg(c) from hall.hall_clock c where hall_id = ${hallId}),
    'streams', (select json_agg(s order by stream_id) from hall.sync_stream s where hall_id = ${hallId}),
    'log', (select json_agg(l order by pos) from hall.command_log l where hall_id = ${hallId}),
    'scopes', (select json_agg(x order by scope, agg_id) from hall.scope_index x where hall_id = ${hallId}),
    'cases', (select json_agg(k order by id) from hall.cases k where hall_id = ${hallId}))::text as all`
  return row?.all ?? ''
}

test('a batch comes back from load: stream, image, result, known command', async () => {
  const { hallId, streamId } = await newHall('s')
  const batch = caseBatch({
    hallId,
    streamId,
    at: 0,
    id: 'c1',
    ver0: 0,
    image: { state: 'open', n: 7 },
    set: ['window:w1'],
  })
  expect(await pg.store.append(batch)).toBe(1)
  const loaded = await load({ hallId, streamId }, ['c1', 'none'], batch)
  expect(loaded.hallPos).toBe(1)
  expect(loaded.stream).toEqual({
    deviceId: 'd1',
    lane: 'A1',
    lastSeq: 1,
    chain: batch.chain,
    closedAt: null,
    lastLo: batch.log[0]?.lo,
    lastEnv: batch.log[0]?.envelope,
  })
  expect([...loaded.images]).toEqual([['case:c1', { ver: 1, image: { state: 'open', n: 7 } }]])
  const entry = batch.log[0]
  expect(loaded.results).toEqual([
    { seq: 1, cmdId: entry?.cmdId, hash: entry?.hash, outcome: 'applied', code: null, detail: null, ver: 1 },
  ])
  expect(loaded.knownCmdIds).toEqual([entry?.cmdId])
})

test('load gives grants with their times as UTC ms, and null for a stream of another hall', async () => {
  const { hallId, streamId } = await newHall('s')
  const { hallId: elsewhere } = await newHall()
  await pg.appSql`insert into hall.offline_grant (hall_id, id, device_id, actor_id, display_name, roles, from_at, to_at,
    public_key, issued_text, issued_sig) values (${hallId}, 'g1', 'd1', 'a1', '示例', '[{"role":"roleA","windowId":"w1"}]'::jsonb,
    '2026-11-22T00:00:00.123Z', '2026-11-29T00:00:00Z', '{}'::jsonb, 't', 's')`
  const ask = {
    branch: 0,
    aggs: [],
    grantIds: ['g1', 'g2'],
    cmdIds: [],
    numbers: [],
    seqs: { from: 1, to: 1 },
    streamId,
  }
  const { grants } = await pg.store.load({ ...ask, hallId })
  expect(grants).toEqual([
    {
      id: 'g1',
      deviceId: 'd1',
      actorId: 'a1',
      displayName: '示例',
      roles: [{ role: 'roleA', windowId: 'w1' }],
      fromAt: Date.UTC(2026, 10, 22, 0, 0, 0, 123),
      toAt: Date.UTC(2026, 10, 29),
      publicKey: {},
      issuedText: 't',
      issuedSig: 's',
      revokedAt: null,
    },
  ])
  const other = await pg.store.load({ ...ask, hallId: elsewhere })
  expect(other).toMatchObject({ stream: null, grants: [], results: [] })
})

test('[I5] twelve streams appending at once leave positions contiguous from 1, each batch in its own order', async () => {
  const { hallId } = await newHall()
  const streams = Array.from({ length: 12 }, (_, i) => `p${String(i)}-${randomUUID()}`)
  for (const streamId of streams) await openStream(pg.db, { hallId, streamId, branch: 0, deviceId: 'd', lane: null })
  const worker = async (streamId: string) => {
    for (let at = 0; at < 15; at += 3) {
      const log = [1, 2, 3].map((n) => logEntry(at + n, { aggId: streamId }))
      await pg.store.append(batchOf({ hallId, streamId, at, log }))
    }
  }
  await Promise.all(streams.map(worker))
  expect(await positions(hallId)).toEqual(Array.from({ length: 180 }, (_, i) => i + 1))
  const [broken] =
    await pg.appSql`select 1 from (select pos, lag(pos) over (partition by stream_id order by seq) as before
    from hall.command_log where hall_id = ${hallId}) x where before >= pos`
  expect(broken).toBeUndefined()
})

test('[P6] a batch whose second image has moved leaves nothing of itself', async () => {
  const { hallId, streamId, other } = await newHall('s', 't')
  await pg.store.append(caseBatch({ hallId, streamId: other, at: 0, id: 'c2', ver0: 0, set: ['window:w1'] }))
  const before = await dump(hallId)
  const batch = batchOf({
    hallId,
    streamId,
    at: 0,
    log: [logEntry(1), logEntry(2, { aggId: 'c2' })],
    images: [
      { kind: 'case', id: 'c1', ver0: 0, ver: 1, image: {} },
      { kind: 'case', id: 'c2', ver0: 4, ver: 5, image: {} },
    ],
    scopes: [{ scope: 'window:w1', kind: 'case', id: 'c1', ord: 1, ver: 1, op: 'set' }],
  })
  await expect(pg.store.append(batch)).rejects.toBeInstanceOf(StoreConflict)
  expect(await dump(hallId)).toBe(before)
})

test('[I15] a verdict without effect stands only on images that have not moved since they were read', async () => {
  const { hallId, streamId, other } = await newHall('s', 't')
  await pg.store.append(caseBatch({ hallId, streamId: other, at: 0, id: 'c1', ver0: 0, set: ['window:w1'] }))
  const refused = (id: string, ver: number) => ({
    ...batchOf({ hallId, streamId, at: 0, log: [logEntry(1, { aggId: id })] }),
    reads: [{ kind: 'case', id, ver }],
  })
  const before = await dump(hallId)
  for (const stale of [refused('c1', 0), refused('c1', 2), refused('c9', 1)])
    await expect(pg.store.append(stale)).rejects.toBeInstanceOf(StoreConflict)
  expect(await dump(hallId)).toBe(before)
  expect(await pg.store.append(refused('c1', 1))).toBe(2)
})

test('[I2] a batch sent twice, or twenty times at once, is one batch; the rest are conflicts that change nothing', async () => {
  const { hallId, streamId } = await newHall('s')
  const batch = caseBatch({ hallId, streamId, at: 0, id: 'c1', ver0: 0, set: ['window:w1'] })
  const answers = await Promise.allSettled(Array.from({ length: 20 }, () => pg.store.append(batch)))
  expect(answers.filter((answer) => answer.status === 'fulfilled')).toHaveLength(1)
  for (const answer of answers) {
    if (answer.status === 'rejected') expect(answer.reason).toBeInstanceOf(StoreConflict)
  }
  const before = await dump(hallId)
  await expect(pg.store.append(batch)).rejects.toBeInstanceOf(StoreConflict)
  expect(await dump(hallId)).toBe(before)
  expect(await positions(hallId)).toEqual([1])
})

test('[I2] a command id already in the log is a conflict for any other stream', async () => {
  const { hallId, streamId, other } = await newHall('s', 't')
  const log = [logEntry(1)]
  await pg.store.append(batchOf({ hallId, streamId, at: 0, log }))
  await expect(pg.store.append(batchOf({ hallId, streamId: other, at: 0, log }))).rejects.toBeInstanceOf(StoreConflict)
  expect(await positions(hallId)).toEqual([1])
})

test('[F19] of two streams that edit one case from the same version, one wins and the other is told to decide again', async () => {
  const { hallId, streamId, other } = await newHall('s', 't')
  await pg.store.append(caseBatch({ hallId, streamId, at: 0, id: 'c1', ver0: 0, set: ['window:w1'] }))
  const both = await Promise.allSettled([
    pg.store.append(caseBatch({ hallId, streamId, at: 1, id: 'c1', ver0: 1, image: { by: 's' }, set: ['window:w1'] })),
    pg.store.append(
      caseBatch({ hallId, streamId: other, at: 0, id: 'c1', ver0: 1, image: { by: 't' }, set: ['window:w1'] }),
    ),
  ])
  expect(both.map((answer) => answer.status).sort()).toEqual(['fulfilled', 'rejected'])
  const loser = both.find((answer) => answer.status === 'rejected')
  expect(loser?.reason).toBeInstanceOf(StoreConflict)
  const { images } = await load({ hallId, streamId }, ['c1'])
  expect(images.get('case:c1')?.ver).toBe(2)
  expect(await positions(hallId)).toEqual([1, 2])
})

test('[I18] the chain is SHA-256(head ‖ int8 pos ‖ SHA-256(envelope) ‖ SHA-256(verdict)), from SHA-256(hall id)', async () => {
  const { hallId, streamId } = await newHall('s')
  const texts = [
    { envelope: '{"a":"办件𠮷"}', verdict: '{"outcome":"applied","ver":1}' },
    { envelope: '{"b":1}', verdict: '{"outcome":"held"}' },
  ]
  await pg.store.append(batchOf({ hallId, streamId, at: 0, log: texts.map((text, i) => logEntry(i + 1, text)) }))
  let head = Buffer.from(sha256Hex(hallId), 'hex')
  const links = texts.map(({ envelope, verdict }, i) => {
    const pos = Buffer.alloc(8)
    pos.writeBigInt64BE(BigInt(i + 1))
    const parts = [head, pos, Buffer.from(sha256Hex(envelope), 'hex'), Buffer.from(sha256Hex(verdict), 'hex')]
    head = createHash('sha256').update(Buffer.concat(parts)).digest()
    return head.toString('hex')
  })
  const rows = await pg.appSql<{ link: string; hash: string; envelope: string }[]>`
    select encode(link, 'hex') as link, encode(hash, 'hex') as hash, envelope
    from hall.command_log where hall_id = ${hallId} order by pos`
  expect(rows.map((row) => row.link)).toEqual(links)
  expect(rows.map((row) => row.hash)).toEqual(texts.map((text) => sha256Hex(text.envelope)))
  expect(rows.map((row) => row.envelope)).toEqual(texts.map((text) => text.envelope))
  const [clock] = await pg.appSql`select encode(head, 'hex') as head from hall.hall_clock where hall_id = ${hallId}`
  expect(clock).toEqual({ head: links[1] })
})

test('[I18] golden bytes: one link of a known hall, envelope and verdict', async () => {
  await openHall(pg.db, 'golden', randomUUID())
  await openStream(pg.db, { hallId: 'golden', streamId: 'golden', branch: 0, deviceId: 'd', lane: null })
  const log = [logEntry(1, { envelope: '{"n":1}', verdict: '{"outcome":"applied"}' })]
  await pg.store.append(batchOf({ hallId: 'golden', streamId: 'golden', at: 0, log }))
  const [row] = await pg.appSql`select encode(link, 'hex') as link from hall.command_log where hall_id = 'golden'`
  expect(row).toEqual({ link: '240f6436d201e7dc4e9c5651c53cbfbee17ab4bd6431c770222017ff647f415a' })
})
