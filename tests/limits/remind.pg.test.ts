import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { putAwayDayCloses, remindAll, remindHall } from '../../server/limits/index.ts'
import { momentOf } from '../../shared/calendar/day.ts'
import type { Reminder } from '../../shared/cases/index.ts'
import { act, type ForgedSigner } from '../support/forge.ts'
import { testDatabase, type TestDatabase } from '../support/postgres.ts'
import { ctxv, item, receiving, serverNow, words } from '../sync/forged-hall.ts'
import { pulled, pushTo, servedHall, signerAt, tabletAt } from '../sync/forged-server.ts'
import type { ServedHall, ServedTablet } from '../sync/forged-server.ts'

let now = serverNow
let pg: TestDatabase
let hall: ServedHall
let tablet: ServedTablet
let signer: ForgedSigner
beforeAll(async () => {
  pg = await testDatabase()
  hall = await servedHall(pg, { now: () => now })
  tablet = await tabletAt(hall, 'L1')
  signer = await signerAt(hall, tablet, { to: serverNow + 90 * 86_400_000 })
})
afterAll(async () => {
  await hall.wake.close()
  await pg.stop()
})

async function send(...plans: Parameters<typeof act>[2][]): Promise<void> {
  const from = tablet.seq + 1
  const { results } = await pushTo(
    hall,
    tablet,
    from,
    plans.map((plan) => act(tablet, signer, plan)),
  )
  expect(words(results.filter(({ seq }) => seq >= from))).toEqual(plans.map(() => 'applied'))
}

/** A case promised for a day; the promise of thirty working days is a long one. */
async function promised(on: string, workingDays: number): Promise<string> {
  const aggId = randomUUID()
  const args = { workingDays, on, level: 'ordinary', reason: '须审核', beyondReason: null }
  const at = serverNow - 50_000
  await send(receiving(tablet, { aggId }), { type: 'case.accept', aggId, args, at, ctxv, saw: { state: 'open' } })
  return aggId
}

const at = (when: string) => momentOf(when.slice(0, 10), when.slice(11))

/** The reminders of each case as a tablet pulls them: 催办 or 督办, of which day, to whom. */
async function said(ids: readonly string[]): Promise<string[][]> {
  const { rows } = await pulled(hall, tablet)
  const of = (id: string) => (rows.find((row) => row.id === id)?.image.reminders ?? []) as unknown as Reminder[]
  return ids.map((id) => of(id).map(({ way, dueOn, to }) => `${way} ${dueOn ?? ''} ${to?.actorId ?? 'supervisors'}`))
}

test('[SUP-1] due tomorrow, due yesterday, thirty days due in three: handler, supervisors, handler; each once', async () => {
  const ids = [await promised('2026-11-24', 5), await promised('2026-11-20', 5), await promised('2026-11-26', 30)]
  const far = await promised('2026-11-26', 5)
  now = at('2026-11-23 10:00')
  // Two instances at the same moment, then a later round: nothing is said twice.
  const counts = await Promise.all([remindHall(hall.deps, 'nbu'), remindHall(hall.deps, 'nbu')])
  expect(counts.reduce((sum, n) => sum + n, 0)).toBe(3)
  expect(await remindHall(hall.deps, 'nbu')).toBe(0)
  const near = ['urge 2026-11-24 a']
  expect(await said([...ids, far])).toEqual([near, ['supervise 2026-11-20 supervisors'], ['urge 2026-11-26 a'], []])
  now = at('2026-11-25 10:00')
  expect(await remindHall(hall.deps, 'nbu')).toBe(2)
  expect(await said([ids[0] ?? '', far])).toEqual([
    [...near, 'supervise 2026-11-24 supervisors'],
    ['urge 2026-11-26 a'],
  ])
})

test('[SUP-1] nobody is reminded on a day off or before the hall opens', async () => {
  const id = await promised('2026-11-30', 5)
  for (const when of ['2026-11-28 10:00', '2026-11-29 23:30', '2026-11-30 08:59']) {
    now = at(when)
    await remindAll(hall.deps)
  }
  expect(await said([id])).toEqual([[]])
  now = at('2026-11-30 09:00')
  await remindAll(hall.deps)
  expect(await said([id])).toEqual([['urge 2026-11-30 a']])
})

test('[SUP-1] while the student is awaited nothing is said; the moved date is what counts afterwards', async () => {
  const aggId = await promised('2026-12-03', 5)
  const id = item.materials[0]?.id ?? ''
  const missing = [{ materialId: id, name: '示例材料', state: 'missing', how: '请补交一份' }]
  const told = { type: 'case.supplementNotice', aggId, at: at('2026-12-01 10:00'), ctxv }
  now = at('2026-12-01 10:00')
  await send({
    ...told,
    args: { missing, matters: [] },
    saw: { state: 'open', notices: [], materials: { [id]: { state: 'present' } } },
  })
  now = at('2026-12-07 10:00')
  await remindAll(hall.deps)
  expect(await said([aggId])).toEqual([[]])
  const given = { type: 'case.materialGiven', aggId, at: at('2026-12-07 10:00') - 1000, ctxv }
  const saw = { notices: [{}], materials: { [id]: { state: 'missing' } } }
  await send({ ...given, args: { materials: [{ id, state: 'present' }] }, saw })
  now = at('2026-12-08 10:00')
  await remindAll(hall.deps)
  expect(await said([aggId])).toEqual([[]])
  now = at('2026-12-09 10:00')
  await remindAll(hall.deps)
  expect(await said([aggId])).toEqual([['urge 2026-12-10 a']])
})

test('[SSC-21] a sheet of 收工 leaves its window a month later and stays in the record', async () => {
  const aggId = randomUUID()
  now = at('2026-12-11 17:00')
  await send({ type: 'dayClose.file', aggId, args: { left: [] }, at: at('2026-12-11 16:50'), ctxv })
  const isHere = async () => (await pulled(hall, tablet)).rows.some(({ id }) => id === aggId)
  now = at('2027-01-09 10:00')
  expect([await putAwayDayCloses(hall.deps, 'nbu'), await isHere()]).toEqual([0, true])
  now = at('2027-01-11 10:00')
  expect([await putAwayDayCloses(hall.deps, 'nbu'), await isHere()]).toEqual([1, false])
  expect(await putAwayDayCloses(hall.deps, 'nbu')).toBe(0)
})
