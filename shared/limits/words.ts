import { formatDayNear } from '../calendar/day.ts'
import { sourceWords } from '../profiles/cites.ts'
import type { Limit } from './pauses.ts'
import type { Cap } from './promise.ts'

const sourceOf = ({ source, cite }: Cap): string => (source === 'sheet' ? '一事一表承诺时限' : sourceWords(cite))

/** A cap as the window shows it, with who says so: the regulation's article, the sheet, or 本厅约定. */
export function capWords(cap: Cap): string {
  const usually = cap.binding === 'fixed' ? '最长' : '一般'
  return `${usually} ${String(cap.maxWorkingDays)} 个工作日（${sourceOf(cap)}）`
}

/** By when, as it is said today: `11月23日前办结`, or with pauses `11月23日，顺延到 11月25日前办结`. */
export function dueWords({ promisedOn, dueOn }: Pick<Limit, 'promisedOn' | 'dueOn'>, today: string): string {
  const first = dueOn === promisedOn ? '' : `${formatDayNear(promisedOn, today)}，顺延到 `
  return `${first}${formatDayNear(dueOn, today)}前办结`
}
