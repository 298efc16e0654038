import { expect, test } from 'vitest'
import { actionsOf } from '../../client/reception/contact-actions.ts'
import { nobodysOf } from '../../client/reception/who.ts'
import { halls, hallIds, type HallId } from '../../shared/profiles/halls.ts'
import { supervisor } from '../support/play.ts'
import { playContact } from './play-contact.ts'

const matter = { matter: 'nobodys', text: '示例：校门口临时停车证' }
const ways = { nbu: 'leader', ssc: 'leader', szit: 'desk', zjj: 'leader', szu: 'guide' } as const

/** What the window's page offers first, by the hall's rule. */
function mainAct(hallId: HallId, windowId: string): string | undefined {
  const play = playContact(hallId)
  play.open({ ...matter, replyOn: '2026-11-24' }, { window: windowId })
  return actionsOf(play.image(), { windowId, actorId: 'a', nobodys: nobodysOf(play.profile, windowId) }).main?.act
}

test.each(hallIds)('[ZJJ-28] [SZIT-3] [REF-CQ3.3] what is nobody’s in %s goes the way its own rule says', (id) => {
  const [first] = halls[id].profile.windows
  const acts = { leader: 'report', desk: 'handOn', guide: 'guide' }
  expect(nobodysOf(halls[id].profile, null)?.by).toBe(ways[id])
  expect(mainAct(id, first!.id)).toBe(acts[ways[id]])
})

test.each(hallIds)('[ZJJ-28] a reply date is owed in %s, unless the rule is to explain and guide', (id) => {
  const codes = playContact(id)
    .open(matter)
    .verdict.flags.map(({ code }) => code)
  expect(codes).toEqual(ways[id] === 'guide' ? [] : ['contact.noReplyDate'])
})

test('[SZIT-3] the desk coordinates it: it passes on without a leader’s word, another window only to the desk', () => {
  const unit = { unitId: 'logistics', windowId: null, text: '' }
  const desk = playContact('szit')
  desk.open({ ...matter, replyOn: '2026-11-24' }, { window: 'information-desk' })
  expect(mainAct('szit', 'information-desk')).toBe('passOn')
  expect(desk.step('passOn', unit, { window: 'information-desk' }).verdict.outcome).toBe('applied')
  const elsewhere = playContact('szit')
  elsewhere.open({ ...matter, replyOn: '2026-11-24' })
  expect(elsewhere.step('passOn', unit).verdict.code).toBe('contact.deskPasses')
  elsewhere.step('handOn', { toWindowId: 'information-desk', text: '' })
  expect(elsewhere.image().asked?.windowId).toBe('information-desk')
})

test('[SZIT-3] above the desk the hall’s leaders pass it on without a report; by the leader’s rule they need one', () => {
  const codeIn = (id: HallId, unitId: string) => {
    const play = playContact(id)
    play.open({ ...matter, replyOn: '2026-11-24' })
    return play.step('passOn', { unitId, windowId: null, text: '' }, { by: supervisor }).verdict.code
  }
  expect(codeIn('szit', 'logistics')).toBeUndefined()
  expect(codeIn('zjj', 'logistics')).toBe('contact.notReported')
})

test('[REF-CQ3.3] explained and guided, it is over; nothing is reported upwards', () => {
  const play = playContact('szu')
  play.open(matter)
  play.step('guide', { guidanceId: null, windowId: null, place: '示例地点', procedure: '示例程序', text: '' })
  expect([play.image().state, play.image().reports]).toEqual(['guided', []])
})
