import { formatDayNear, localDay } from '../../shared/calendar/day.ts'
import { yuan, type Case } from '../../shared/cases/index.ts'
import type { Act } from '../../shared/core/kernel.ts'
import type { IconName } from '../ui/icons.ts'
import { appealKinds } from './kind-words.ts'

/** Icons of what happens on a case's way. */
export const courseIcons: Readonly<Record<string, IconName>> = {
  'case.appeal': 'scale',
  'case.appealDecide': 'scale',
  'case.charge': 'doc',
  'case.pause': 'clock',
  'case.receiptNo': 'check',
  'case.resume': 'arrow',
  'case.return': 'back',
  'case.takeOver': 'swap',
  'case.transfer': 'swap',
  'case.transferBack': 'back',
}

type Say = (told: { image: Case; act: Act }) => { what: string; detail?: string | undefined }

const gone = '（内容已删除）'
const textOf = (image: Case, key: string): string => {
  const text = image.pii[key]
  return typeof text === 'string' ? text : gone
}

const whyWords = { notSupplemented: '逾期未补正', elsewhere: '不归本厅受理', duplicate: '重复申请' } as const

/** What each of these acts did, with every field its article asks for; only what the image still knows is told. */
export const courseSays: Readonly<Record<string, Say>> = {
  'case.pause': ({ image, act }) => {
    const pause = image.pauses?.find(({ by }) => by.act === act.cmdId)
    return { what: '中止办理，不计时', detail: pause?.reason }
  },
  'case.resume': () => ({ what: '恢复办理，继续计时' }),
  'case.return': ({ image, act }) => {
    const { returned } = image
    if (returned?.by.act !== act.cmdId) return { what: '退件' }
    return { what: `退件：${whyWords[returned.why]}`, detail: returned.reason }
  },
  'case.transfer': ({ image, act }) => {
    const moved = image.transfers?.find(({ by }) => by.act === act.cmdId)
    return {
      what: moved ? `转办：${moved.from.name}转往${moved.to.name}` : '转办',
      detail: moved && textOf(image, moved.key),
    }
  },
  'case.takeOver': ({ image, act }) => {
    const moved = image.transfers?.find(({ taken }) => taken?.act === act.cmdId)
    return { what: moved ? `${moved.to.name}接收转办` : '接收转办' }
  },
  'case.transferBack': ({ image, act }) => {
    const moved = image.transfers?.find(({ back }) => back?.act === act.cmdId)
    return { what: moved ? `转往${moved.to.name}没有接收，退回` : '退回转办', detail: moved?.back?.reason }
  },
  'case.charge': ({ image, act }) => {
    const { charge } = image
    if (charge?.by.act !== act.cmdId) return { what: '核定收费' }
    const detail = `标准：${charge.standard}；依据：${charge.basis}；到${charge.payAt}缴费`
    return { what: `核定收费 ${yuan(charge.amount)} 元`, detail }
  },
  'case.receiptNo': ({ image, act }) => {
    const receipt = image.charge?.receipt
    if (receipt?.by.act !== act.cmdId) return { what: '填缴费回执' }
    return { what: `缴费回执 ${receipt.number}`, detail: `${formatDayNear(receipt.paidOn, localDay(act.at))}缴费` }
  },
  'case.appeal': ({ image, act }) => {
    const appeal = image.appeals?.find(({ by }) => by.act === act.cmdId)
    return {
      what: appeal ? `学生申诉：${appealKinds[appeal.about]}` : '学生申诉',
      detail: appeal && textOf(image, appeal.key),
    }
  },
  'case.appealDecide': ({ image, act }) => {
    const appeal = image.appeals?.find(({ decided }) => decided?.by.act === act.cmdId)
    if (!appeal?.decided) return { what: '处理申诉' }
    const was = appeal.against ? `；原决定：${appeal.against.text}` : ''
    const what = appeal.decided.outcome === 'upheld' ? '申诉成立，继续办理' : '申诉不成立'
    return { what, detail: `${appeal.decided.reason}${was}` }
  },
}
