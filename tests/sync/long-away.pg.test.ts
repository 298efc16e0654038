import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { exchange } from '../../client/sync/exchange.ts'
import { pullOnce } from '../../client/sync/pull.ts'
import { pushOnce } from '../../client/sync/push.ts'
import { tidyHall } from '../../server/ops/index.ts'
import type { ActDraft } from '../../client/local/act-types.ts'
import { act, type ActPlan, type ForgedSigner } from '../support/forge.ts'
import { testDatabase, type TestDatabase } from '../support/postgres.ts'
import { ctxv, item, receiving, serverNow, words } from './forged-hall.ts'
import { pushTo, servedHall, signerAt, tabletAt, type ServedHall, type ServedTablet } from './forged-server.ts'
import { casesOn, casesThere, catchUp, digestsOf, noteDraft, scope, servedTablet, tap } from './served-tablet.ts'
import type { EngineTablet } from './served-tablet.ts'

const day = 86_400_000
const ages = serverNow + 2000 * day
let now = serverNow
let pg: TestDatabase
let hall: ServedHall
let other: ServedTablet
let signer: ForgedSigner
beforeAll(async () => {
  pg = await testDatabase()
  hall = await servedHall(pg, { now: () => now })
  other = await tabletAt(hall, 'AA')
  signer = await signerAt(hall, other, { id: 'other', to: ages })
})
afterAll(async () => {
  await hall.wake.close()
  await pg.stop()
})

/** The other tablet does its acts; they are all taken. */
async function others(...plans: ActPlan[]): Promise<void> {
  const from = other.seq + 1
  const commands = plans.map((plan) => act(other, signer, plan))
  const { results } = await pushTo(hall, other, from, commands)
  const own = words(results.filter(({ seq }) => seq >= from))
  expect(own).toEqual(plans.map(() => 'applied'))
}

async function received(): Promise<string> {
  const aggId = randomUUID()
  await others(receiving(other, { aggId, at: now - 60_000 }))
  return aggId
}

const conclude = (aggId: string): Promise<void> =>
  others({
    ...{ type: 'case.conclude', aggId, at: now - 50_000, ctxv, args: { result: '已办', resultNote: '' } },
    saw: { state: 'open' },
  })

const receiveDraft = (aggId: string): ActDraft => ({
  ...{ type: 'case.receive', kind: 'case', aggId, itemId: item.id },
  args: ({ lane, next }) => ({
    ...{ number: `XS-261120-${String(lane)}-${String(next())}`, itemId: item.id, ticket: null },
    student: { name: '示例·李同学', studentNo: '20240118', phone: '' },
    materials: item.materials.map(({ id }) => ({ id, state: 'present' })),
  }),
})

const notesOn = ({ disk }: EngineTablet, id: string): string[] =>
  Object.values(disk.row('view', id)?.image['pii'] ?? {})
const openActs = ({ disk }: EngineTablet) => disk.rows('outcome').filter(({ open }) => open === 1).length

async function expectEqual(tablet: EngineTablet): Promise<void> {
  expect(casesOn(tablet)).toEqual(await casesThere(hall))
  const { there, here, counted } = await digestsOf(hall, tablet)
  expect([here, counted]).toEqual([there, there])
  expect(tablet.disk.rows('base')).toEqual([])
}

/** A tablet of a caught-up window that goes away with three unsent acts: on a case that ends, on one that stays, on its own. */
async function goneAway(lane: string) {
  const [ends, stays] = [await received(), await received()]
  const tablet = await servedTablet(hall, lane, ages)
  tablet.clock.now = now
  await catchUp(tablet)
  const own = randomUUID()
  await tap(tablet, noteDraft(ends, '走前记下'))
  await tap(tablet, noteDraft(stays, '也记下'))
  await tap(tablet, receiveDraft(own))
  await conclude(ends)
  return { tablet, ends, stays, own }
}

/** Half a year passes at the server: cases are put away, what left is forgotten, the horizon rises. */
async function halfAYear({ clock }: EngineTablet): Promise<void> {
  now += 31 * day
  await tidyHall(hall.deps, 'nbu')
  now += 181 * day
  await received() // the last act before the horizon is never the youngest
  await tidyHall(hall.deps, 'nbu')
  clock.now = now
}

test('[R16] [I21] away for half a year with unsent acts: begun again by the server’s word, nothing unsent is lost, the end is equal', async () => {
  const { tablet, ends, stays, own } = await goneAway('AB')
  await halfAYear(tablet)
  const outbox = tablet.disk.rows('outbox')
  expect(await pullOnce(tablet.engine)).toMatchObject({ restarted: 2 })
  expect(tablet.reports).toEqual(['horizon-passed'])
  while (tablet.disk.rows('scope').some(({ cursor, stamp }) => cursor === 0 || stamp !== null)) {
    await pullOnce(tablet.engine)
    expect(tablet.disk.rows('outbox')).toEqual(outbox)
    expect(openActs(tablet)).toBe(3)
    for (const id of [ends, stays, own]) expect(tablet.disk.row('view', id)).toBeDefined() // I25: what was done stays in sight
  }
  expect(notesOn(tablet, ends)).toContain('走前记下')
  expect(tablet.disk.row('base', ends)).toMatchObject({ ver: 1, scopes: [] })
  await exchange(tablet.engine, new AbortController().signal)
  expect(openActs(tablet)).toBe(0)
  expect(tablet.disk.rows('outcome').map(({ outcome, state }) => [outcome, state])).toEqual([
    ['applied', 'settled'],
    ['applied', 'settled'],
    ['applied', 'settled'],
  ])
  expect(tablet.disk.row('view', ends)).toBeUndefined()
  expect(notesOn(tablet, stays)).toContain('也记下')
  await catchUp(tablet)
  await expectEqual(tablet)
  const [kept] = await pg.appSql<{ pii: Record<string, string> }[]>`
    select image->'pii' as pii from hall.cases where id = ${ends}`
  expect(Object.values(kept?.pii ?? {})).toContain('走前记下')
})

test('[R16] the same in the loop’s own order, push first: one exchange and it is equal', async () => {
  const { tablet, own } = await goneAway('AC')
  await halfAYear(tablet)
  await exchange(tablet.engine, new AbortController().signal)
  expect(tablet.reports).toContain('horizon-passed')
  expect(openActs(tablet)).toBe(0)
  expect(casesOn(tablet).map(({ id }) => id)).toContain(own)
  await expectEqual(tablet)
})

test('[R16] [I8] a case put away while an act on it is unsent keeps its base until that is settled, then goes', async () => {
  const { tablet, ends } = await goneAway('AD')
  now += 31 * day
  await tidyHall(hall.deps, 'nbu')
  tablet.clock.now = now
  await pullOnce(tablet.engine) // the leave comes before the push
  expect(tablet.disk.row('scope', scope)?.cursor).toBeGreaterThan(0)
  expect(tablet.disk.row('base', ends)).toMatchObject({ scopes: [] })
  expect(notesOn(tablet, ends)).toContain('走前记下')
  expect(openActs(tablet)).toBe(3)
  expect(await pushOnce(tablet.engine)).toMatchObject({ sent: 3, settled: 3 })
  expect([tablet.disk.row('base', ends), tablet.disk.row('view', ends)]).toEqual([undefined, undefined])
  await catchUp(tablet)
  await expectEqual(tablet)
  expect(tablet.reports).toEqual([])
})
