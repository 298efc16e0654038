import { formatDay, localDay, localTime } from '../../shared/calendar/day.ts'
import { maskPhone } from '../../shared/core/mask.ts'
import type { Profile } from '../../shared/profiles/profile.ts'
import { nameIn } from './course.ts'
import type { ContactLine } from './queries.ts'
import { contactTitle, said, stateWord } from './words.ts'

const heads = [
  '首问号',
  '事由',
  '方式',
  '登记时间',
  '首问责任人',
  '姓名',
  '电话',
  '答复期限',
  '现在由谁',
  '状态',
  '了结',
]

/**
 * 首问 as a table to export (REF-SU3): telephones covered, of a complaint or report the name too, and never what was said:
 * that stands in the record itself (REF-PRIV).
 */
export function contactTable(lines: readonly ContactLine[], profile: Profile | null) {
  return { name: '首问', heads, rows: lines.map((line) => rowOf(line, profile)) }
}

function rowOf({ image, dueOn }: ContactLine, profile: Profile | null): string[] {
  const { holder, asked, first, endedAt } = image
  const moment = (at: number) => `${formatDay(localDay(at), true)} ${localTime(at)}`
  const at = nameIn(profile, asked?.windowId ?? holder.windowId ?? holder.unitId)
  const name = image.isConfidential ? '（保密）' : said(image, 'name')
  const phone = image.isConfidential ? '（保密）' : maskPhone(said(image, 'phone'))
  return [
    ...[image.number, contactTitle(image), image.channel === 'phone' ? '电话' : '窗口', moment(image.receivedAt)],
    ...[first.actorName, name, phone, dueOn ? formatDay(dueOn, true) : ''],
    ...[[at, holder.actorName].filter(Boolean).join(' '), stateWord(image), endedAt === null ? '' : moment(endedAt)],
  ]
}
