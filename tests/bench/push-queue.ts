import { createPublicKey, verify, type JsonWebKey } from 'node:crypto'
import { figure, median } from './figures.ts'
import type { TestDatabase } from '../support/postgres.ts'
import type { Workload } from './workload.ts'

const edits = 500
const tables = ['command_log', 'cases', 'scope_index'] as const

/** Empty twins of the tables a push writes, indexes and all, for the raw insert. */
async function makeTwins({ ownerSql }: TestDatabase): Promise<void> {
  await ownerSql.unsafe('create schema if not exists bench')
  for (const table of tables)
    await ownerSql.unsafe(`create table if not exists bench.${table} (like hall.${table} including all)`)
}

interface Written {
  readonly logs: string
  readonly cases: string
  readonly scopes: string
  readonly signatures: readonly { envelope: string; sig: string; key: JsonWebKey }[]
}

/** The rows a stream's commands from a seq on have written, as they stand. */
async function writtenBy({ ownerSql }: TestDatabase, streamId: string, from: number): Promise<Written> {
  const [rows] = await ownerSql<Written[]>`
    with l as (select * from hall.command_log where stream_id = ${streamId} and seq >= ${from}),
      c as (select hall_id, id, ver, image from hall.cases where (hall_id, id) in (select hall_id, agg_id from l)),
      s as (select * from hall.scope_index where (hall_id, agg_id) in (select hall_id, agg_id from l))
    select (select json_agg(l) from l)::text as logs, (select json_agg(c) from c)::text as cases,
      (select json_agg(s) from s)::text as scopes,
      (select json_agg(json_build_object('envelope', l.envelope, 'sig', l.sig, 'key', g.public_key))
        from l join hall.offline_grant g on g.id = (l.envelope::jsonb)->>'grantId') as signatures`
  if (!rows) throw new Error('nothing was written')
  return rows
}

/** The raw limit of the database's part: one statement that inserts the same rows into twin tables. */
async function rawInsert({ ownerSql }: TestDatabase, { logs, cases, scopes }: Written): Promise<number> {
  await ownerSql.unsafe(`truncate ${tables.map((table) => `bench.${table}`).join(', ')}`)
  const from = performance.now()
  await ownerSql`
    with l as (insert into bench.command_log select * from json_populate_recordset(null::bench.command_log, ${logs}::text::json)),
      c as (insert into bench.cases (hall_id, id, ver, image)
        select hall_id, id, ver, image from json_populate_recordset(null::bench.cases, ${cases}::text::json))
    insert into bench.scope_index select * from json_populate_recordset(null::bench.scope_index, ${scopes}::text::json)`
  return performance.now() - from
}

/** The raw limit of the proof: each signature checked once, the key read once. */
function rawVerify({ signatures }: Written): number {
  const from = performance.now()
  const keys = new Map<string, ReturnType<typeof createPublicKey>>()
  for (const { envelope, sig, key: jwk } of signatures) {
    const name = jwk.x ?? ''
    const key = keys.get(name) ?? createPublicKey({ key: jwk, format: 'jwk' })
    keys.set(name, key)
    const isTrue = verify(
      'sha256',
      Buffer.from(envelope),
      { key, dsaEncoding: 'ieee-p1363' },
      Buffer.from(sig, 'base64url'),
    )
    if (!isTrue) throw new Error('a stored signature does not hold')
  }
  return performance.now() - from
}

/** 500 edits made without a network, sent and settled. */
export const pushQueue: Workload = {
  id: 'push-500',
  size: 10_000,
  async run({ hall, server, quick }) {
    const { page } = await hall.tabletWith(10_000)
    await makeTwins(server.pg)
    const streamId = await page.evaluate(() => window.bench.streamId())
    const done = []
    for (let round = 0; round < (quick ? 2 : 8); round += 1) {
      const from = await page.evaluate((some) => window.bench.makeEdits(some), { count: edits, skip: round * edits })
      server.takeHandled('')
      const ours = await page.evaluate(() => window.bench.pushAll())
      const handled = server.takeHandled('/sync/v1/push').map(({ ms }) => ms)
      const written = await writtenBy(server.pg, streamId, from)
      const insertMs = await rawInsert(server.pg, written)
      const serverMs = handled.reduce((sum, ms) => sum + ms, 0)
      const one = { ours, serverMs, insertMs, verifyMs: rawVerify(written) }
      if (round > 0) done.push(one) // the first one also warms both sides up
    }
    return [
      figure({
        id: 'push-500',
        label: 'server time of 500 waiting edits',
        ours: done.map(({ serverMs }) => serverMs),
        raw: done.map(({ insertMs, verifyMs }) => insertMs + verifyMs),
        rawLabel: 'one multi-row insert of the rows it writes + verification of the signatures',
        reach: 3,
        facts: {
          requests: median(done.map(({ ours }) => ours.requests)),
          settledAllMs: median(done.map(({ ours }) => ours.ms)),
          netMs: median(done.map(({ ours }) => ours.netMs)),
          readMs: median(done.map(({ ours }) => ours.readMs)),
          writeMs: median(done.map(({ ours }) => ours.writeMs)),
          rawInsertMs: median(done.map(({ insertMs }) => insertMs)),
          rawVerifyMs: median(done.map(({ verifyMs }) => verifyMs)),
          answerBytes: median(done.map(({ ours }) => ours.wireBytes)),
        },
      }),
    ]
  },
}
