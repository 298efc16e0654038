import { isAppealable, mayMove, type Case, type CaseMove } from '../../../shared/cases/index.ts'
import type { Item } from '../../../shared/profiles/item-sheet.ts'
import { settingOf } from '../../../shared/profiles/later.ts'
import type { Profile } from '../../../shared/profiles/profile.ts'
import type { IconName } from '../../ui/icons.ts'

/** What is open over a case beside its next outcome. */
export type Doing =
  'menu' | 'pause' | 'return' | 'transfer' | 'transferBack' | 'charge' | 'receiptNo' | 'appeal' | 'decide' | null

/** One way beside the usual ones. */
export interface Way {
  doing: Exclude<Doing, null | 'menu'>
  type: string
  icon: IconName
  title: string
  sub: string
}

type Listed = Way & { move: CaseMove; isHere?(image: Case, item: Item | null): boolean }

const ways: readonly Listed[] = [
  {
    ...{ doing: 'charge', type: 'case.charge', move: 'charge', icon: 'doc', title: '核定收费' },
    sub: '窗口只核定、不收钱；学生缴费后凭回执号继续办',
    isHere: ({ charge }, item) => item?.charge !== null && !charge?.receipt,
  },
  {
    ...{ doing: 'pause', type: 'case.pause', move: 'pause', icon: 'clock', title: '中止' },
    sub: '写明原因，给学生一张中止通知；恢复之前不计时',
  },
  {
    ...{ doing: 'transfer', type: 'case.transfer', move: 'transfer', icon: 'swap', title: '转办到别的窗口' },
    sub: '对方接收之前，两个窗口的清单上都有，仍由本窗口负责',
    isHere: ({ transfers }) =>
      !transfers?.at(-1) || transfers.at(-1)?.taken !== null || transfers.at(-1)?.back !== null,
  },
  {
    ...{ doing: 'return', type: 'case.return', move: 'giveBack', icon: 'back', title: '退件' },
    sub: '逾期未补正、不归本厅受理或重复申请：材料退还学生',
  },
  {
    ...{ doing: 'appeal', type: 'case.appeal', move: 'appeal', icon: 'scale', title: '登记学生的申诉' },
    sub: '应收未收、不予办理、退件，由督查处理并答复',
    isHere: (image) => isAppealable(image) || mayMove(image, 'pause'),
  },
]

/** The ways a case has now, by the table of states. */
export function waysOf(image: Case, item: Item | null): Way[] {
  return ways.filter(({ move, isHere }) => mayMove(image, move) && (isHere?.(image, item) ?? true))
}

/** `15`, `15.5`, `15.50` in 元 as 分; undefined when it is no sum. */
export function centsOf(text: string): number | undefined {
  const match = /^(\d{1,6})(?:\.(\d{1,2}))?$/.exec(text.trim())
  const cents = match ? Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0')) : 0
  return cents > 0 ? cents : undefined
}

/** Where the hall has charges paid (ZJJ-24). */
export function paidAt(profile: Profile): string {
  return settingOf(profile, 'chargesPaidAt')
}
