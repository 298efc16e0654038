import type { Json } from '../core/canonical.ts'
import { refusal, type RefusalKind } from '../core/refusal.ts'

/** The case is on its way to a window already. */
export const alreadyMoving = refusal('case.alreadyMoving', {
  cite: 'REF-CQ3.2',
  say: (facts) => `已转往${String(facts.to)}，等对方接收；要改，请先收回。`,
})

/** The window is not one of the hall's, or is the case's own. */
export const noSuchWindow = refusal('case.noSuchWindow', {
  cite: 'REF-CQ3.2',
  say: () => '转办要选本厅的另一个窗口。',
})

/** No 转办 to this window is under way. */
export const notComing = refusal('case.notComing', {
  cite: 'REF-CQ3.2',
  say: (facts) =>
    `${typeof facts.number === 'string' ? facts.number : '这件'}现在没有转给本窗口：可能已经收回，或已退回。`,
})

/** The appeal was decided by someone else first. */
export const appealSettled = refusal('case.appealSettled', {
  cite: 'ZJJ-26',
  say: (facts) => (facts.by ? `这件申诉已由${String(facts.by)}处理。` : '这件申诉已不需要处理。'),
})

/** Nobody decides an appeal of their own decision. */
export const ownDecision = refusal('case.ownDecision', {
  cite: 'ZJJ-26',
  say: () => '被申诉的决定是您作的，请由别的督查处理。',
})

/** `20.00`: 分 as 元. */
export function yuan(amount: Json | undefined): string {
  const cents = Math.trunc(Number(amount))
  return `${String(Math.trunc(cents / 100))}.${String(cents % 100).padStart(2, '0')}`
}

const list = (names: unknown): string =>
  Array.isArray(names) ? names.map((name) => `「${String(name)}」`).join('') : ''

const toldWords: Readonly<Record<string, string>> = {
  ...{ process: '流程', dueOn: '办结时间', reason: '原由', basis: '依据', materials: '材料' },
}

const words = (fields: unknown): string =>
  Array.isArray(fields) ? fields.map((field) => toldWords[String(field)] ?? '').join('、') : ''

/** Sentences of what happens on a case's way: 中止, 退件, 转办, 收费, 申诉. */
export const courseSentences: RefusalKind[] = [
  ...[alreadyMoving, noSuchWindow, notComing, appealSettled, ownDecision],
  refusal('notTold', {
    cite: 'SSC-20.2',
    say: (facts) => `承诺时还应告知${words(facts.untold)}。`,
  }),
  refusal('whilePaused', { cite: 'SSC-20.2', say: () => '本件正在中止，请先恢复办理。' }),
  refusal('returnComplete', {
    cite: 'ZJJ-26',
    say: () => '材料已齐，不能以没有补正为由退件；符合条件的应当办理。',
  }),
  refusal('returnUntold', {
    cite: 'SSC-20.1',
    say: (facts) => `还没有一次性告知${list(facts.missing)}，不能以没有补正为由退件。`,
  }),
  refusal('unpaid', {
    cite: 'ZJJ-24',
    say: (facts) => `已核定收费 ${yuan(facts.amount)} 元，收缴分离：填了缴费回执号才能办结。`,
  }),
  refusal('noChargeBasis', { cite: 'ZJJ-9', say: () => '一事一表没有写收费依据和标准，不能收费。' }),
  refusal('paidAlready', {
    cite: 'ZJJ-24',
    say: (facts) => `这件已经缴费（回执号 ${String(facts.number)}），不能再核定收费。`,
  }),
  refusal('receiptWithoutCharge', {
    cite: 'ZJJ-24',
    say: (facts) => `这件没有核定收费，回执号 ${String(facts.number)} 请核对。`,
  }),
  refusal('chargeDisputed', { cite: 'ZJJ-24', say: () => '两处核定的收费不一致，裁决之前不收缴费回执。' }),
  refusal('shouldHaveAccepted', {
    cite: 'ZJJ-26',
    say: (facts) =>
      `申诉成立：${facts.about === 'shouldHaveAccepted' ? '应收未收' : '不应这样决定'}，记${String(facts.by)}一次应收未收，待考核核实。`,
  }),
]
