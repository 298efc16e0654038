import { describe, expect, test } from 'vitest'
import { letterFor, mostPlanned, numberHere, planSlots, type SlotPlan } from '../../shared/cases/slot-plan.ts'

const plan: SlotPlan = {
  ...{ firstDay: '2026-11-23', lastDay: '2026-11-29', from: '08:30', to: '17:00', minutes: 60, itemCode: null },
}
const morning = { from: 8 * 60 + 30, to: 11 * 60 + 30 }
const afternoon = { from: 14 * 60, to: 17 * 60 }
/** Monday to Friday, both halves of the day; shut at the weekend. */
const openOf = (day: string) => (day < '2026-11-28' ? [morning, afternoon] : [])
const planned = (more: Partial<SlotPlan> = {}, standing: Parameters<typeof planSlots>[1]['standing'] = []) =>
  planSlots({ ...plan, ...more }, { openOf, standing })

describe('slots of a row of days', () => {
  test('[NBU-8] stand on the days and in the hours the hall is open, lettered anew each day', () => {
    const slots = planned()
    expect(slots).toHaveLength(5 * 6)
    expect(slots.slice(0, 6).map(({ letter, from, to }) => `${letter} ${from}–${to}`)).toEqual([
      ...['A 08:30–09:30', 'B 09:30–10:30', 'C 10:30–11:30', 'D 14:00–15:00', 'E 15:00–16:00', 'F 16:00–17:00'],
    ])
    expect(slots[6]).toMatchObject({ day: '2026-11-24', letter: 'A' })
    expect(new Set(slots.map(({ day }) => day)).size).toBe(5)
  })

  test('[NBU-8] leave out a rest that is too short, and what is there already for the item', () => {
    expect(planned({ minutes: 100, lastDay: plan.firstDay }).map(({ from }) => from)).toEqual(['08:30', '14:00'])
    const standing = [{ day: plan.firstDay, from: '08:30', letter: 'A', itemCode: null }]
    const rest = planned({ lastDay: plan.firstDay, to: '10:30' }, standing)
    expect(rest).toEqual([{ day: plan.firstDay, from: '09:30', to: '10:30', letter: 'B' }])
    expect(planned({ lastDay: plan.firstDay, to: '10:30', itemCode: 'XG-001' }, standing)).toHaveLength(2)
  })

  test('[NBU-8] on one day asked for may stand although the hall is shut, uncut as asked', () => {
    const day = { firstDay: '2026-11-28', lastDay: '2026-11-28', from: '09:00', to: '11:00' }
    expect(planned(day)).toHaveLength(2)
    expect(planned({ ...day, minutes: null })).toEqual([{ day: '2026-11-28', from: '09:00', to: '11:00', letter: 'A' }])
  })

  test.each([
    ['backwards', { from: '17:00', to: '08:30' }],
    ['the last day before the first', { lastDay: '2026-11-20' }],
    ['no minutes', { minutes: 0 }],
  ])('[NBU-8] %s is nothing', (_name, more) => {
    expect(planned(more)).toEqual([])
  })

  test('[NBU-8] are at most so many by one tap, however far the days reach', () => {
    expect(planned({ minutes: 5 })).toHaveLength(mostPlanned + 1)
    expect(planSlots({ ...plan, lastDay: '9999-12-31' }, { openOf: () => [], standing: [] })).toEqual([])
  })
})

test('[NBU-8] letters go on after Z; a tablet counts in its own lane', () => {
  expect([letterFor([]), letterFor(['A', 'C']), letterFor([...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'])]).toEqual(['A', 'B', 'AA'])
  const slot = { letter: 'A', bookings: {} as Record<string, never> }
  expect(numberHere(slot, 'K7')).toBe('A-K71')
  const booked = { 'A-1': {}, 'A-K71': {}, 'A-K91': {} } as unknown as Record<string, never>
  expect(numberHere({ ...slot, bookings: booked }, 'K7')).toBe('A-K72')
})
