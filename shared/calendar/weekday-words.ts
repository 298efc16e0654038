/** The days of a week in their order, 周一 first. */
export const weekdayNames = ['周一', '周二', '周三', '周四', '周五', '周六', '周日'] as const

const nameOf = (day: number): string => weekdayNames[day - 1] ?? ''

/** Weekdays (1 = 周一) as people say them: 周一至周五, 周五, 周一、周三. */
export function weekdayWords(days: readonly number[]): string {
  const sorted = days.toSorted((a, b) => a - b)
  const [first, last] = [sorted[0], sorted.at(-1)]
  if (first === undefined || last === undefined) return ''
  const isRun = sorted.length > 2 && last - first === sorted.length - 1
  return isRun ? `${nameOf(first)}至${nameOf(last)}` : sorted.map(nameOf).join('、')
}
