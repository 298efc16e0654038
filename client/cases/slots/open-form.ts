import { mostPlaces } from '../../../shared/cases/slot.ts'
import { day } from '../../../shared/core/text.ts'

/** What a slot is for when it names no item. */
export const anyItem = '本窗口各事项'

/** The form of 开预约时段, as typed. */
export type OpenForm = {
  windowId: string
  itemCode: string
  firstDay: string
  lastDay: string
  from: string
  to: string
  /** Minutes of a part, or 0: not cut. */
  minutes: string
  capacity: string
}

/** How long one slot is. */
export const lengths = [
  { value: '30', label: '半小时' },
  { value: '60', label: '一小时' },
  { value: '120', label: '两小时' },
  { value: '0', label: '不分，整段' },
] as const

/** A form for a day at a window. */
export function emptyOpen(on: string, windowId: string | null): OpenForm {
  return {
    ...{ windowId: windowId ?? '', itemCode: '', firstDay: on, lastDay: on },
    ...{ from: '08:30', to: '17:00', minutes: '60', capacity: '3' },
  }
}

/** Whether a text is a day, as a date field or an address gives it. */
export function isDay(text: unknown): text is string {
  return day.safeParse(text).success
}

const timeShape = /^\d{2}:\d{2}$/

/** Why nothing can be opened from what stands in the form; undefined when it can. */
export function openReason(
  { windowId, firstDay, lastDay, from, to, capacity }: OpenForm,
  today: string,
): string | undefined {
  if (windowId === '') return '请选窗口。'
  if (!isDay(firstDay) || !isDay(lastDay)) return '请填从哪天到哪天。'
  if (firstDay < today) return '不能给过去的日子开时段。'
  if (lastDay < firstDay) return '到哪天要不早于从哪天。'
  if (!timeShape.test(from) || !timeShape.test(to) || to <= from) return '结束要晚于开始。'
  return capacityReason(capacity)
}

/** Why a number of places is none; undefined when it is. */
export function capacityReason(capacity: string): string | undefined {
  return /^\d{1,3}$/.test(capacity) && Number(capacity) >= 1 && Number(capacity) <= mostPlaces
    ? undefined
    : `名额应是 1–${String(mostPlaces)} 的整数。`
}
