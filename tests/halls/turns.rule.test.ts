import { expect, test } from 'vitest'
import { commands } from '../../shared/commands.ts'
import { addDays } from '../../shared/calendar/day.ts'
import { missingRight } from '../../shared/core/kernel.ts'
import { sentenceOf } from '../../shared/sentences.ts'
import { isInTurn, isTurnSet, keepersOn, planTurn, type TurnDays } from '../../shared/halls/index.ts'
import type { Ctx } from '../../shared/core/command.ts'
import { rolesOf } from '../../server/auth/who.ts'
import { halls } from '../../shared/profiles/halls.ts'

const windowOf = (hallId: 'nbu' | 'szit', id: string) => {
  const window = halls[hallId].profile.windows.find((one) => one.id === id)
  if (!window) throw new Error(`no window ${id}`)
  return window
}
const partyLeague = windowOf('szit', 'party-league')
const culture = windowOf('nbu', 'campus-culture')

const weekly: TurnDays[] = [
  { windowId: 'party-league', unitId: 'party-work', from: '2026-09-01', to: null, weekdays: [1, 2, 3] },
  { windowId: 'party-league', unitId: 'youth-league', from: '2026-09-01', to: null, weekdays: [4, 5] },
]
const termly: TurnDays[] = [
  { windowId: 'campus-culture', unitId: 'youth-league', from: '2026-09-01', to: '2027-01-31', weekdays: [] },
  { windowId: 'campus-culture', unitId: 'publicity', from: '2027-02-22', to: '2027-07-10', weekdays: [] },
]

test.each([
  ['2026-11-23', ['party-work']],
  ['2026-11-25', ['party-work']],
  ['2026-11-26', ['youth-league']],
  ['2026-11-27', ['youth-league']],
  ['2026-11-28', ['party-work', 'youth-league']],
  ['2026-08-31', ['party-work', 'youth-league']],
])('[SZIT-2] on %s the window is kept by %j', (day, units) => {
  expect(keepersOn(weekly, partyLeague, day)).toEqual(units)
})

test.each([
  ['2026-09-01', ['youth-league'], true],
  ['2027-01-31', ['youth-league'], true],
  ['2027-02-10', ['youth-league', 'publicity', 'security'], false],
  ['2027-02-22', ['publicity'], true],
])('[NBU-17] on %s the term’s turn is %j', (day, units, isSet) => {
  expect(keepersOn(termly, culture, day)).toEqual(units)
  expect(isTurnSet(termly, culture.id, day)).toBe(isSet)
})

test('[NBU-17] a post for a unit counts only in its unit’s turn; every other post always', () => {
  const of = (unitId: string | null) => ({ windowId: 'campus-culture', unitId })
  expect(isInTurn(termly, of('youth-league'), '2026-11-20')).toBe(true)
  expect(isInTurn(termly, of('publicity'), '2026-11-20')).toBe(false)
  expect(isInTurn(termly, of('publicity'), '2027-02-22')).toBe(true)
  expect(isInTurn(termly, of('publicity'), '2027-02-10')).toBe(true)
  expect(isInTurn(termly, of(null), '2026-11-20')).toBe(true)
  expect(isInTurn(termly, { windowId: 'library-information', unitId: 'library-it' }, '2026-11-20')).toBe(true)
})

test('[NBU-17] [SZIT-2] the right given to a tablet names the days of the turn, and no act is done on another', () => {
  const post = { role: 'roleA' as const, windowId: 'party-league', unitId: 'youth-league', to: null }
  const other = { role: 'roleB' as const, windowId: 'party-league', unitId: 'party-work', to: null }
  const turns = weekly.map((turn) => ({ ...turn, weekdays: [...turn.weekdays] }))
  const roles = rolesOf([post, other], turns, '2026-11-26')
  expect(roles.map(({ role }) => role)).toEqual(['roleA'])
  const days = roles[0]?.on ?? []
  expect(days.slice(0, 3)).toEqual(['2026-11-26', '2026-11-27', '2026-11-28'])
  expect(days).not.toContain('2026-11-30')
  const note = commands.get('case.note@1')
  if (!note) throw new Error('no command')
  const asking = { role: 'roleA' as const, windowId: 'party-league', roles }
  const why = (today: string) => missingRight(note, null, { ...asking, today })
  expect(why('2026-11-27')).toBeUndefined()
  expect(why('2026-11-30')).toEqual({ why: 'turn' })
  expect(why(addDays('2026-11-26', 7))).toBeUndefined()
  expect(sentenceOf('right.missing', { why: 'turn' })).toMatch(/今天不轮到您单位/)
})

test('[SZIT-2] only a unit that answers for the window can have a turn there', () => {
  const ctx = { profile: halls.szit.profile, aggId: 't', hallId: 'szit' } as unknown as Ctx
  const turn = { windowId: 'party-league', from: '2026-09-01', to: null, weekdays: [1], note: '' }
  expect(planTurn.decide(null, { ...turn, unitId: 'youth-league' }, ctx).outcome).toBe('applied')
  expect(planTurn.decide(null, { ...turn, unitId: 'logistics' }, ctx)).toMatchObject({
    ...{ outcome: 'rejected', code: 'windowTurn.notItsWindow' },
  })
})
