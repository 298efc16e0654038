import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openHall, openStream } from '../../server/db/store.ts'
import type { Store } from '../../server/sync/store-verbs.ts'
import { testDatabase, type TestDatabase } from '../support/postgres.ts'
import { caseBatch } from './batches.ts'
import { gateAppends, Writer, type Gate, type Make } from './gated-append.ts'

let pg: TestDatabase
let writers: [Writer, Writer]
beforeAll(async () => {
  pg = await testDatabase()
  await gateAppends(pg)
  writers = [new Writer(pg, 'w1'), new Writer(pg, 'w2')]
})
afterAll(async () => {
  await Promise.all(writers.map((writer) => writer.close()))
  await pg.stop()
})

/** Two pushes that meet: over one case, over two, or two leaders with the same act of one stream. */
type Meeting = 'one case' | 'two cases' | 'one act twice'

interface Stage {
  hallId: string
  streams: [string, string]
  cases: [string, string]
  cmdIds: [string, string]
}

async function stageFor(meeting: Meeting): Promise<Stage> {
  const hallId = `hall-${randomUUID()}`
  await openHall(pg.db, hallId, randomUUID())
  const first = `s-${randomUUID()}`
  const streams: [string, string] = [first, meeting === 'one act twice' ? first : `s-${randomUUID()}`]
  for (const streamId of new Set(streams))
    await openStream(pg.db, { hallId, streamId, branch: 0, deviceId: 'd', lane: null })
  const id = randomUUID()
  return {
    ...{ hallId, streams },
    cases: ['case-a', meeting === 'two cases' ? 'case-b' : 'case-a'],
    cmdIds: [id, meeting === 'one act twice' ? id : randomUUID()],
  }
}

/** As the judge does it: what is in the log already is left alone, all else is decided on what was loaded. */
function pushOf({ hallId, streams, cases, cmdIds }: Stage, who: 0 | 1): Make {
  const [streamId, id, cmdId] = [streams[who], cases[who], cmdIds[who]]
  return async (store) => {
    const loaded = await store.load({
      ...{ hallId, streamId, branch: 0, aggs: [{ kind: 'case', id }], grantIds: [], numbers: [] },
      ...{ cmdIds: [cmdId], seqs: { from: 1, to: 1 } },
    })
    if (loaded.knownCmdIds.length > 0) return null
    const ver0 = loaded.images.get(`case:${id}`)?.ver ?? 0
    const at = loaded.stream?.lastSeq ?? 0
    const batch = caseBatch({ hallId, streamId, at, id, ver0, image: { by: cmdId, ver: ver0 + 1 }, set: ['w'] })
    return { ...batch, log: batch.log.map((entry) => ({ ...entry, cmdId })) }
  }
}

/** A reader that follows a scope as a tablet does. */
class Reader {
  cursor = 0
  readonly held = new Map<string, number>()
  readonly #store: Store
  readonly #stage: Stage

  constructor(store: Store, stage: Stage) {
    this.#store = store
    this.#stage = stage
  }

  async pull(): Promise<void> {
    const { hallId } = this.#stage
    const page = await this.#store.page({
      ...{ hallId, streamId: null, firstUnsettled: 1, since: this.cursor, scopes: ['w'], limit: 500, touched: [] },
    })
    for (const { id, ver } of page.rows) this.held.set(id, Math.max(ver, this.held.get(id) ?? 0))
    this.cursor = page.cursor ?? this.cursor
  }
}

/** The steps of one push; a reader's pull may come before, between and after any of them. */
const steps = ['load', 'append', 'images', 'commit'] as const
type Step = (typeof steps)[number]
type Turn = { who: 0 | 1; step: Step } | 'pull'

async function takeTurn(writer: Writer, step: Step, make: Make): Promise<void> {
  if (step === 'load') return writer.load(make)
  if (step === 'append') return writer.append()
  const opened: Gate[] = step === 'images' ? ['stream', 'images'] : ['hall']
  for (const gate of opened) await writer.open(gate)
}

/** Every order of two sequences of steps, each with the pull at every place. */
function allOrders(): Turn[][] {
  const merged = (a: number, b: number): Turn[][] => {
    if (a === 0 && b === 0) return [[]]
    const first = a > 0 ? merged(a - 1, b).map((rest) => [turnOf(0, a), ...rest]) : []
    const second = b > 0 ? merged(a, b - 1).map((rest) => [turnOf(1, b), ...rest]) : []
    return [...first, ...second]
  }
  return merged(steps.length, steps.length).flatMap((order) =>
    Array.from({ length: order.length + 1 }, (_, at) => order.toSpliced(at, 0, 'pull')),
  )
}

