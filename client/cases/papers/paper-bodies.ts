import { formatDayLong, localDay } from '../../../shared/calendar/day.ts'
import { groundGiven, statusCode, yuan, type Notice } from '../../../shared/cases/index.ts'
import { capFor, capWords, limitOf, reckonPromise } from '../../../shared/limits/index.ts'
import { regulationWords } from '../../../shared/profiles/cites.ts'
import type { Item } from '../../../shared/profiles/item-sheet.ts'
import { sentenceOf } from '../../../shared/sentences.ts'
import { appealWords, openWords } from './hall-words.ts'
import { appealAnswer, chargeSlip, pauseNotice, returnNotice } from './paper-course.ts'
import { leadWords, unitNames } from '../steps/step-words.ts'
import { paperTime, refusalWord, titleOf, withSample } from './paper-facts.ts'
import type { PaperBody, PaperFacts, PaperKind } from './paper-facts.ts'
import { askedFor, atWindow, beganSection, chargeWords, givenNames, some, stop, tail } from './paper-parts.ts'

/** 受理回执 (SSC-20.2, NBU-7): the promised date with its reckoning, and what the hall must tell with it. */
function receipt(facts: PaperFacts): PaperBody | null {
  const { image, item, profile, calendars } = facts
  const { promise, acceptedAt } = image
  if (!promise) return null
  const told = new Set(profile.settings.toldWithPromise.value)
  const { workingDays, on } = promise
  const terms = { receivedAt: acceptedAt ?? promise.by.at, workingDays, profile, calendars }
  const { receivedOn, isOfficial } = reckonPromise(terms)
  const days = `${String(workingDays)} 个工作日`
  const beyond = promise.beyondReason && `超过一般时限的原由：${promise.beyondReason}`
  const unsure = isOfficial ? '' : '当年放假安排公布前，按周一至周五推算。'
  const rule = `${days}，从受理的次日起算，遇${daysOffWords(profile)}顺延；等你补正期间不计时。${unsure}`
  return {
    title: titleOf('receipt', facts),
    by: promise.by,
    para: `${askedFor(facts)}，材料已收齐，${acceptedWords(terms.receivedAt, receivedOn)}。承诺在 ${formatDayLong(on)}前办结。`,
    due: { label: '承诺办结', date: formatDayLong(on), detail: rule },
    sections: [
      ...some('时限依据', stop(capWords(capFor(promise.level, { item, profile })))),
      ...some('主办', leadWords(image, profile)),
      ...some('协办单位', unitNames(image).join('、')),
      ...some('原由', (told.has('reason') || beyond) && stop([promise.reason, beyond].filter(Boolean).join('；'))),
      ...some('流程', told.has('process') && stop(withSample(item.process.join(' → '), item, 'process'))),
      ...some('办理依据', told.has('basis') && stop(item.basis)),
      ...some('收下的材料', givenNames(facts) && stop(givenNames(facts))),
      ...some('收费', stop(chargeWords(facts))),
      ...elsewhere(facts),
      ...some('到哪里问', stop(`${atWindow(facts)}。${openWords(profile)}`)),
      ...tail(facts),
    ],
  }
}

/** What does not count as a working day of a limit. */
function daysOffWords({ settings }: PaperFacts['profile']): string {
  return settings.isVacationCounted.value ? '周末、节假日' : '周末、节假日、寒暑假'
}

/** Where else: the online hall, if the item is there (SSC-6), and by a code where the case stands, without a name (SZIT-10). */
function elsewhere({ image, item, profile }: PaperFacts): PaperBody['sections'] {
  const terminal = profile.settings.hasTerminal.value ? '，或在自助终端填办件号和查询码' : ''
  const way = `用手机扫码${terminal}，能看办到哪里；不显示姓名。`
  return [
    ...some('网上办理', item.onlineUrl && `这件事也可以网上办：${item.onlineUrl}`),
    ...some('查进度', `查询码 ${statusCode(image.id)}。${way}`),
  ]
}

/** Handed in after hours or on a day off, it counts as received on the next working day. */
function acceptedWords(at: number, receivedOn: string): string {
  const on = localDay(at)
  return on === receivedOn
    ? `${formatDayLong(on)}受理`
    : `${formatDayLong(on)}收下，按 ${formatDayLong(receivedOn)}受理计`
}

/** 一次性告知书 (SSC-20.1, ZJJ-25): all that is missing and every other matter, with the way to put it right. */
function notice(facts: PaperFacts, nth?: number): PaperBody | null {
  const { image, item, profile } = facts
  const told = image.notices.findLast((line) => nth === undefined || line.nth === nth)
  if (!told) return null
  const { isMissingToldOnce, isMissingToldWithWays } = profile.settings
  const withWays = isMissingToldWithWays.value
  const rows = [
    ...told.missing.map((line) => ({
      name: line.name,
      state: line.state === 'unfit' ? '不符合' : '缺',
      how: withWays ? line.how : '',
    })),
    ...told.matters.map((matter) => ({ name: matter, state: '其他事项', how: withWays ? '请一并办好' : '' })),
  ]
  // 一次性告知 rests on the article that says once, or else on the one that says all, with the ways (ZJJ 二十五).
  const cite = isMissingToldOnce.cite ?? isMissingToldWithWays.cite
  const again = told.nth > 1 ? `这是本件第 ${String(told.nth)} 次告知。` : ''
  return {
    title: told.nth > 1 ? `${titleOf('notice', facts)}（第 ${String(told.nth)} 次）` : titleOf('notice', facts),
    by: told.by,
    para: `${askedFor(facts)}。${again}经核对，还有下面 ${String(rows.length)} 项要补齐。请一次补齐后交到本窗口。补齐之前不计时，不算超期。`,
    table: { head: `还缺 ${String(rows.length)} 项`, rows },
    sections: [
      ...some('已收下', givenNames(facts) && stop(givenNames(facts))),
      ...some('补到哪里', stop(`${atWindow(facts)}。${openWords(profile)}。请带本告知书来`)),
      ...some('补齐以后', stop(afterwards(facts))),
      ...some('二次告知', lateWords(facts, told)),
      ...some(
        '只告知一次',
        isMissingToldOnce.value &&
          told.nth === 1 &&
          '以后再要求补这次就能告知的材料或事项，属于二次告知，会记录在案，你可以投诉。',
      ),
      ...some('依据', stop(`${regulationWords(profile, cite)}；一事一表 ${item.code} 第 ${String(item.version)} 版`)),
      ...tail(facts),
    ],
  }
}

