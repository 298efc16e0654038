import { addDays } from '../calendar/day.ts'
import { clockOf, minutesOf, type Stretch } from '../calendar/hours.ts'
import type { Slot } from './slot.ts'

/** What somebody wants opened: a row of days, each from one time to another, cut into parts of so many minutes. */
export interface SlotPlan {
  firstDay: string
  lastDay: string
  from: string
  to: string
  /** Null: one slot from the first time to the last. */
  minutes: number | null
  /** Null: any item of the window. */
  itemCode: string | null
}

/** One slot of a plan, with the letter its numbers begin with. */
export interface PlannedSlot {
  day: string
  from: string
  to: string
  letter: string
}

/** What stands already on a day. */
type Standing = Pick<Slot, 'day' | 'from' | 'letter' | 'itemCode'>

/** Slots opened by one tap, at most: each is an act of its own. */
export const mostPlanned = 60
/** A row of days is looked through so far: a term. */
const mostDays = 200

const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']
const allLetters = [...letters, ...letters.flatMap((first) => letters.map((second) => first + second))]

/** The first letter nobody uses yet on a day at a window: A, B, … Z, AA. */
export function letterFor(used: readonly string[]): string {
  return allLetters.find((letter) => !used.includes(letter)) ?? 'ZZ'
}

/**
 * The slots of a plan on the days the hall is open, cut within its hours, without those that are there already. A single
 * day is taken although the hall is shut then: somebody asked for that very day. One more than `mostPlanned` at most.
 */
export function planSlots(
  plan: SlotPlan,
  { openOf, standing }: { openOf(day: string): readonly Stretch[]; standing: readonly Standing[] },
): PlannedSlot[] {
  const planned: PlannedSlot[] = []
  let day = plan.firstDay
  for (let nth = 0; day <= plan.lastDay && nth < mostDays && planned.length <= mostPlanned; nth += 1) {
    const there = standing.filter((slot) => slot.day === day)
    planned.push(...slotsOfDay(plan, { day, open: openOf(day), there }))
    day = addDays(day, 1)
  }
  return planned.slice(0, mostPlanned + 1)
}

interface DayAsked {
  day: string
  open: readonly Stretch[]
  there: readonly Standing[]
}

function slotsOfDay(plan: SlotPlan, { day, open, there }: DayAsked): PlannedSlot[] {
  const used = there.map(({ letter }) => letter)
  const isThere = (from: string) => there.some((slot) => slot.from === from && slot.itemCode === plan.itemCode)
  return timesOf(plan, open)
    .filter(({ from }) => !isThere(from))
    .map((time) => {
      const letter = letterFor(used)
      used.push(letter)
      return { day, ...time, letter }
    })
}

function timesOf(plan: SlotPlan, open: readonly Stretch[]): { from: string; to: string }[] {
  const whole = { from: minutesOf(plan.from), to: minutesOf(plan.to) }
  const isAsked = plan.firstDay === plan.lastDay
  if (!(whole.from < whole.to) || (open.length === 0 && !isAsked)) return []
  const { minutes } = plan
  if (minutes === null) return [{ from: plan.from, to: plan.to }]
  const stretches = open.length === 0 ? [whole] : open
  return stretches.flatMap((one) =>
    cut({ from: Math.max(one.from, whole.from), to: Math.min(one.to, whole.to) }, minutes),
  )
}

/** Parts of so many minutes; a rest that is shorter is left out. */
function cut({ from, to }: Stretch, minutes: number): { from: string; to: string }[] {
  const count = minutes > 0 ? Math.max(0, Math.floor((to - from) / minutes)) : 0
  return Array.from({ length: count }, (_, nth) => {
    const at = from + nth * minutes
    return { from: clockOf(at), to: clockOf(at + minutes) }
  })
}

/**
 * The next number a tablet gives in a slot: the lane is the tablet's alone, so two without a network never give the same
 * one. `lane` may be any capitals and digits that nobody else uses.
 */
export function numberHere({ letter, bookings }: Pick<Slot, 'letter' | 'bookings'>, lane: string): string {
  let count = 1
  while (Object.hasOwn(bookings, `${letter}-${lane}${String(count)}`)) count += 1
  return `${letter}-${lane}${String(count)}`
}
