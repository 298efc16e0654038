import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { PublicMap } from '../../shared/wire/public.ts'
import { act } from '../support/forge.ts'
import { testDatabase, type TestDatabase } from '../support/postgres.ts'
import { ctxv, item, serverNow } from '../sync/forged-hall.ts'
import { pushTo, servedHall, signerAt, tabletAt, type ServedHall } from '../sync/forged-server.ts'

let pg: TestDatabase
let hall: ServedHall
beforeAll(async () => {
  pg = await testDatabase()
  hall = await servedHall(pg, { now: () => serverNow })
})
afterAll(async () => {
  await hall.wake.close()
  await pg.stop()
})

const ask = async (hallId: string) => {
  const answer = await hall.app.request(`http://hall.test/api/v1/public/halls/${hallId}/map`)
  return { status: answer.status, text: await answer.text() }
}

test('[SSC-18] anybody sees windows, open or closed, and which role took a window over today; never a name', async () => {
  const tablet = await tabletAt(hall, 'R1')
  const a = await signerAt(hall, tablet)
  const b = await signerAt(hall, tablet, { id: 'b', role: 'roleB' })
  const first = PublicMap.parse(JSON.parse((await ask('nbu')).text))
  expect(first).toMatchObject({ isOpen: false, next: { on: '2026-11-20', from: '12:00' }, roleWord: '岗', duty: [] })
  const plan = { aggId: randomUUID(), at: serverNow - 60_000, ctxv, saw: { state: 'open' } }
  const commands = [
    act(tablet, a, { ...plan, type: 'handover.open', args: { lines: [] } }),
    act(tablet, b, { ...plan, type: 'handover.confirm', args: { remarks: [] } }),
  ]
  await pushTo(hall, tablet, 1, commands)
  const { text } = await ask('nbu')
  expect(PublicMap.parse(JSON.parse(text)).duty).toEqual([{ windowId: item.windowId, role: 'roleB' }])
  expect(text).not.toContain('示例·b')
  expect((await ask('nowhere')).status).toBe(404)
})
