import { expect, test } from 'vitest'
import { canonicalJson } from '../../shared/core/canonical.ts'
import { rulesByName } from '../../shared/merge-rules.ts'
import { personA, supervisor } from '../support/play.ts'
import { onContact, playMove, type ContactMeeting } from './meetings.ts'
import { playContact } from './play-contact.ts'

const lines = Object.entries(onContact) as [keyof typeof onContact, ContactMeeting][]

test.each(lines)(
  '[OFF-4] [I16] %s: the second act ends as its line says, and nothing told is lost',
  (name, meeting) => {
    const play = playContact('nbu')
    play.open()
    for (const move of meeting.before ?? []) playMove(play, move)
    const saw = play.row()
    expect(playMove(play, meeting.first, saw).verdict.outcome).toBe('applied')
    const between = canonicalJson(play.image())
    const { verdict } = playMove(play, meeting.second, saw)
    expect(verdict.outcome).toBe(rulesByName[name].ends)
    if (verdict.outcome === 'rejected') {
      expect(verdict.code).toMatch(/^contact\./)
      expect(canonicalJson(play.image())).toBe(between)
    } else expect(play.image().acts).toHaveLength((meeting.before?.length ?? 0) + 3)
  },
)

test('[OFF-4] [REF-CQ6] one lapse is held once, and verified once', () => {
  const play = playContact('nbu')
  const about = {
    ...{ contactId: '0190a0a0-0000-7000-8000-000000000009', contactNumber: 'XS-261120-K7-1', lapse: 3 },
    ...{ isFromLog: false, person: null, atWindowId: play.here, reason: '示例：学生反映没有人理' },
  }
  expect(play.step('lapse', about, { by: supervisor }).verdict.outcome).toBe('applied')
  expect(play.step('lapse', about, { by: supervisor }).verdict.outcome).toBe(rulesByName.contactLapse.ends)
  const verify = { isUpheld: true, reason: '示例：已向双方核实' }
  expect(play.step('verify', verify, { by: supervisor }).verdict.outcome).toBe('applied')
  const again = play.step('verify', { ...verify, isUpheld: false }, { by: supervisor }).verdict
  expect(again).toMatchObject({ outcome: 'rejected', code: 'contact.alreadyVerified', detail: { by: '示例·督' } })
  expect(play.lapse().verdict?.isUpheld).toBe(true)
  expect(play.step('verify', verify, { by: personA, window: play.here }).verdict.code).toBe('right.missing')
})
