import { expect, test } from 'vitest'
import { changeAsks, letterTitles } from '../../client/staff/people-words.ts'
import { windowRoles } from '../../client/staff/post-form.ts'
import { hallIds, halls, type HallId } from '../../shared/profiles/halls.ts'
import type { Profile } from '../../shared/profiles/profile.ts'
import { changeNeeds, seatFaults, unfitStaffOf, type PostAsked } from '../../shared/staff/index.ts'
import { playStaff } from './play-staff.ts'

const asked = {
  ...{ windowId: 'w', unitId: null, reason: 'cannotDo', finding: '示例：不能胜任', askedOn: '2026-11-20' },
  person: { personId: 'p', personName: '示例·甲', personKind: 'staff', postIds: ['post'], from: '2026-01-01' },
}
const answer = { by: '示例·主任', on: '2026-11-20', note: '' }

function changeIn(hallId: HallId) {
  const play = playStaff(hallId, 'staffChange')
  play.step('staffChange.ask', asked)
  return play
}

test.each(hallIds)(
  '[SSC-12] [SZIT-8] a change in %s waits for consent, or only for its filing, as its rule says',
  (id) => {
    const isFiling = id === 'szit'
    expect(changeNeeds(halls[id].profile)).toBe(isFiling ? 'filing' : 'consent')
    expect(changeIn(id).step('staffChange.effect', { openCases: 0 })).toBe('rejected staffChange.noConsent')
    const refused = changeIn(id).step('staffChange.consent', { ...answer, isGiven: false })
    expect(refused).toBe(isFiling ? 'rejected staffChange.filingOnly' : 'applied')
    const play = changeIn(id)
    expect(play.step('staffChange.consent', { ...answer, isGiven: true })).toBe('applied')
    expect(play.step('staffChange.effect', { openCases: 0 })).toBe('rejected staffChange.noSuccessor')
  },
)

test('[ZJJ-30] [SSC-12] who cannot do the work is replaced, chosen anew or sent back, in the letter’s own words', () => {
  const ways = hallIds.map((id) => unfitStaffOf(halls[id].profile))
  expect(ways).toEqual(['replaced', 'replaced', 'replaced', 'rechosen', 'returned'])
  expect(ways.map((way) => letterTitles[way].slice(0, 4))).toEqual([
    ...['商请更换', '商请更换', '商请更换'],
    ...['重新选派', '退回窗口'],
  ])
  expect(changeAsks.returned).toContain('退回贵单位')
})

test.each(hallIds)('[SSC-9] [NBU-8] where %s has no back office, nobody is posted to it and none is offered', (id) => {
  const { profile } = halls[id]
  const without: Profile = {
    ...profile,
    settings: { ...profile.settings, hasBackOffice: { value: false, cite: null } },
  }
  const [window] = profile.windows
  const ask: PostAsked = {
    ...{ personId: 'p', personKind: 'staff', windowId: window!.id, role: 'backOffice', from: '2026-11-20', to: null },
    ...{ unitId: window!.unitIds[0]!, isHead: false, tenure: 'open', badgeNo: '', hours: [] },
    consent: { by: '示例·主任', on: '2026-11-20', note: '' },
  }
  const seen = { seats: [], record: null }
  const codes = (of: Profile) => seatFaults(ask, seen, of).map(({ code }) => code)
  expect([codes(profile).includes('post.noBackOffice'), codes(without).includes('post.noBackOffice')]).toEqual([
    false,
    true,
  ])
  const offered = (of: Profile) => windowRoles('角', of).some((role) => role.id === 'backOffice')
  expect([offered(profile), offered(without)]).toEqual([true, false])
})
