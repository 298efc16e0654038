import { expect, test } from 'vitest'
import { actInterval } from '../../server/sync/act-interval.ts'
import { act } from '../support/forge.ts'
import { memoryHall, pushTo, receiving, serverNow, signerIn, tabletIn, words } from './forged-hall.ts'

const minute = 60_000
const year = 365 * 86_400_000

test('[I19] the interval is the estimate ± its error, clipped by the previous act and by receipt', () => {
  const at = (wall: number, offErr: number) => ({ wall, off: 1000, offErr })
  const bounds = { floor: 5_000, receivedAt: 9_000 }
  expect(actInterval(at(6_000, 500), bounds)).toEqual({ lo: 6_500, hi: 7_500 })
  expect(actInterval(at(4_500, 1_000), bounds)).toEqual({ lo: 5_000, hi: 6_500 })
  expect(actInterval(at(7_500, 1_000), bounds)).toEqual({ lo: 7_500, hi: 9_000 })
  expect(actInterval(at(90_000, 10), bounds)).toEqual({ lo: 5_000, hi: 9_000 })
  expect(actInterval(at(-90_000, 10), bounds)).toEqual({ lo: 5_000, hi: 9_000 })
  expect(actInterval(at(90_000, 10), { ...bounds, floor: null })).toEqual({ lo: 9_000, hi: 9_000 })
  expect(actInterval(null, bounds)).toEqual({ lo: 5_000, hi: 9_000 })
})

test('[R14][X12] a clock a year ahead refuses nothing, says nothing, and does not date the act behind it', async () => {
  const hall = memoryHall()
  const tablet = tabletIn(hall)
  const a = signerIn(hall, tablet)
  const sent = [
    act(tablet, a, receiving(tablet, { at: serverNow + year })),
    act(tablet, a, receiving(tablet, { at: serverNow })),
  ]
  const { results } = await pushTo(hall, tablet, { from: 1, commands: sent })
  expect(words(results)).toEqual(['applied', 'applied'])
  expect(hall.db.rowsOf(tablet.streamId).map(({ wall, lo, hi }) => [wall, lo, hi])).toEqual([
    [serverNow + year, a.grant.fromAt, serverNow],
    [serverNow, serverNow - 50, serverNow],
  ])
})

test('[I19] acts of one stream never go back in time, over batches too', async () => {
  const hall = memoryHall()
  const tablet = tabletIn(hall)
  const a = signerIn(hall, tablet)
  await pushTo(hall, tablet, { from: 1, commands: [act(tablet, a, receiving(tablet, { at: serverNow - minute }))] })
  await pushTo(hall, tablet, {
    from: 2,
    commands: [act(tablet, a, receiving(tablet, { at: serverNow - 60 * minute }))],
  })
  const [first, second] = hall.db.rowsOf(tablet.streamId)
  expect(second?.lo).toBe(first?.lo)
})

test('[I12][T3] an act outside its grant, or on the edge of it, is held for the supervisor', async () => {
  const hall = memoryHall()
  const tablet = tabletIn(hall)
  const edge = serverNow - 10 * minute
  const a = signerIn(hall, tablet, { to: edge })
  const at = (ms: number) => act(tablet, a, receiving(tablet, { at: ms }))
  const sent = [at(edge - minute), at(edge - 20), at(edge + minute)]
  const { results } = await pushTo(hall, tablet, { from: 1, commands: sent })
  expect(words(results)).toEqual(['applied', 'held:grant:time', 'held:grant:time'])
  expect(hall.db.rowsOf(tablet.streamId).map((row) => row.actorId)).toEqual(['a', 'a', 'a'])
})

test('[F42] received after the grant was revoked, an act claimed before the end waits for the supervisor', async () => {
  const hall = memoryHall()
  const tablet = tabletIn(hall)
  const a = signerIn(hall, tablet)
  const sent = [
    act(tablet, a, receiving(tablet, { at: serverNow - 20 * minute })),
    act(tablet, a, receiving(tablet, { at: serverNow - minute })),
  ]
  hall.db.grants.set(a.grant.id, { ...a.grant, revokedAt: serverNow - 10 * minute })
  const { results } = await pushTo(hall, tablet, { from: 1, commands: sent })
  expect(words(results)).toEqual(['held:grant:revoked', 'held:grant:ended'])
})

test('[P12] everything a revoked tablet sends is held, act by act, and none is lost', async () => {
  const hall = memoryHall()
  const tablet = tabletIn(hall)
  const a = signerIn(hall, tablet)
  const sent = [act(tablet, a, receiving(tablet, { at: serverNow - 20 * minute })), act(tablet, a, receiving(tablet))]
  const { results } = await pushTo(hall, tablet, { from: 1, commands: sent, revokedAt: serverNow - minute })
  expect(words(results)).toEqual(['held:grant:device', 'held:grant:device'])
  expect(hall.db.rowsOf(tablet.streamId).map((row) => row.envelope)).toEqual(sent.map((one) => one.env))
})
