import { expect, test } from 'vitest'
import { calendarsFromChineseDays } from '../../server/calendar/seed-calendars.ts'
import { momentOf } from '../../shared/calendar/day.ts'
import type { Flag } from '../../shared/core/outcome.ts'
import { nbuProfile } from '../../shared/profiles/nbu.ts'
import { act, readEnv, type ActPlan, type ForgedTablet } from '../support/forge.ts'
import {
  ctxv,
  item,
  memoryHall,
  noting,
  pushTo,
  receiving,
  serverNow,
  signerIn,
  tabletIn,
  words,
} from './forged-hall.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

function world() {
  const hall = memoryHall()
  const tablet = tabletIn(hall)
  const a = signerIn(hall, tablet)
  /** An act at a wall time, with the estimate the tablet makes of the server's clock. */
  const at = (wall: number, forge: Record<string, unknown> = {}, plan: Partial<ActPlan> = {}) =>
    act(tablet, a, receiving(tablet, { at: wall, forge, ...plan }))
  const flagsOf = () =>
    hall.db
      .rowsOf(tablet.streamId)
      .map(({ verdict }) => (JSON.parse(verdict) as { flags: Flag[] }).flags.map(({ code }) => code))
  return { hall, tablet, a, at, flagsOf }
}

const intervals = (hall: ReturnType<typeof memoryHall>, tablet: ForgedTablet) =>
  hall.db.rowsOf(tablet.streamId).map(({ lo, hi }) => [Number(lo) - serverNow, Number(hi) - serverNow])

test('[R14][I19] one boot, wall set forward a day and back: both acts stand, and each step is flagged', async () => {
  const { hall, tablet, at, flagsOf } = world()
  const clock = (mono: number, off: number) => ({ mono, boot: 'b', off, offErr: 200 })
  const sent = [
    at(serverNow - 30 * minute, clock(1_000, 0)),
    at(serverNow - 20 * minute + day, clock(1_000 + 10 * minute, -day)),
    at(serverNow - 10 * minute, clock(1_000 + 20 * minute, 0)),
  ]
  const { results } = await pushTo(hall, tablet, { from: 1, commands: sent })
  expect(words(results)).toEqual(['applied', 'applied', 'applied'])
  expect(flagsOf()).toEqual([[], ['clock-jump', 'clock-off'], ['clock-jump', 'clock-back']])
  expect(intervals(hall, tablet)).toEqual([-30, -20, -10].map((m) => [m * minute - 200, m * minute + 200]))
})

test('[P15][F26] a clock off by more than the profile allows is flagged, one within it is not', async () => {
  const { hall, at, flagsOf, tablet } = world()
  expect(nbuProfile.settings.clockErrorFlagMinutes.value).toBe(15)
  const fast = (minutes: number) => ({ off: -minutes * minute })
  const sent = [3, 14, 16, -16].map((minutes, i) => at(serverNow - (9 - i) * minute + minutes * minute, fast(minutes)))
  const { results } = await pushTo(hall, tablet, { from: 1, commands: sent })
  expect(words(results)).toEqual(['applied', 'applied', 'applied', 'applied'])
  expect(flagsOf().map((codes) => codes.includes('clock-off'))).toEqual([false, false, true, true])
})

test.each([
  ['a day ahead', day],
  ['a day behind', -day],
  ['eight hours ahead (a zone)', 8 * hour],
  ['eight hours behind (a zone)', -8 * hour],
  ['in 1970', 1_000 - serverNow],
  ['in 2038', Date.parse('2038-01-19T03:14:08Z') - serverNow],
])('[F26][I19] with the clock %s nothing is refused, moved or lost, and the act is marked', async (_name, shift) => {
  const { hall, tablet, at, flagsOf } = world()
  const unknown = { offErr: 600_000 }
  const sent = [
    at(serverNow - 40 * minute),
    at(serverNow - 30 * minute + shift, { ...unknown, boot: 'other' }),
    at(serverNow - 20 * minute, { mono: 20 * minute }),
  ]
  const { results } = await pushTo(hall, tablet, { from: 1, commands: sent })
  expect(words(results)).toEqual(['applied', 'applied', 'applied'])
  expect(flagsOf()[1]).toContain('clock-off')
  // The act behind the wrong one keeps its own time.
  expect(intervals(hall, tablet)[2]).toEqual([-20 * minute - 50, -20 * minute + 50])
  const [lo = 0, hi = 0] = intervals(hall, tablet)[1] ?? []
  expect(lo <= -30 * minute && hi >= -30 * minute).toBe(true)
})

