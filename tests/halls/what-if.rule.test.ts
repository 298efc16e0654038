import fc from 'fast-check'
import { expect, test } from 'vitest'
import { calendarsFromChineseDays } from '../../server/calendar/seed-calendars.ts'
import { momentOf } from '../../shared/calendar/day.ts'
import { promiseOf, standOf, whatIf, type WhatIf, type WhatIfData } from '../../shared/halls/index.ts'
import { halls, hallIds, type HallId } from '../../shared/profiles/halls.ts'
import type { Profile } from '../../shared/profiles/profile.ts'
import type { OpenCase } from '../../shared/wire/open-cases.ts'

const vacation = {
  from: '2026-11-23',
  to: '2026-11-27',
  hours: [{ from: '09:00', to: '11:30' }],
  reason: '寒假（示例）',
}
const calendars = calendarsFromChineseDays('nbu', [2026, 2027]).map((one) =>
  one.year === 2026 ? { ...one, periods: [{ ...vacation, isVacation: true }] } : one,
)
const at = momentOf('2026-11-20', '16:40')

const openCase = (n: number, on: string | null, workingDays: number, isWaiting: boolean): OpenCase => {
  const acceptedAt = on === null ? null : momentOf('2026-11-09', '10:00')
  const told = { type: 'case.supplementNotice', at: momentOf('2026-11-12', '09:30'), from: 'open' }
  return {
    ...{ id: `c${String(n)}`, number: `XG-${String(n)}`, itemName: '示例事项', windowId: 'w', handlerName: '示例' },
    ...{ state: isWaiting ? 'waiting' : 'open', acceptedAt, promise: on === null ? null : { on, workingDays } },
    ...{
      acts: isWaiting ? [told] : [],
      pauses: n % 3 === 0 ? [{ from: momentOf('2026-11-16', '18:00'), to: null }] : [],
    },
  }
}

/** Every case and every item reckoned twice, whatever the settings that differ: what the shorter way must equal. */
function wholly(before: Profile, after: Profile, data: WhatIfData): WhatIf {
  const both = <Stand>(of: (profile: Profile) => Stand): [Stand, Stand] => [of(before), of(after)]
  return {
    cases: data.cases.flatMap((one) => {
      const [was, is] = both((profile) => standOf(one, profile, data))
      const { id, number, itemName } = one
      return JSON.stringify(was) === JSON.stringify(is) ? [] : [{ id, number, itemName, before: was, after: is }]
    }),
    items: data.items.flatMap((item) => {
      const [was, is] = both((profile) => promiseOf(item, profile, data))
      if (!was || !is || JSON.stringify(was) === JSON.stringify(is)) return []
      return [{ code: item.code, name: item.name, before: was, after: is }]
    }),
  }
}

const days = fc.integer({ min: 17, max: 30 }).map((day) => `2026-11-${String(day)}`)
const cases = fc
  .array(fc.tuple(fc.option(days), fc.integer({ min: 1, max: 20 }), fc.boolean()), { maxLength: 25 })
  .map((drawn) => drawn.map(([on, length, waits], n) => openCase(n, on, length, waits)))
const pairs = fc.constantFrom(...hallIds.flatMap((one) => hallIds.map((other) => [one, other] as const)))
const changed = fc.record({
  yellow: fc.integer({ min: 1, max: 5 }),
  wins: fc.boolean(),
  closes: fc.constantFrom('15:00', '16:30', '18:00'),
  limit: fc.integer({ min: 1, max: 9 }),
  touched: fc.subarray(['yellowDays', 'profileWinsOverSheet', 'hours', 'limits', 'isVacationCounted'] as const),
})

test('[ZJJ-27] [SUP-1] what-if equals a full recomputation, whichever settings change', () => {
  fc.assert(
    fc.property(
      fc.constantFrom<HallId>(...hallIds),
      changed,
      cases,
      (hallId, { yellow, wins, closes, limit, touched }, open) => {
        const { profile, items } = halls[hallId]
        const ours = <Value>(value: Value) => ({ value, cite: null })
        const cap = { workingDays: limit, binding: 'fixed' as const }
        const all = {
          yellowDays: ours({ days: yellow, longDays: yellow + 2, longOver: 5 }),
          profileWinsOverSheet: ours(wins),
          isVacationCounted: ours(false),
          hours: ours([{ days: [1, 2, 3, 4, 5], from: '09:00', to: closes }]),
          limits: ours({ ordinary: cap, schoolStudy: cap, higherAuthority: cap }),
        }
        const part = Object.fromEntries(touched.map((key) => [key, all[key]]))
        const after = { ...profile, settings: { ...profile.settings, ...part } }
        const data = { cases: open, items, calendars, at }
        expect(whatIf(profile, after, data)).toEqual(wholly(profile, after, data))
      },
    ),
    { numRuns: 120, seed: 20_261_122 },
  )
})

test('[ZJJ-27] [SUP-1] between any two of the five halls it equals a full recomputation too', () => {
  fc.assert(
    fc.property(pairs, cases, ([one, other], open) => {
      const data = { cases: open, items: halls[one].items, calendars, at }
      const [before, after] = [halls[one].profile, halls[other].profile]
      expect(whatIf(before, after, data)).toEqual(wholly(before, after, data))
    }),
    { numRuns: 60, seed: 20_261_122 },
  )
})

test('[SUP-1] a case keeps the date it was promised; only its light may turn', () => {
  const { profile, items } = halls.zjj
  const after = {
    ...profile,
    settings: { ...profile.settings, yellowDays: { value: { days: 4, longDays: 4, longOver: 7 }, cite: null } },
  }
  const open = [openCase(1, '2026-11-25', 5, false), openCase(2, '2026-11-23', 5, false), openCase(4, null, 0, false)]
  expect(whatIf(profile, after, { cases: open, items, calendars, at })).toEqual({
    cases: [
      {
        ...{ id: 'c1', number: 'XG-1', itemName: '示例事项' },
        ...{ before: { dueOn: '2026-11-25', light: 'normal' }, after: { dueOn: '2026-11-25', light: 'near' } },
      },
    ],
    items: [],
  })
})

test('[ZJJ-27] a shorter cap changes what new cases are promised, no case under way', () => {
  const { profile, items } = halls.zjj
  const { limits } = profile.settings
  const shorter = { ...limits, value: { ...limits.value, ordinary: { workingDays: 2, binding: 'fixed' as const } } }
  const after = { ...profile, settings: { ...profile.settings, limits: shorter } }
  const found = whatIf(profile, after, { cases: [openCase(1, '2026-11-25', 5, false)], items, calendars, at })
  expect(found.cases).toEqual([])
  expect(found.items.length).toBeGreaterThan(3)
  for (const { after: now } of found.items) expect(now.maxWorkingDays).toBe(2)
})
