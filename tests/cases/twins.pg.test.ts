import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { followTwins, sweepTwins } from '../../server/cases/index.ts'
import type { Case } from '../../shared/cases/index.ts'
import { act, type ActPlan, type ForgedSigner } from '../support/forge.ts'
import { testDatabase, type TestDatabase } from '../support/postgres.ts'
import { ctxv, receiving, serverNow, words } from '../sync/forged-hall.ts'
import { pushTo, servedHall, signerAt, tabletAt, type ServedHall, type ServedTablet } from '../sync/forged-server.ts'

let pg: TestDatabase
let hall: ServedHall
let deaf: ServedHall
const seats: { tablet: ServedTablet; signer: ForgedSigner }[] = []

beforeAll(async () => {
  pg = await testDatabase()
  hall = await servedHall(pg, { follow: (hallId, done) => followTwins(hall.deps)(hallId, done) })
  deaf = await servedHall(pg)
  for (const [lane, id] of [
    ['TA', 'a'],
    ['TB', 'b'],
  ] as const) {
    const tablet = await tabletAt(hall, lane)
    seats.push({ tablet, signer: await signerAt(hall, tablet, { id }) })
  }
})
afterAll(async () => {
  await Promise.all([hall.wake.close(), deaf.wake.close()])
  await pg.stop()
})

async function doAt(at: 0 | 1, plan: ActPlan, by = hall): Promise<string | undefined> {
  const { tablet, signer } = seats[at]!
  const { results } = await pushTo(by, tablet, tablet.seq + 1, [act(tablet, signer, plan)])
  return words(results.slice(-1))[0]
}

const receipt = (at: 0 | 1, studentNo: string, more: Partial<ActPlan> = {}): ActPlan => {
  const plan = receiving(seats[at]!.tablet, more)
  return { ...plan, args: { ...plan.args, student: { name: '示例·王同学', studentNo, phone: '' } } }
}

async function caseOf(id: string): Promise<Case> {
  const [row] = await pg.appSql<{ image: Case }[]>`select image from hall.cases where hall_id = 'nbu' and id = ${id}`
  return row!.image
}
const codes = async (id: string) => (await caseOf(id)).flags.map((flag) => flag.code)

test('[OFF-4] [I16] one student, item and day received twice: both stand, the later asks a person, who joins them', async () => {
  const first = receipt(0, '20240001')
  const second = receipt(1, '20240001', { at: serverNow - 30_000 })
  expect(await doAt(0, first)).toBe('applied')
  expect(await doAt(1, second)).toBe('applied')
  await vi.waitFor(async () => expect(await codes(first.aggId)).toEqual(['sameMatter']), { timeout: 20_000 })
  const later = await caseOf(second.aggId)
  expect(later.state).toBe('open')
  expect(later.conflicts).toMatchObject([
    { field: 'twin', kept: { actorId: 'a' }, other: { actorId: 'b' }, settled: null },
  ])
  const args = { conflictId: later.conflicts[0]!.id, choice: 'join', reason: '同一件事' }
  const link = { type: 'case.link', aggId: second.aggId, args, at: serverNow - 10_000, ctxv, saw: later }
  expect(await doAt(1, link)).toBe('applied')
  expect(await doAt(0, link)).toBe('rejected:case.alreadySettled')
  expect(await caseOf(second.aggId)).toMatchObject({ state: 'voided', joinedTo: { caseId: first.aggId } })
  await vi.waitFor(async () => expect(await codes(first.aggId)).toEqual(['sameMatter', 'joinedHere']), {
    timeout: 20_000,
  })
  const log = await pg.appSql<{ caused: string | null }[]>`
    select envelope::json->>'causedBy' as caused from hall.command_log where type = 'case.twin' order by pos`
  expect(log.every(({ caused }) => caused !== null)).toBe(true)
})

test('[OFF-4] another student, another day or a voided receipt is no twin; both may be kept apart', async () => {
  const one = receipt(0, '20240002')
  const other = receipt(1, '20240003')
  const before = receipt(1, '20240002', { at: serverNow - 20 * 3_600_000 })
  for (const [at, plan] of [
    [0, one],
    [1, other],
    [1, before],
  ] as const)
    expect(await doAt(at, plan)).toBe('applied')
  await sweepTwins(hall.deps)
  expect(await Promise.all([one, other, before].map(({ aggId }) => codes(aggId)))).toEqual([[], [], []])
})

test('[OFF-4] [F14] a server that died after the append finds the pair at its next start, once', async () => {
  const first = receipt(0, '20240004')
  const second = receipt(1, '20240004', { at: serverNow - 30_000 })
  await doAt(0, first, deaf)
  await doAt(1, second, deaf)
  expect(await codes(second.aggId)).toEqual([])
  await sweepTwins(hall.deps)
  await sweepTwins(hall.deps)
  expect(await codes(first.aggId)).toEqual(['sameMatter'])
  const { conflicts } = await caseOf(second.aggId)
  expect(conflicts).toHaveLength(1)
  const apart = { conflictId: conflicts[0]!.id, choice: 'apart', reason: '两件事' }
  const link = {
    type: 'case.link',
    aggId: second.aggId,
    args: apart,
    at: serverNow,
    ctxv,
    saw: await caseOf(second.aggId),
  }
  expect(await doAt(0, link)).toBe('applied')
  expect((await caseOf(second.aggId)).state).toBe('open')
})
