import { formatDay } from '../../shared/calendar/day.ts'
import type { Case } from '../../shared/cases/index.ts'
import type { Handover, HandoverLine } from '../../shared/handover/index.ts'

/** A line as its author writes it; plain, so that it can be a draft. */
export type OwnLine = Pick<HandoverLine, 'id' | 'about' | 'caseId' | 'text'>

/** The headings of the sheet, in its order. */
export const abouts: readonly { about: HandoverLine['about']; title: string; hint: string }[] = [
  { about: 'matter', title: '没办完的', hint: '' },
  { about: 'promise', title: '答应过学生的', hint: '如：15:00 前回电，写办件号，不写姓名' },
  { about: 'seal', title: '印章', hint: '如：学生事务专用章 1 枚' },
  { about: 'key', title: '钥匙、读写器', hint: '如：抽屉钥匙 1 把' },
  { about: 'word', title: '要交代的话', hint: '如：写卡器偶尔要重插' },
]

/** How a case stands, in the words of the sheet; never the student's name, which stays with the case. */
function matterText(image: Case, dueOn: string | undefined): string {
  const due = dueOn ? `，承诺 ${formatDay(dueOn)}` : ''
  if (image.state === 'waiting') return `${image.itemName} ${image.number}，等学生补正`
  if (image.state === 'paused') return `${image.itemName} ${image.number}，中止`
  if (image.state === 'disputed') return `${image.itemName} ${image.number}，两处结果不一致，等裁决`
  return `${image.itemName} ${image.number}${due}`
}

/** The line of an open case; `dueOn` is the promised day with its pauses. */
export function matterLine(image: Case, dueOn = image.promise?.on): HandoverLine {
  return { id: image.id, about: 'matter', caseId: image.id, text: matterText(image, dueOn) }
}

/** Seals and keys pass from shift to shift: the last sheet's lines are this one's first proposal. */
export function lastingLines(last: Handover | undefined, makeId: () => string): OwnLine[] {
  const lasting = (last?.lines ?? []).filter(({ about }) => about === 'seal' || about === 'key')
  return lasting.map((line) => ({ ...line, id: makeId() }))
}

/** The handover that waits to be confirmed: the newest one, unless a shift was taken over since. */
export function pendingOf(handovers: readonly Handover[]): Handover | undefined {
  const lastTaken = Math.max(0, ...handovers.map((one) => one.confirmedAt ?? 0))
  return handovers.find((one) => one.state === 'open' && one.openedAt > lastTaken)
}
