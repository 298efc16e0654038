import { formatDay, localDay } from '../../shared/calendar/day.ts'
import type { Profile } from '../../shared/profiles/profile.ts'
import { maskNumber, stateWord, studentOf } from './case-words.ts'
import type { CaseRecord } from './queries.ts'

/** What an exported list is made from, and whether its reader may see student numbers in full. */
interface TableTerms {
  readonly profile: Profile | null
  readonly isUnmasked: boolean
}

const heads = ['办件号', '事项', '状态', '学生', '学号', '收件日期', '承诺办结', '经办人', '窗口']

/** 办件 as a table to export: student numbers masked but for supervisors, telephones never. */
export function caseTable(rows: readonly CaseRecord[], { profile, isUnmasked }: TableTerms) {
  const day = (at: number) => formatDay(localDay(at), true)
  const windowName = (id: string) => profile?.windows.find((window) => window.id === id)?.name ?? id
  return {
    name: '办件',
    heads,
    rows: rows.map(({ image }) => {
      const { name, studentNo } = studentOf(image)
      return [
        ...[image.number, image.itemName, stateWord(image.state, profile), name],
        ...[isUnmasked ? studentNo : maskNumber(studentNo), day(image.receivedAt)],
        ...[
          image.promise ? formatDay(image.promise.on, true) : '',
          image.handler.actorName,
          windowName(image.windowId),
        ],
      ]
    }),
  }
}
