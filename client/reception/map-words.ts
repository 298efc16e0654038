import { formatDay, localDay, weekdayName } from '../../shared/calendar/day.ts'
import type { HallNow } from '../../shared/reception/hall-map.ts'

/** Who is at a window, by role; null where nothing is known of today. */
export type Duty = ReadonlyMap<string, 'roleA' | 'roleB'>

/** A window on the map. */
export interface MapWindow {
  id: string
  name: string
  place: string
  order: number
}

/** `开放中，到 11:00` or `已关闭，下次 周一 11月23日 9:00`. */
export function openWords({ isOpen, until, next }: HallNow, now: number): string {
  if (isOpen) return until ? `开放中，到 ${until}` : '开放中'
  if (!next) return '现在不开放'
  const day = next.on === localDay(now) ? '今天' : `${formatDay(next.on)} ${weekdayName(next.on)}`
  return `现在不开放，下次 ${day} ${next.from}`
}

/** `B角在岗`; nothing where nobody has signed for the window today. */
export function dutyWords(duty: Duty, windowId: string, roleWord: string): string {
  const role = duty.get(windowId)
  return role ? `${role === 'roleA' ? 'A' : 'B'}${roleWord}在岗` : ''
}
