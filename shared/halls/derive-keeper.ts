import { weekdayOf } from '../calendar/day.ts'
import type { Profile } from '../profiles/profile.ts'
import type { WindowTurn } from './window-turn.ts'

/** As much of a turn as says whose day it is. */
export type TurnDays = Pick<WindowTurn, 'windowId' | 'unitId' | 'from' | 'to' | 'weekdays'>

/** Whether a turn has a day. */
export function hasDay({ from, to, weekdays }: TurnDays, on: string): boolean {
  const isInTime = from <= on && (to === null || on <= to)
  return isInTime && (weekdays.length === 0 || weekdays.includes(weekdayOf(on)))
}

/**
 * Units that keep a window on a day (SZIT-2, NBU-17): those whose turn it is; where nobody's turn is set for the day,
 * all that answer for the window, so that it never stands without anyone.
 */
export function keepersOn(
  turns: readonly TurnDays[],
  window: Pick<Profile['windows'][number], 'id' | 'unitIds'>,
  on: string,
): string[] {
  const inTurn = turns.filter((turn) => turn.windowId === window.id && hasDay(turn, on)).map(({ unitId }) => unitId)
  const known = window.unitIds.filter((id) => inTurn.includes(id))
  return known.length > 0 ? known : [...window.unitIds]
}

/** Whether a day's turn at a window is set, not merely everybody's. */
export function isTurnSet(turns: readonly TurnDays[], windowId: string, on: string): boolean {
  return turns.some((turn) => turn.windowId === windowId && hasDay(turn, on))
}

/**
 * Whether a post counts on a day: one for a unit only in its unit's turn, every other always. `turns` are those of the
 * post's window.
 */
export function isInTurn(
  turns: readonly TurnDays[],
  post: { windowId: string | null; unitId?: string | null | undefined },
  on: string,
): boolean {
  const { windowId, unitId } = post
  if (windowId === null || !unitId) return true
  const set = turns.filter((turn) => turn.windowId === windowId && hasDay(turn, on))
  return set.length === 0 || set.some((turn) => turn.unitId === unitId)
}
