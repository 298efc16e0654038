import { firstWins, type MergeRule } from '../core/merge.ts'

const append: Pick<MergeRule, 'rule' | 'who'> = { rule: 'append', who: 'auto' }

const on =
  (command: string, field: string) =>
  (against: string, line: Omit<MergeRule, 'command' | 'against' | 'field'>): MergeRule => ({
    ...{ command, field, against },
    ...line,
  })

const answer = on('contact.answer', 'answers')
const claim = on('contact.take', 'holder')

/** How acts on a 首问 meet what happened elsewhere meanwhile (§6): what was told stands, of two claims the first. */
export const contactRules = {
  contactNote: on('contact.note', 'notes')('contact.note', { when: 'anything', ...append, ends: 'applied' }),
  contactReach: on('contact.reach', 'reaches')('contact.take', { when: 'anything', ...append, ends: 'applied' }),
  contactAnswerTwice: answer('contact.answer', { when: 'answered by another', ...append, ends: 'merged' }),
  contactAnswerHandOn: answer('contact.handOn', { when: 'handed on unseen', ...append, ends: 'merged' }),
  contactResult: on('contact.result', 'answers')('contact.answer', {
    ...{ when: 'answered by another', ...append, ends: 'merged' },
  }),
  contactGuide: on('contact.guide', 'guides')('contact.answer', { when: 'an end', ...append, ends: 'merged' }),
  contactCase: on('contact.becomeCase', 'case')('contact.answer', { when: 'an end', ...append, ends: 'merged' }),
  contactHandOn: on('contact.handOn', 'asked')('contact.handOn', { when: 'handed on to another', ...firstWins }),
  contactHandOnEnd: on('contact.handOn', 'asked')('contact.answer', { when: 'an end', ...firstWins }),
  contactTake: claim('contact.take', { when: 'another take', ...firstWins }),
  contactTakeEnd: claim('contact.answer', { when: 'an end', ...firstWins }),
  contactPassOn: on('contact.passOn', 'holder')('contact.passOn', { when: 'another unit', ...firstWins }),
  contactVoid: on('contact.void', 'state')('contact.note', { when: 'a later act', ...firstWins }),
  contactVerify: on('contact.verify', 'verdict')('contact.verify', { when: 'another decision', ...firstWins }),
  contactLapse: on('contact.lapse', 'lapse')('contact.lapse', { when: 'the same lapse', ...firstWins }),
} satisfies Record<string, MergeRule>
