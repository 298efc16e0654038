import { momentOf } from '../calendar/day.ts'
import { aggregate } from '../core/command.ts'
import type { Json } from '../core/canonical.ts'
import type { Act } from '../core/kernel.ts'
import type { Conflict, Flag } from '../core/outcome.ts'
import type { By } from './case.ts'

/** 一次预约: its number stays the matter's own when the student comes (NBU-8). The student stands in `pii[number]`. */
export interface Booking {
  number: string
  /** Who wrote it down: the student on the public page, or a clerk by phone or at the desk. */
  via: 'public' | 'window'
  state: 'booked' | 'cancelled' | 'arrived'
  /** What the student comes for, where it was said; a slot for one item needs no word. */
  item?: BookedItem
  made: By
  ended: (By & { caseId: string | null; reason?: string }) | null
}

/** An item by code and name: a booking may outlive the version of the sheet it was made from. */
export type BookedItem = { code: string; name: string }

/** 预约时段 (NBU-8): so many students of an item (or of any of the window's) between two times of a day. */
export interface Slot {
  id: string
  hallId: string
  kind: 'slot'
  windowId: string
  /** Null: any item of the window. */
  itemCode: string | null
  itemName: string
  /** Leads the numbers: the day's first slot of a window is A, the next B. */
  letter: string
  day: string
  from: string
  to: string
  capacity: number
  /** 停约: no new bookings, and why; those there are stand. */
  closed: { reason: string; by: By } | null
  bookings: Record<string, Booking>
  pii: Record<string, Json>
  archived?: boolean
  acts: Act[]
  flags: (Flag & { act: string; actorId: string; at: number })[]
  conflicts: Conflict[]
}

/** What a booking is called: the slot's letter, then a count, with the tablet's lane before it where a tablet counted. */
export const bookingNumberPattern = /^[A-Z]{1,2}-[0-9A-Z]{1,10}$/

/** The most places of one slot. */
export const mostPlaces = 200

/** Whether one may come to a slot for an item (null: for none in particular): the slot is the item's, or any of its window's. */
export function isSlotFor(
  slot: Pick<Slot, 'windowId' | 'itemCode'>,
  { windowId, code }: { windowId: string; code: string | null },
): boolean {
  return slot.windowId === windowId && (slot.itemCode === null || slot.itemCode === code)
}

/** The places taken: booked or already used. */
export function takenPlaces({ bookings }: Pick<Slot, 'bookings'>): number {
  return Object.values(bookings).filter(({ state }) => state !== 'cancelled').length
}

/** The places still free; none in a slot that is closed. */
export function freePlaces(slot: Pick<Slot, 'bookings' | 'capacity' | 'closed'>): number {
  return slot.closed ? 0 : Math.max(0, slot.capacity - takenPlaces(slot))
}

/** What a booking is for: as the student said, else the slot's own item; null while nobody knows. */
export function bookedItem({ itemCode, itemName }: Slot, { item }: Booking): BookedItem | null {
  return item ?? (itemCode === null ? null : { code: itemCode, name: itemName })
}

/** When it begins and ends, UTC ms. */
export function slotTimes({ day, from, to }: Pick<Slot, 'day' | 'from' | 'to'>): { from: number; to: number } {
  return { from: momentOf(day, from), to: momentOf(day, to) }
}

/** The next slot after one, for the same item, with a place free: what a student who came too late is offered. */
export function nextFree(slots: readonly Slot[], after: Slot): Slot | undefined {
  const begins = slotTimes(after).from
  const later = slots.filter((slot) => {
    const isFor = isSlotFor(slot, { windowId: after.windowId, code: after.itemCode })
    return isFor && slot.id !== after.id && slotTimes(slot).from >= begins && freePlaces(slot) > 0
  })
  return later.toSorted((a, b) => slotTimes(a).from - slotTimes(b).from)[0]
}

/** 预约时段 in the register: at its window and with supervisors until its day is long over (`slot.archive`). */
export const slotAggregate = aggregate<Slot>({
  kind: 'slot',
  scopes: ({ archived, windowId }) => (archived ? [] : [`window:${windowId}`, 'supervisor']),
  shelf: ({ day }) => day,
  at: (image) => slotTimes(image).from,
  keys: ({ bookings }) => Object.keys(bookings),
})
