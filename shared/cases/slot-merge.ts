import { firstWins, type MergeRule } from '../core/merge.ts'

const book = { command: 'slot.book', field: 'bookings' }

/** How appointments meet what happened elsewhere meanwhile (§6): never more than there are places. */
export const slotRules = {
  slotApart: { ...book, against: 'slot.book', when: 'a place is left', rule: 'append', who: 'auto', ends: 'applied' },
  slotFull: { ...book, against: 'slot.book', when: 'the last place', ...firstWins },
  slotClosed: { ...book, against: 'slot.change', when: 'no new bookings', ...firstWins },
  slotCancel: {
    ...{ command: 'slot.cancel', field: 'bookings', against: 'slot.arrive', when: 'the student is here' },
    ...firstWins,
  },
  slotArrive: {
    ...{ command: 'slot.arrive', field: 'bookings', against: 'slot.arrive', when: 'received twice', rule: 'both' },
    ...{ who: 'person', ends: 'applied', flagged: 'arrivedTwice' },
  },
} satisfies Record<string, MergeRule>