const turnOf = (who: 0 | 1, left: number): Turn => ({ who, step: steps[steps.length - left]! })

async function play(stage: Stage, order: readonly Turn[]): Promise<Reader> {
  const reader = new Reader(pg.store, stage)
  const pushes: [Make, Make] = [pushOf(stage, 0), pushOf(stage, 1)]
  for (const turn of order) {
    if (turn === 'pull') {
      await reader.pull()
      await noHoleBelow(stage)
    } else await takeTurn(writers[turn.who], turn.step, pushes[turn.who])
  }
  await Promise.all(writers.map((writer) => writer.finished()))
  return reader
}

/** I5 at one snapshot: as many rows as the hall's position says, and no position above it. */
async function noHoleBelow({ hallId }: Stage): Promise<void> {
  const [row] = await pg.appSql`
    select (select pos::int from hall.hall_clock where hall_id = ${hallId}) as pos, count(*)::int as n,
      coalesce(max(pos), 0)::int as top from hall.command_log where hall_id = ${hallId}`
  expect(row?.['n']).toBe(row?.['pos'])
  expect(row?.['top']).toBe(row?.['pos'])
}

async function expectSound(stage: Stage, reader: Reader): Promise<void> {
  expect(writers.map(({ error }) => error)).toEqual([null, null])
  const acts = new Set(stage.cmdIds)
  const log = await pg.appSql<{ cmdId: string; streamId: string; seq: number }[]>`
    select cmd_id as "cmdId", stream_id as "streamId", seq from hall.command_log where hall_id = ${stage.hallId} order by pos`
  expect(new Set(log.map(({ cmdId }) => cmdId))).toEqual(acts) // I2: each once, none lost
  expect(log).toHaveLength(acts.size)
  for (const streamId of stage.streams)
    expect(log.filter((row) => row.streamId === streamId).map(({ seq }) => seq)).toEqual([1]) // I3
  await noHoleBelow(stage)
  await reader.pull() // I6: what was seen before and what is new are all there is
  const due = new Map([...new Set(stage.cases)].map((id) => [id, stage.cases[0] === stage.cases[1] ? acts.size : 1]))
  expect(reader.held).toEqual(due)
}

const meetings: Meeting[] = ['one case', 'two cases', 'one act twice']
test.each(meetings)(
  '[I2] [I3] [I5] [I6] [R1] [F11] two pushes over %s and a pull, in all 630 orders: nothing doubled, lost, skipped or unseen',
  async (meeting) => {
    const orders = allOrders()
    expect(orders).toHaveLength(630)
    for (const order of orders) {
      const stage = await stageFor(meeting)
      const reader = await play(stage, order)
      await expectSound(stage, reader)
    }
  },
  600_000,
)

test.each<[Gate | 'commit', Gate[]]>([
  ['stream', []],
  ['images', ['stream']],
  ['hall', ['stream', 'images']],
])(
  '[I2] [I5] [F21] a backend killed at gate %s leaves nothing behind; the other push and the retry stand',
  async (_at, opened) => {
    const stage = await stageFor('one case')
    const [first, second] = writers
    await first.load(pushOf(stage, 0))
    await second.load(pushOf(stage, 1))
    await first.append()
    for (const gate of opened) await first.open(gate)
    await second.append()
    await first.kill()
    expect(first.error).toMatchObject({ name: 'StoreUnavailable' })
    for (const gate of ['stream', 'images', 'hall'] as const) await second.open(gate)
    await second.finished()
    await noHoleBelow(stage)
    await first.load(pushOf(stage, 0))
    await first.append()
    for (const gate of ['stream', 'images', 'hall'] as const) await first.open(gate)
    await first.finished()
    await expectSound(stage, new Reader(pg.store, stage))
  },
)

test('[R1] [I5] a push that stands before its commit for as long as it likes keeps every later position back', async () => {
  const stage = await stageFor('two cases')
  const [first, second] = writers
  const reader = new Reader(pg.store, stage)
  await first.load(pushOf(stage, 0))
  await second.load(pushOf(stage, 1))
  await first.append()
  await first.open('stream')
  await first.open('images') // the first position is taken and not committed
  await second.append()
  for (const gate of ['stream', 'images', 'hall'] as const) await second.open(gate)
  for (let i = 0; i < 20; i += 1) {
    await reader.pull()
    expect(reader.held.size).toBe(0)
    expect(second.isOver).toBe(false)
  }
  await first.open('hall')
  await Promise.all([first.finished(), second.finished()])
  await expectSound(stage, reader)
})
