import { formatDayLong, localDay } from '../../../shared/calendar/day.ts'
import { yuan, type Returned } from '../../../shared/cases/index.ts'
import { appealKinds } from '../kind-words.ts'
import { appealWords, openWords } from './hall-words.ts'
import { paperTime, titleOf, type PaperBody, type PaperFacts } from './paper-facts.ts'
import { askedFor, atWindow, some, stop, tail } from './paper-parts.ts'

/** 缴费通知 (收缴分离, ZJJ-24): what to pay, by which standard and basis, where; and that the receipt goes on with it. */
export function chargeSlip(facts: PaperFacts): PaperBody | null {
  const { image, profile } = facts
  const { charge } = image
  if (!charge) return null
  return {
    title: titleOf('charge', facts),
    by: charge.by,
    para: `${askedFor(facts)}。经窗口核定，应缴下面的费用。窗口不收钱，请到${charge.payAt}缴费。`,
    due: {
      label: '应缴金额',
      date: `${yuan(charge.amount)} 元`,
      detail: `窗口不收钱，到${charge.payAt}缴费，办件号写在附言里`,
    },
    sections: [
      ...some('收费标准', stop(charge.standard)),
      ...some('收费依据', stop(charge.basis)),
      ...some('核定时间', stop(paperTime(charge.by.at))),
      ...some('缴费以后', stop(`带缴费回执到${atWindow(facts)}，窗口填上回执号后继续办理。${openWords(profile)}`)),
      ...some('时限', '等你缴费期间不计时，不算超期。'),
      ...some('已缴', charge.receipt && stop(`${charge.receipt.paidOn}，回执号 ${charge.receipt.number}`)),
      ...tail(facts),
    ],
  }
}

/** 中止通知: why the case rests, since when, and that the time does not count. */
export function pauseNotice(facts: PaperFacts): PaperBody | null {
  const { image } = facts
  const pause = image.pauses?.findLast(({ by }) => by.act !== image.charge?.by.act)
  if (!pause) return null
  const on = formatDayLong(localDay(pause.from))
  const over = pause.to === null ? undefined : `${paperTime(pause.to)}恢复办理`
  return {
    title: titleOf('pause', facts),
    by: pause.by,
    para: `${askedFor(facts)}，从 ${on}起中止办理。${over ? `已于${over}。` : '恢复办理时会告知你。'}`,
    sections: [
      ...some('中止的原因', stop(pause.reason)),
      ...some('中止时间', stop(paperTime(pause.from))),
      ...some('恢复', over && stop(over)),
      ...some('时限', '中止期间不计时；恢复后，承诺的日期按中止的工作日顺延。'),
      ...some('到哪里问', stop(atWindow(facts))),
      ...tail(facts),
    ],
  }
}

const whyWords: Record<Returned['why'], string> = {
  notSupplemented: '一次性告知以后没有补正',
  elsewhere: '不归本厅受理',
  duplicate: '重复申请',
}

/** 退件通知: why the papers went back, which they were, and how to go on or appeal. */
export function returnNotice(facts: PaperFacts): PaperBody | null {
  const { image, item, profile } = facts
  const { returned } = image
  if (!returned) return null
  const names = item.materials.filter(({ id }) => image.materials[id]?.marks.at(-1)?.act === returned.by.act)
  return {
    title: titleOf('returned', facts),
    by: returned.by,
    para: `${askedFor(facts)}。因${whyWords[returned.why]}，本次退件，没有作出办理决定。`,
    sections: [
      ...some('退件的原因', stop(returned.reason)),
      ...some('退还的材料', stop(names.map(({ name }) => name).join('、') || '没有收下的材料')),
      ...some('时间', stop(paperTime(returned.by.at))),
      ...some('以后再办', stop(`材料齐全、符合条件，可以随时重新申请。窗口：${atWindow(facts)}`)),
      ...some('怎样申诉', stop(`认为应当受理的，${appealWords(profile)}`)),
      ...tail(facts).slice(0, 1),
    ],
  }
}

/** 申诉答复 (ZJJ-26): what was appealed, whether it is upheld, why, and what follows. */
export function appealAnswer(facts: PaperFacts): PaperBody | null {
  const { image, profile } = facts
  const appeal = image.appeals?.findLast(({ decided }) => decided !== null)
  if (!appeal?.decided) return null
  const { outcome, reason, by } = appeal.decided
  const isUpheld = outcome === 'upheld'
  const follows = isUpheld ? `本件继续办理，请到${atWindow(facts)}` : '原来的决定不变'
  return {
    title: titleOf('appeal', facts),
    by,
    para: `你就“${facts.item.name}”提出的申诉（${appealKinds[appeal.about]}），已经处理。`,
    due: { label: '处理结果', date: isUpheld ? '申诉成立' : '申诉不成立', detail: follows },
    sections: [
      ...some('理由', stop(reason)),
      ...some('原来的决定', appeal.against && stop(appeal.against.text)),
      ...some('申诉登记', stop(paperTime(appeal.by.at))),
      ...some('处理时间', stop(paperTime(by.at))),
      ...some('还有不同意见', stop(appealWords(profile))),
    ],
  }
}