test('[I19][F26] a clock set back does not prolong a right: what may have been done after its end is held', async () => {
  const { hall, tablet, a } = world()
  hall.db.grants.set(a.grant.id, { ...a.grant, fromAt: serverNow - 5 * day, toAt: serverNow - hour })
  const acts = [serverNow - 2 * hour, serverNow - 3 * day].map((at) => act(tablet, a, receiving(tablet, { at })))
  const { results } = await pushTo(hall, tablet, { from: 1, commands: acts })
  expect(words(results)).toEqual(['applied', 'held:grant:time'])
})

test('[I19][SUP-1] a promised day that ends inside the interval goes to a person, and nothing is refused', async () => {
  const { hall, tablet, a, at, flagsOf } = world()
  const received = at(serverNow - 50 * hour, {}, {})
  const { aggId } = readEnv(received)
  await pushTo(hall, tablet, { from: 1, commands: [received] })
  const row = hall.db.images.get(`case:${aggId}`)!
  const promise = { on: '2026-11-19', workingDays: 1, level: 'ordinary', reason: '示例', beyondReason: null, by: {} }
  hall.db.images.set(`case:${aggId}`, { ...row, image: { ...(row.image as object), promise } })
  const edge = momentOf('2026-11-19', '24:00')
  const conclude = { type: 'case.withdraw', args: { reason: '示例·不办了' }, saw: row.image }
  const ending = act(tablet, a, { ...noting(aggId), ...conclude, at: edge - minute, forge: { offErr: 600_000 } })
  const { results } = await pushTo(hall, tablet, { from: 2, commands: [ending] })
  expect(words(results).at(-1)).toBe('applied')
  expect(flagsOf()[1]).toContain('clock-deadline')
})

test('[I19][ZJJ-27] the day that counts is the promised one moved on by what did not count', async () => {
  const { hall, tablet, a, at, flagsOf } = world()
  const received = at(serverNow - 50 * hour, {}, {})
  const { aggId } = readEnv(received)
  await pushTo(hall, tablet, { from: 1, commands: [received] })
  const row = hall.db.images.get(`case:${aggId}`)!
  const promise = { on: '2026-11-18', workingDays: 1, level: 'ordinary', reason: '示例', beyondReason: null, by: {} }
  const pauses = [{ from: momentOf('2026-11-18', '10:00'), to: momentOf('2026-11-18', '15:00') }]
  const acceptedAt = momentOf('2026-11-17', '10:00')
  const image = { ...(row.image as object), promise, acceptedAt, pauses }
  hall.db.images.set(`case:${aggId}`, { ...row, image })
  const edge = momentOf('2026-11-19', '24:00')
  const conclude = { type: 'case.withdraw', args: { reason: '示例·不办了' }, saw: row.image }
  const ending = act(tablet, a, { ...noting(aggId), ...conclude, at: edge - minute, forge: { offErr: 600_000 } })
  await pushTo(hall, tablet, { from: 2, commands: [ending] })
  expect(flagsOf()[1]).toContain('clock-deadline')
})

test('[I12] data older than what was in force at the act is noted, not refused', async () => {
  const { hall, tablet, a, flagsOf } = world()
  const [calendar] = calendarsFromChineseDays('nbu', [2026])
  const publish = (kind: string, id: string, image: object) =>
    hall.db.images.set(`${kind}:${id}`, { kind, id, ver: 1, image })
  publish('profile', 'nbu@7', { ...nbuProfile, id: 'nbu@7', version: 7, effectiveOn: '2026-11-20' })
  publish('profile', 'nbu@8', { ...nbuProfile, id: 'nbu@8', version: 8, effectiveOn: '2026-12-01' })
  publish('calendar', 'nbu:2026@9', { ...calendar, id: 'nbu:2026@9', version: 9 })
  const named = (profile: string, calendars: string[], at: number) =>
    act(tablet, a, receiving(tablet, { at, ctxv: { ...ctxv, profile, calendars } }))
  const sent = [
    named(ctxv.profile ?? '', ['nbu:2026@9'], serverNow - 12 * hour),
    named(ctxv.profile ?? '', ['nbu:2026@9'], serverNow - 2 * hour),
    named('nbu@7', ctxv.calendars, serverNow - hour),
    named('nbu@7', ['nbu:2026@9'], serverNow - minute),
  ]
  const { results } = await pushTo(hall, tablet, { from: 1, commands: sent })
  expect(item.windowId).toBe(tablet.windowId)
  expect(words(results)).toEqual(['applied', 'applied', 'applied', 'applied'])
  expect(flagsOf().map((codes) => codes.filter((code) => code === 'ctxv-older'))).toEqual([
    [],
    ['ctxv-older'],
    ['ctxv-older'],
    [],
  ])
})
