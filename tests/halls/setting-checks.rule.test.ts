import { expect, test } from 'vitest'
import { emptyProposal, proposalFaults } from '../../client/halls/proposal-form.ts'
import { hallCard } from '../../server/catalogue/public.ts'
import { hallIds, halls, type HallId } from '../../shared/profiles/halls.ts'
import { parseProfile } from '../../shared/profiles/profile.ts'
import type { Settings } from '../../shared/profiles/settings.ts'

function withSettings(hallId: HallId, own: Partial<Settings>) {
  const { profile } = halls[hallId]
  return { ...profile, settings: { ...profile.settings, ...own } }
}

const faultsIn = (hallId: HallId, own: Partial<Settings>): string[] => {
  const read = parseProfile({ profile: withSettings(hallId, own), items: [] }, '示例.json')
  return read.ok ? [] : read.errors.map(({ path }) => path)
}

test.each(hallIds)(
  '[NBU-1] [SZIT-2] a window of several units stands in %s only while its rule lets windows be shared',
  (id) => {
    const shared = halls[id].profile.windows.flatMap(({ unitIds }, at) =>
      unitIds.length > 1 ? [`windows[${String(at)}].unitIds`] : [],
    )
    expect(faultsIn(id, {})).toEqual([])
    expect(faultsIn(id, { isWindowShared: { value: false, cite: null } })).toEqual(shared)
  },
)

test('[SSC-7] an application for a window of two units says so before it is filed', () => {
  const form = { ...emptyProposal('2026-11-20'), what: 'add' as const, unitIds: ['finance', 'logistics'] }
  const faultOf = (value: boolean) =>
    proposalFaults(form, [withSettings('ssc', { isWindowShared: { value, cite: null } })]).unitIds
  expect(faultOf(true)).toBeUndefined()
  expect(faultOf(false)).toContain('一个窗口只由一个单位负责')
})

test.each(hallIds)('[NBU-8] %s cannot ask for a check by a back office it does not have', (id) => {
  const levels = Object.entries(halls[id].profile.settings.approvals.value).flatMap(([level, needed]) =>
    needed.includes('check') ? [`settings.approvals.value.${level}`] : [],
  )
  expect(levels.length).toBeGreaterThan(0)
  expect(faultsIn(id, { hasBackOffice: { value: false, cite: null } })).toEqual(levels)
})

test.each(hallIds)('[SZIT-3] only a hall with a 咨询台 can have it coordinate what is nobody’s: %s', (id) => {
  const faults = faultsIn(id, { nobodysMatterBy: { value: 'desk', cite: null } })
  expect(faults).toEqual(id === 'szit' ? [] : ['settings.nobodysMatterBy.value'])
})

test('[SZIT-10] a hall without a terminal says so on its public card', () => {
  expect(hallCard(halls.szit.profile).hasTerminal).toBe(true)
  expect(hallCard(withSettings('szit', { hasTerminal: { value: false, cite: null } })).hasTerminal).toBe(false)
})
