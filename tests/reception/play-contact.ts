import type { Json } from '../../shared/core/canonical.ts'
import type { Decision } from '../../shared/core/kernel.ts'
import type { Contact, ContactLapse } from '../../shared/reception/index.ts'
import { halls, type HallId } from '../../shared/profiles/halls.ts'
import { playCase, type Player, type Step } from '../support/play.ts'

/** A colleague at another window. */
export const other: Player = { id: 'o', name: '示例·丙', role: 'roleA', device: 4 }

/** One 首问 of one hall through the real kernel; windows are the hall's first (`here`) and second (`there`). */
export function playContact(hallId: HallId) {
  const { profile, items } = halls[hallId]
  const play = playCase(hallId, items[0]?.name)
  const [here, there, third] = profile.windows.map(({ id }) => id)
  const at = (how: Step): Step => ({ window: here ?? '', ...how })

  function open(more: Record<string, Json> = {}, how: Step = {}): Decision {
    const args = {
      ...{ number: 'XS-261120-K7-1', matter: 'otherUnit', voice: null, channel: 'window', isAboutStaff: false },
      ...{ isSerious: false, person: { name: '', phone: '' }, text: '', item: null, units: [], replyOn: null },
    }
    return play.step('contact.open', { ...args, ...more }, at(how))
  }

  return {
    ...{ profile, calendars: play.calendars, here: here ?? '', there: there ?? '', third: third ?? '', open },
    step: (type: string, args: Record<string, Json> = {}, how: Step = {}) =>
      play.step(`contact.${type}`, args, how.by?.role === 'supervisor' ? how : at(how)),
    row: play.row,
    image: () => play.image() as unknown as Contact,
    lapse: () => play.image() as unknown as ContactLapse,
  }
}

/** What an answer says. */
export const answered = (text = '') => ({ how: 'answered', text, told: 'inPerson' })
