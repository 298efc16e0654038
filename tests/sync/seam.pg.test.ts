import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { pullOnce } from '../../client/sync/pull.ts'
import { pushOnce } from '../../client/sync/push.ts'
import { issueAsSystem } from '../../server/sync/index.ts'
import type { Case } from '../../shared/cases/index.ts'
import type { Frame } from '../../shared/wire/frame.ts'
import { act, type ActPlan, type ForgedSigner } from '../support/forge.ts'
import { testDatabase, type TestDatabase } from '../support/postgres.ts'
import { ctxv, noting, phoning, receiving, serverNow, words } from './forged-hall.ts'
import { pushTo, servedHall, signerAt, tabletAt, type ServedHall, type ServedTablet } from './forged-server.ts'
import { casesOn, casesThere, catchUp, cut, digestsOf, noteDraft, scope, servedTablet, tap } from './served-tablet.ts'
import type { EngineTablet } from './served-tablet.ts'

let pg: TestDatabase
let hall: ServedHall
let writers: { tablet: ServedTablet; signer: ForgedSigner }[]
beforeAll(async () => {
  pg = await testDatabase()
  hall = await servedHall(pg)
  const one = async (lane: string) => {
    const tablet = await tabletAt(hall, lane)
    return { tablet, signer: await signerAt(hall, tablet, { id: lane }) }
  }
  writers = [await one('SA'), await one('SB')]
})
afterAll(async () => {
  await hall.wake.close()
  await pg.stop()
})

/** One of the other tablets pushes; none of its acts may fail. */
async function write(who: 0 | 1, ...plans: ActPlan[]): Promise<void> {
  const { tablet, signer } = writers[who]!
  const from = tablet.seq + 1
  const commands = plans.map((plan) => act(tablet, signer, plan))
  const { results } = await pushTo(hall, tablet, from, commands)
  const outcomes = words(results.filter(({ seq }) => seq >= from)).map((word) => word.split(':')[0] ?? '')
  expect(outcomes.filter((word) => !['applied', 'merged', 'conflict'].includes(word))).toEqual([])
  expect(outcomes).toHaveLength(plans.length)
}

async function received(count: number): Promise<string[]> {
  const ids = Array.from({ length: count }, () => randomUUID())
  await write(0, ...ids.map((aggId) => receiving(writers[0]!.tablet, { aggId })))
  return ids
}

const endedAt = serverNow - 50_000
const concluding = (aggId: string): ActPlan => ({
  ...{ type: 'case.conclude', aggId, at: endedAt, ctxv, args: { result: '已办', resultNote: '' } },
  saw: { state: 'open' },
})
async function putAway(id: string): Promise<void> {
  const [row] = await pg.appSql<{ at: string }[]>`select image->>'endedAt' as at from hall.cases where id = ${id}`
  const args = { endedAt: Number(row?.at) }
  const results = await issueAsSystem(hall.deps, 'nbu', [{ type: 'case.archive', v: 1, kind: 'case', aggId: id, args }])
  expect(words(results)).toEqual(['applied'])
}

/** Every row of the snapshots' pages a tablet was handed, as id@ver. */
function handed(tablet: EngineTablet): string[] {
  const rows: string[] = []
  tablet.line.after = (_what, frame, isSnapshot) => {
    if (isSnapshot) rows.push(...(frame as Frame).rows.map(({ id, ver }) => `${id}@${String(ver)}`))
  }
  return rows
}

async function expectSame(tablet: EngineTablet): Promise<void> {
  expect(casesOn(tablet)).toEqual(await casesThere(hall))
  const { there, here, counted } = await digestsOf(hall, tablet)
  expect([here, counted]).toEqual([there, there])
  expect(tablet.reports.filter((event) => event.startsWith('digest'))).toEqual([])
}

test('[R2] a first pull of many pages while others push: no row twice, none missed, the end is what the server has', async () => {
  const ids = await received(40)
  await write(0, concluding(ids[2]!), concluding(ids[30]!))
  const tablet = await servedTablet(hall, 'SC')
  const rows = handed(tablet)
  tablet.line.limit = 4
  const meanwhile: Promise<void>[] = []
  const steps: (() => Promise<void>)[] = [
    () => write(1, noting(ids[0]!), noting(ids[39]!)), // one that has come, one that has not
    () => putAway(ids[2]!), // it has come, and leaves before the end
    () => putAway(ids[30]!), // it leaves before it comes
    () => write(0, receiving(writers[0]!.tablet), noting(ids[39]!)),
    () => write(1, receiving(writers[1]!.tablet), phoning(ids[5]!, '13900000001', { pii: { phone: '13800001234' } })),
    () => write(0, noting(ids[38]!), noting(ids[0]!), noting(ids[1]!)),
  ]
  let inScope = 0
  tablet.line.before = () => {
    const { cursor, stamp } = tablet.disk.row('scope', scope)!
    if (cursor === 0 || stamp === null) return
    inScope += 1
    const step = steps.shift()
    if (step) meanwhile.push(step())
  }
  while (tablet.disk.rows('scope').some(({ cursor, stamp }) => cursor === 0 || stamp !== null))
    await pullOnce(tablet.engine)
  await Promise.all(meanwhile)
  await catchUp(tablet)
  expect([steps.length, inScope > 8]).toEqual([0, true])
  expect(rows.filter((row, at) => rows.indexOf(row) !== at)).toEqual([])
  expect(casesOn(tablet).map(({ id }) => id)).not.toContain(ids[2])
  await expectSame(tablet)
})

