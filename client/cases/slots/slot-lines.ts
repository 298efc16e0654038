import { slotTimes, takenPlaces, type Booking, type Slot } from '../../../shared/cases/index.ts'
import { bookedItem, type BookedItem } from '../../../shared/cases/slot.ts'
import type { Json } from '../../../shared/core/canonical.ts'
import type { RowOf } from '../../local/rows.ts'
import type { IconName } from '../../ui/icons.ts'
import type { Student } from '../outcome-acts.ts'

/** A slot as the screens read it. */
export type SlotRow = RowOf<Slot & Record<string, Json>>

/** 已到, 还没到, 未到 once the time is over, 已取消. */
export type BookingWord = '已到' | '还没到' | '未到' | '已取消'

/** One student of the day's list. */
export interface BookingLine {
  slot: Slot
  booking: Booking
  student: Student
  item: BookedItem | null
  word: BookingWord
}

/** The look of each word beside the word itself. */
export const wordIcons: Record<BookingWord, IconName> = {
  ...{ 已到: 'check', 还没到: 'clock', 未到: 'alert', 已取消: 'close' },
}

/** Who booked; an erased one reads as 已删除. */
export function visitorOf({ pii }: Slot, number: string): Student {
  const kept = (pii[number] ?? {}) as Partial<Student>
  return { name: kept.name ?? '已删除', studentNo: kept.studentNo ?? '', phone: kept.phone ?? '' }
}

/** The students of a slot in the order they booked, cancelled ones last. */
export function bookingLines(slot: Slot, now: number): BookingLine[] {
  const isOver = slotTimes(slot).to < now
  const rank = ({ booking }: BookingLine) => Number(booking.state === 'cancelled')
  return Object.values(slot.bookings)
    .map((booking) => ({
      ...{ slot, booking, student: visitorOf(slot, booking.number), item: bookedItem(slot, booking) },
      word: wordOf(booking, isOver),
    }))
    .toSorted((a, b) => rank(a) - rank(b) || a.booking.made.at - b.booking.made.at)
}

function wordOf({ state }: Booking, isOver: boolean): BookingWord {
  if (state === 'arrived') return '已到'
  if (state === 'cancelled') return '已取消'
  return isOver ? '未到' : '还没到'
}

/** The slots of a day at a window, by time. */
export function slotsOn(rows: readonly SlotRow[], at: { windowId: string | null; day: string }): SlotRow[] {
  return rows
    .filter(({ image }) => image.day === at.day && (at.windowId === null || image.windowId === at.windowId))
    .toSorted((a, b) => a.image.from.localeCompare(b.image.from) || a.image.letter.localeCompare(b.image.letter))
}

/** How a day stands in a few words. */
export function daySummary(rows: readonly SlotRow[]): string {
  const places = rows.reduce((sum, { image }) => sum + image.capacity, 0)
  const taken = rows.reduce((sum, { image }) => sum + takenPlaces(image), 0)
  const arrived = rows.flatMap(({ image }) => Object.values(image.bookings)).filter(({ state }) => state === 'arrived')
  const came = arrived.length > 0 ? `，已到 ${String(arrived.length)} 位` : ''
  return `${String(rows.length)} 个时段，约了 ${String(taken)} / ${String(places)} 位${came}`
}

/** Days from today on that have slots, with how many are booked and not yet here. */
export function daysAhead(
  rows: readonly SlotRow[],
  at: { windowId: string | null; today: string },
): { day: string; waiting: number }[] {
  const days = new Map<string, number>()
  for (const { image } of rows) {
    if (image.day < at.today || (at.windowId !== null && image.windowId !== at.windowId)) continue
    const waiting = Object.values(image.bookings).filter(({ state }) => state === 'booked').length
    days.set(image.day, (days.get(image.day) ?? 0) + waiting)
  }
  return [...days].map(([day, waiting]) => ({ day, waiting })).toSorted((a, b) => a.day.localeCompare(b.day))
}