function afterwards({ image, item }: PaperFacts): string {
  if (image.promise) return '从收齐的次日起继续计时，承诺的日期顺延相应的工作日'
  const { workingDays } = item.promise
  if (workingDays === null) return '当场能办的当场办结'
  const days = withSample(`${String(workingDays)} 个工作日内办结`, item, 'promise')
  return `收齐后受理，从次日起 ${days}，遇周末、节假日顺延。受理时给你写明日期的回执`
}

/** A second notice of what could have been told at first is a lapse of the hall's, and the paper says so. */
function lateWords({ image }: PaperFacts, told: Notice): string | undefined {
  const late = image.flags.find((flag) => flag.act === told.by.act && flag.code === 'toldTooLate')
  return late && `${sentenceOf(late.code, late.facts)}耽误的责任在窗口，不在你。`
}

/** 不予办理告知书 (SSC-20.2, ZJJ-26): the ground, what it rests on, the reason, and how to appeal. */
function refusal(facts: PaperFacts): PaperBody | null {
  const { image, item, profile } = facts
  const { refusal: made } = image
  if (!made) return null
  const ground = groundGiven(image, item, profile)
  const study = made.stage === 'door' ? '经当面核对' : '经研究'
  return {
    title: titleOf('refusal', facts),
    by: made.by,
    para: `${askedFor(facts)}。${study}，因下面的理由，本次${refusalWord(facts)}。`,
    sections: [
      ...some('理由', stop(made.ground)),
      ...some('依据', ground && stop(basisWords(ground, item))),
      ...some('说明', stop(made.reason)),
      ...some('时间', stop(paperTime(made.by.at))),
      ...some('怎样申诉', stop(`不同意这个决定，${appealWords(profile)}`)),
      ...some('以后再办', stop(`情况有变化、符合条件后，可以重新申请。窗口：${atWindow(facts)}`)),
      ...tail(facts).slice(0, 1),
    ],
  }
}

/** A sheet's basis may be 示例; the regulation's own never is. */
function basisWords(ground: Item['grounds'][number], item: Item): string {
  const isOfSheet = item.grounds.some(({ id }) => id === ground.id)
  return isOfSheet ? withSample(ground.basis, item, 'grounds') : ground.basis
}

/** What was assessed here and paid elsewhere (ZJJ-24). */
function paidWords({ image: { charge } }: PaperFacts): string | undefined {
  const receipt = charge?.receipt
  return receipt ? `${yuan(charge.amount)} 元，已缴，回执号 ${receipt.number}` : undefined
}

/** 办结通知: the result, when, and whether within the promised date. */
function done(facts: PaperFacts): PaperBody | null {
  const { image } = facts
  const { conclusion, endedAt } = image
  if (!conclusion) return null
  const on = localDay(endedAt ?? conclusion.by.at)
  return {
    title: titleOf('conclusion', facts),
    by: conclusion.by,
    para: `${askedFor(facts)}，已于 ${formatDayLong(on)}办结。`,
    due: { label: '办理结果', date: conclusion.result, detail: conclusion.resultNote },
    sections: [
      ...some('办结时间', stop(paperTime(endedAt ?? conclusion.by.at))),
      ...some('原承诺', promisedWords(facts)),
      ...some('收费', stop(paidWords(facts) ?? chargeWords(facts))),
      ...some('办理窗口', stop(atWindow(facts))),
      ...tail(facts),
    ],
  }
}

/** What was promised, and by how much the days that did not count moved it. */
function promisedWords({ image, profile, calendars }: PaperFacts): string | null {
  const limit = limitOf(image, { profile, calendars, today: localDay(image.endedAt ?? 0) })
  if (!limit) return null
  const { promisedOn, dueOn, workingDays, paused } = limit
  const moved = `；补正、中止期间 ${String(paused.length)} 个工作日不计时，顺延到 ${formatDayLong(dueOn)}`
  return `${formatDayLong(promisedOn)}前办结，${String(workingDays)} 个工作日${paused.length > 0 ? moved : ''}。`
}

const bodies: Readonly<Record<PaperKind, (facts: PaperFacts, nth?: number) => PaperBody | null>> = {
  ...{ receipt, notice, refusal, conclusion: done },
  ...{ charge: chargeSlip, pause: pauseNotice, returned: returnNotice, appeal: appealAnswer },
}

/** A paper in words, null when the case has none of its kind; of several notices the newest, or the `nth`. */
export function paperBody(kind: PaperKind, facts: PaperFacts, nth?: number): PaperBody | null {
  const body = bodies[kind](facts, nth)
  return body && { ...body, sections: [...body.sections, ...beganSection(facts)] }
}
