import type { Json } from '../../shared/core/canonical.ts'
import type { RuleName } from '../../shared/merge-rules.ts'
import { personA, personB, supervisor, type Player } from '../support/play.ts'
import { answered, other, playContact } from './play-contact.ts'

type Play = ReturnType<typeof playContact>

/** One act of one of the two, made over what both had seen; `window` is where they sit. */
interface Move {
  type: string
  args: Record<string, Json>
  by: Player
  window?: 'here' | 'there'
}

/** Two acts of a line of the table: `first` is the line's `against`, `second` its `command`. */
export interface ContactMeeting {
  before?: Move[]
  first: Move
  second: Move
}

const at = (type: string, args: Record<string, Json>, by: Player, window: 'here' | 'there' = 'here'): Move => ({
  ...{ type, args, by, window },
})
const handTo = (toWindowId: string, by: Player) => at('handOn', { toWindowId, text: '' }, by)
const passTo = (by: Player): Move => ({
  ...{ type: 'passOn', by },
  args: { unitId: 'academic-affairs', windowId: null, text: '' },
})
const note = at('note', { text: '示例：学生再来问过' }, personB)
const named = { caseId: '0190a0a0-0000-7000-8000-000000000777', caseNumber: 'XS-261120-K7-9' }
const guide = { guidanceId: null, windowId: null, place: '派出所', procedure: '带身份证', text: '' }
const answer = (by: Player, text = '示例') => at('answer', answered(text), by)

type OnContact = Exclude<Extract<RuleName, `contact${string}`>, 'contactVerify' | 'contactLapse'>

/** Every line whose two acts meet on one matter, at the hall nbu. The compiler holds the list complete. */
export const onContact: Record<OnContact, ContactMeeting> = {
  contactNote: { first: at('note', { text: '示例：一' }, personA), second: note },
  contactReach: {
    first: at('take', {}, personB),
    second: at('reach', { how: 'phone', whom: '示例·丙', isReached: true, text: '' }, personA),
  },
  contactAnswerTwice: { first: answer(personA), second: answer(personB, '示例：二') },
  contactAnswerHandOn: { first: handTo('teaching', personB), second: answer(personA) },
  contactResult: { first: answer(personA), second: at('result', { text: '示例：已修好', told: 'phone' }, personB) },
  contactGuide: { first: answer(personA), second: at('guide', guide, personB) },
  contactCase: { first: answer(personB), second: at('becomeCase', named, personA) },
  contactHandOn: { first: handTo('teaching', personA), second: handTo('careers', personB) },
  contactHandOnEnd: { first: answer(personA), second: handTo('careers', personB) },
  contactTake: { before: [handTo('careers', personA)], first: at('take', {}, other, 'there'), second: take('there') },
  contactTakeEnd: { before: [handTo('careers', personA)], first: answer(personA), second: take('there') },
  contactPassOn: {
    first: passTo(supervisor),
    second: { ...passTo(supervisor), args: { unitId: 'library-it', windowId: null, text: '' } },
  },
  contactVoid: { first: note, second: at('void', { reason: '示例：点错了' }, personA) },
}

function take(window: 'here' | 'there'): Move {
  return at('take', {}, personB, window)
}

/** All names of this room's lines: the two of lapses are played by their own tests. */
export const contactMeetings: Record<Extract<RuleName, `contact${string}`>, true> = {
  ...(Object.fromEntries(Object.keys(onContact).map((name) => [name, true])) as Record<OnContact, true>),
  ...{ contactVerify: true, contactLapse: true },
}

/** Play one move over what was seen. */
export function playMove(play: Play, { type, args, by, window = 'here' }: Move, saw = play.row()) {
  const place = by.role === 'supervisor' ? {} : { window: play[window] }
  return play.step(type, args, { by, saw, ...place })
}
