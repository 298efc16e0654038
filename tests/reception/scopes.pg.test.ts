import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { tidyHall } from '../../server/ops/index.ts'
import type { Json } from '../../shared/core/canonical.ts'
import { act, nextNumber, type ForgedSigner } from '../support/forge.ts'
import { testDatabase, type TestDatabase } from '../support/postgres.ts'
import { ctxv, item, serverNow, words } from '../sync/forged-hall.ts'
import {
  pulled,
  pushTo,
  servedHall,
  signerAt,
  tabletAt,
  type ServedHall,
  type ServedTablet,
} from '../sync/forged-server.ts'

const day = 86_400_000
const scope = `window:${item.windowId}`
let now = serverNow
let pg: TestDatabase
let hall: ServedHall
let tablet: ServedTablet
let signer: ForgedSigner
beforeAll(async () => {
  pg = await testDatabase()
  hall = await servedHall(pg, { now: () => now })
  tablet = await tabletAt(hall, 'R1')
  signer = await signerAt(hall, tablet, { to: serverNow + 100 * day })
})
afterAll(async () => {
  await hall.wake.close()
  await pg.stop()
})

async function send(type: string, aggId: string, args: Record<string, Json>): Promise<string[]> {
  const from = tablet.seq + 1
  const plan = { type, aggId, args, at: serverNow - 50_000, ctxv, saw: { asked: null, state: 'open' } }
  const { results } = await pushTo(hall, tablet, from, [act(tablet, signer, plan)])
  return words(results.filter(({ seq }) => seq >= from))
}

async function opened(more: Record<string, Json>): Promise<string> {
  const id = randomUUID()
  const args = {
    ...{ number: nextNumber(tablet), matter: 'own', voice: null, channel: 'phone', isAboutStaff: false, units: [] },
    ...{ isSerious: false, person: { name: '示例·王同学', phone: '13800001234' }, text: '示例', item: null },
    ...{ replyOn: null, ...more },
  }
  expect(await send('contact.open', id, args)).toEqual(['applied'])
  return id
}

const seen = async () => (await pulled(hall, tablet)).rows.map(({ id }) => id)
const scopesOf = async (id: string) => {
  const rows = await pg.appSql<{ scope: string }[]>`
    select scope from hall.scope_index where agg_id = ${id} and op = 'set' order by scope`
  return rows.map((row) => row.scope)
}

test('[REF-CQ3.4] [I6] a complaint taken at a window stands with the supervisors and comes to no tablet of the window', async () => {
  const id = await opened({ matter: 'voice', voice: 'complaint' })
  expect(await scopesOf(id)).toEqual(['supervisor'])
  expect(await seen()).not.toContain(id)
})

test('[NBU-6] [I6] a contact stays with its window some days after its end, and then only in the record', async () => {
  const [over, open] = [await opened({}), await opened({})]
  expect(await send('contact.answer', over, { how: 'solved', text: '', told: 'inPerson' })).toEqual(['applied'])
  now = serverNow + 6 * day
  expect((await tidyHall(hall.deps, 'nbu')).archived).toBe(0)
  expect(await seen()).toEqual(expect.arrayContaining([over, open]))
  now = serverNow + 8 * day
  expect((await tidyHall(hall.deps, 'nbu')).archived).toBe(1)
  expect((await tidyHall(hall.deps, 'nbu')).archived).toBe(0)
  expect(await seen()).toContain(open)
  expect(await seen()).not.toContain(over)
  expect(await scopesOf(open)).toEqual(['supervisor', scope])
})

test('[NBU-6] [I17] a first contact prints only numbers of its own tablet’s lane', async () => {
  const args = {
    ...{ number: 'XS-261120-ZZ-1', matter: 'own', voice: null, channel: 'phone', isAboutStaff: false, units: [] },
    ...{ isSerious: false, person: { name: '', phone: '' }, text: '', item: null, replyOn: null },
  }
  expect(await send('contact.open', randomUUID(), args)).toEqual(['held:quarantine:lane'])
})
