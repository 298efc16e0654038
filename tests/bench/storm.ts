import { setTimeout as pause } from 'node:timers/promises'
import type { SignedCommand } from '../../shared/core/envelope.ts'
import type { Frame } from '../../shared/wire/frame.ts'
import { pushOf } from '../support/forge.ts'
import type { TestDatabase } from '../support/postgres.ts'
import { crowd, editsOf, type CrowdTablet } from './crowd.ts'
import { figure, median, type Figure } from './figures.ts'
import { startInstance, type Instance } from './instances.ts'
import type { Bench, Workload } from './workload.ts'

const tablets = 50
/** A window of its own: what the other rows store is counted to the case. */
const place = 'graduates'
const edits = 100

interface Sent {
  readonly ms: number
  readonly requests: number
  readonly waits: number
}

/** Push as a tablet does: told to wait, it waits; anything else than a frame is a fault of the run. */
async function send(origin: string, { tablet, token }: CrowdTablet, commands: readonly SignedCommand[]): Promise<Sent> {
  const from = performance.now()
  const first = tablet.seq - commands.length + 1
  const body = JSON.stringify({ ...pushOf(tablet, first, commands), firstUnsettled: first })
  const headers = { 'content-type': 'application/json', 'x-changkai': '1', authorization: `Device ${token}` }
  for (let requests = 1; ; requests += 1) {
    const answer = await fetch(`${origin}/sync/v1/push`, { method: 'POST', headers, body })
    if (answer.ok) {
      check((await answer.json()) as Frame, commands.length)
      return { ms: performance.now() - from, requests, waits: requests - 1 }
    }
    const seconds = Number(answer.headers.get('Retry-After'))
    if (![429, 503].includes(answer.status) || !seconds) throw new Error(`push answered ${answer.status}`)
    await answer.arrayBuffer()
    await pause(seconds * 1000 * (1 + Math.random()))
  }
}

function check({ results, stop }: Frame, count: number): void {
  const isWhole = !stop && results.length === count && results.every(({ outcome }) => outcome === 'applied')
  if (!isWhole) throw new Error('an edit was lost or refused')
}

/** All at once; every edit must stand in the log, at positions without a gap. Returns the whole time and each tablet's. */
async function oneRound(pg: TestDatabase, instances: readonly Instance[]) {
  const all = await crowd(pg, place, tablets)
  const ready = all.map((one) => ({ one, commands: editsOf(one, edits) }))
  const from = performance.now()
  const sent = await Promise.all(
    ready.map(({ one, commands }, index) => send(instances[index % instances.length]?.origin ?? '', one, commands)),
  )
  const ms = performance.now() - from
  const streams = all.map(({ tablet }) => tablet.streamId)
  const [row] = await pg.ownerSql<{ n: number; gapless: boolean }[]>`
    select count(*) filter (where stream_id in (select jsonb_array_elements_text(${JSON.stringify(streams)}::text::jsonb)))::integer as n, count(*) = max(pos) as gapless
      from hall.command_log`
  if (row?.n !== tablets * edits || !row.gapless) throw new Error(`${row?.n ?? 0} edits stand in the log`)
  return { ms, sent }
}

/** The raw limit: the log rows of the same edits, each inserted by a transaction of its own into an empty twin of the log. */
async function rawRows({ ownerSql, appSql }: TestDatabase): Promise<number> {
  await ownerSql.unsafe(`
    create schema if not exists bench;
    drop table if exists bench.one_log;
    create table bench.one_log (like hall.command_log including all);
    grant usage on schema bench to public;
    grant insert on bench.one_log to public`)
  const rows = await ownerSql<{ line: string }[]>`
    select to_jsonb(l)::text as line from hall.command_log l order by pos desc limit ${tablets * edits}`
  const waiting = rows.map(({ line }) => line)
  const one = async (): Promise<void> => {
    for (let line = waiting.pop(); line !== undefined; line = waiting.pop())
      await appSql`insert into bench.one_log select * from jsonb_populate_record(null::bench.one_log, ${line}::text::jsonb)`
  }
  const from = performance.now()
  await Promise.all(Array.from({ length: 10 }, one))
  return performance.now() - from
}

async function measured({ server, quick }: Bench, count: number): Promise<Figure> {
  const instances = await Promise.all(Array.from({ length: count }, () => startInstance(server.pg)))
  const rounds: { ms: number; rawMs: number; sent: Sent[] }[] = []
  for (let round = 0; round < (quick ? 2 : 4); round += 1) {
    const { ms, sent } = await oneRound(server.pg, instances)
    const rawMs = await rawRows(server.pg)
    if (round > 0) rounds.push({ ms, rawMs, sent }) // the first one warms up
  }
  const usage = await Promise.all(instances.map((one) => one.usage()))
  await Promise.all(instances.map((one) => one.stop()))
  const all = rounds.flatMap(({ sent }) => sent)
  const perSecond = (ms: number): number => (tablets * edits * 1000) / ms
  const [ours, raw] = [median(rounds.map(({ ms }) => ms)), median(rounds.map(({ rawMs }) => rawMs))]
  return figure({
    id: `storm-${count}`,
    label: `50 tablets send 100 edits each at once, ${count} server instance${count > 1 ? 's' : ''}`,
    ours: rounds.map(({ ms }) => ms),
    raw: rounds.map(({ rawMs }) => rawMs),
    rawLabel: 'as many transactions, each inserting the log row of one edit, over ten connections',
    reach: 2, // half its throughput
    facts: {
      editsPerSecond: perSecond(ours),
      rawPerSecond: perSecond(raw),
      throughputShare: raw / ours,
      slowestTabletMs: Math.max(...all.map(({ ms }) => ms)),
      medianTabletMs: median(all.map(({ ms }) => ms)),
      toldToWait: all.reduce((sum, { waits }) => sum + waits, 0) / rounds.length,
      rssMb: Math.max(...usage.map(({ rss }) => rss)) / 1_048_576,
    },
  })
}

const stormOver = (count: number): Workload => ({
  id: `storm-${count}`,
  size: 0,
  run: async (bench) => [await measured(bench, count)],
})

/** Everybody comes back at once, one server and two. */
export const stormOne = stormOver(1)
export const stormTwo = stormOver(2)
