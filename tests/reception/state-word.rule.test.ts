import { expect, test } from 'vitest'
import { stateWord } from '../../client/reception/words.ts'
import type { Contact } from '../../shared/reception/contact.ts'

const answered = (...hows: Contact['answers'][number]['how'][]): Pick<Contact, 'state' | 'answers'> => ({
  state: 'answered',
  answers: hows.map((how) => ({ how }) as Contact['answers'][number]),
})

test('[NBU-6] a matter that was solved is shown as solved, one that was answered as answered', () => {
  expect(stateWord(answered('solved'))).toBe('已解决')
  expect(stateWord(answered('answered'))).toBe('已答复')
  expect(stateWord(answered('solved', 'result'))).toBe('已答复')
  expect(stateWord({ ...answered('solved'), state: 'open' })).toBe('办理中')
})