test('[R2] [P7] a writer that never rests while a first pull goes on: the pull comes to its end and to the same rows', async () => {
  const ids = await received(30)
  const tablet = await servedTablet(hall, 'SD')
  const rows = handed(tablet)
  tablet.line.limit = 5
  let isPulling = true
  let pushes = 0
  const busy = (who: 0 | 1) =>
    (async () => {
      for (let n = who; isPulling; n += 1, pushes += 1)
        await write(who, noting(ids[(n * 7) % 30]!), receiving(writers[who]!.tablet))
    })()
  const both = Promise.all([busy(0), busy(1)])
  tablet.line.before = async () => {
    while (pushes === 0) await new Promise(setImmediate) // no page before they have begun
  }
  while (!tablet.disk.rows('scope').every(({ cursor, stamp }) => cursor > 0 && stamp === null))
    await pullOnce(tablet.engine)
  isPulling = false
  await both
  await catchUp(tablet)
  expect(new Set(rows).size).toBe(rows.length)
  await expectSame(tablet)
})

/** A tablet that has caught up and has an unsent note on a case, and a hand that holds back answers. */
async function waiting(lane: string) {
  const [id = ''] = await received(1)
  const tablet = await servedTablet(hall, lane)
  await catchUp(tablet)
  await tap(tablet, noteDraft(id, `本机 ${lane}`))
  const notes = () => {
    const { notes: kept, pii } = tablet.disk.row('view', id)!.image as unknown as Case
    return kept.map(({ key }) => pii[key])
  }
  expect(notes()).toEqual([`本机 ${lane}`])
  return { id, tablet, notes }
}

/** A promise and its key. */
function gate() {
  let open = (): void => undefined
  const opened = new Promise<void>((resolve) => (open = resolve))
  return { opened, open }
}

test('[R4] [R5] a pull is answered while the answer to a push is still on its way: the act is shown once, in each frame’s order', async () => {
  const { id, tablet, notes } = await waiting('SE')
  const [reached, released] = [gate(), gate()]
  tablet.line.after = async (what) => {
    if (what !== 'push') return
    reached.open()
    await released.opened
  }
  const push = pushOnce(tablet.engine)
  await reached.opened // decided at the server, and the tablet does not know
  await write(1, noting(id, '别处'))
  await pullOnce(tablet.engine)
  expect(notes()).toEqual(['本机 SE', '别处'])
  expect(tablet.disk.rows('outcome')).toMatchObject([{ state: 'settled', outcome: 'applied' }])
  released.open() // an answer older than what is held
  expect(await push).toMatchObject({ sent: 1, settled: 0 })
  expect(notes()).toEqual(['本机 SE', '别处'])
  expect(tablet.disk.rows('base')).toEqual([])
  await catchUp(tablet)
  await expectSame(tablet)
})

test('[R4] the server changes the row between the tap and the push, and the pull comes before it: the note stays in sight throughout', async () => {
  const { id, tablet, notes } = await waiting('SF')
  const [asked, released] = [gate(), gate()]
  tablet.line.before = async (what) => {
    if (what !== 'push') return
    asked.open()
    await released.opened
  }
  const push = pushOnce(tablet.engine)
  await asked.opened // on its way, not yet there
  await write(1, noting(id, '别处'))
  await pullOnce(tablet.engine)
  expect(notes()).toEqual(['别处', '本机 SF'])
  expect(tablet.disk.row('base', id)).toMatchObject({ ver: 2 })
  released.open()
  expect(await push).toMatchObject({ sent: 1, settled: 1 })
  expect(notes()).toEqual(['别处', '本机 SF'])
  await catchUp(tablet)
  await expectSame(tablet)
})

test('[R5] [R4] the answer to a push is lost, a pull comes, the push is tried again: logged once, shown once', async () => {
  const { id, tablet, notes } = await waiting('SG')
  tablet.line.after = (what) => (what === 'push' ? cut() : undefined)
  await expect(pushOnce(tablet.engine)).rejects.toThrow('unreachable')
  expect(tablet.disk.rows('outcome')).toMatchObject([{ state: 'pending' }])
  await write(1, noting(id, '别处'))
  const before = tablet.disk.image()
  await pullOnce(tablet.engine)
  expect(notes()).toEqual(['本机 SG', '别处'])
  tablet.disk.put(before) // the same, but the retry comes first
  tablet.restart()
  tablet.line.after = () => undefined
  expect(await pushOnce(tablet.engine)).toMatchObject({ sent: 1, settled: 1 })
  await pullOnce(tablet.engine)
  expect(notes()).toEqual(['本机 SG', '别处'])
  const [logged] = await pg.appSql<{ n: number }[]>`
    select count(*)::int as n from hall.command_log where stream_id = ${tablet.known.streamId}`
  expect(logged?.n).toBe(1)
  await catchUp(tablet)
  await expectSame(tablet)
})
