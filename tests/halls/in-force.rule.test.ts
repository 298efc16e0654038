import { expect, test } from 'vitest'
import { completed } from '../../shared/profiles/complete.ts'
import { halls, hallIds } from '../../shared/profiles/halls.ts'
import { versionInForce } from '../../shared/profiles/in-force.ts'
import type { Profile } from '../../shared/profiles/profile.ts'
import { olderData } from '../../server/sync/data-in-force.ts'
import type { Envelope } from '../../shared/core/envelope.ts'
import { momentOf } from '../../shared/calendar/day.ts'

const version = (number: number, effectiveOn: string) => ({ version: number, effectiveOn })
const [first, second, third] = [version(1, '2026-01-01'), version(2, '2026-12-01'), version(3, '2026-11-25')]

test.each([
  ['2025-12-31', 1],
  ['2026-01-01', 1],
  ['2026-11-24', 1],
  ['2026-11-25', 3],
  ['2026-11-30', 3],
  ['2026-12-01', 2],
  ['2027-06-01', 2],
])('[NBU-3] on %s version %i is in force, in whatever order they were published', (day, expected) => {
  for (const versions of [
    [first, second, third],
    [third, second, first],
  ])
    expect(versionInForce(versions, day)?.version).toBe(expected)
})

test('[NBU-3] of two versions of one day the higher number is in force; of none, none', () => {
  expect(versionInForce([version(5, '2026-12-01'), second, first], '2026-12-01')?.version).toBe(5)
  expect(versionInForce([], '2026-12-01')).toBeUndefined()
})

test('[NBU-3] the server calls a version older only when the same rule has another one in force', () => {
  const marks = [first, second, third].map(({ version: number, effectiveOn }) => ({
    ...{ kind: 'profile', id: `nbu@${String(number)}`, version: number, of: effectiveOn, since: 0 },
  }))
  const flagsOf = (profile: string, day: string) =>
    olderData(
      marks,
      { base: { ctxv: { profile, calendars: [], item: null } } } as unknown as Envelope,
      momentOf(day, '10:00'),
    )
  expect(flagsOf('nbu@3', '2026-11-26')).toEqual([])
  expect(flagsOf('nbu@1', '2026-11-26')).toHaveLength(1)
  expect(flagsOf('nbu@2', '2026-12-02')).toEqual([])
  expect(flagsOf('nbu@3', '2026-12-02')).toHaveLength(1)
})

test.each(hallIds)('a version of %s stored before later settings came reads with them as 本厅约定', (hallId) => {
  const { profile } = halls[hallId]
  const { windowProposal, jointTurnBy, unfitStaff, ...before } = profile.settings
  const old = { ...profile, settings: before } as Profile
  const now = completed(old)
  expect(now.settings.windowProposal).toEqual({ value: '书面申请', cite: null })
  expect([now.settings.jointTurnBy.cite, now.settings.unfitStaff.cite]).toEqual([null, null])
  expect(now.settings.hours).toEqual(profile.settings.hours)
  expect(completed(profile)).toBe(profile)
  expect([windowProposal, jointTurnBy, unfitStaff].every(Boolean)).toBe(true)
})
