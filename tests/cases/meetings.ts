import type { Case } from '../../shared/cases/index.ts'
import type { Json } from '../../shared/core/canonical.ts'
import type { RuleName } from '../../shared/merge-rules.ts'
import type { Item } from '../../shared/profiles/item-sheet.ts'

/** Words two people write: by default as given here, in the properties drawn by fast-check. */
export interface Values {
  one: string
  two: string
  phoneOne: string
  phoneTwo: string
}

export const plainValues: Values = { one: '已办', two: '换新卡', phoneOne: '13900000001', phoneTwo: '13900000002' }

/** What a move's arguments may rest on. */
export interface Facts {
  v: Values
  item: Item
  image: Case
}

/** One act of one of the two, or of the supervisor; made over what all had seen. */
export interface Move {
  type: string
  by: 'a' | 'b' | 's'
  args(facts: Facts): Record<string, Json>
}

/** Two acts of a line: `first` is the line's `against`, `second` its `command`; the other way round ends as `mirror`. */
export interface Meeting {
  /** Seen by both before they act. */
  before?: Move[]
  /** Seen by neither: makes the conflict that is then pulled. */
  apart?: [Move, Move]
  first: Move
  second: Move
  mirror: RuleName | 'applied' | 'impossible'
}

type MakeArgs = Move['args']
const move =
  (type: string, make: MakeArgs) =>
  (by: Move['by']): Move => ({ type, by, args: make })

const conclude = (pick: 'one' | 'two') => move('case.conclude', ({ v }) => ({ result: v[pick], resultNote: v.one }))
const withdraw = move('case.withdraw', ({ v }) => ({ reason: v.two }))
const refuse = move('case.refuse', ({ item, v }) => {
  const [ground] = item.grounds
  return { stage: 'study', groundId: ground?.id ?? '', ground: ground?.text ?? '', reason: v.two }
})
const note = (pick: 'one' | 'two') => move('case.note', ({ v }) => ({ text: `记 ${v[pick]}` }))
const phone = (pick: 'phoneOne' | 'phoneTwo') => move('case.correct', ({ v }) => ({ fields: { phone: v[pick] } }))
const rename = move('case.correct', ({ v }) => ({ fields: { name: v.one } }))
const mark = (state: string) =>
  move('case.materialGiven', ({ item }) => ({ materials: [{ id: item.materials[0]?.id ?? '', state }] }))
const notice = (pick: 'one' | 'two') => move('case.supplementNotice', ({ v }) => ({ missing: [], matters: [v[pick]] }))
const noticeOf = (state: string) =>
  move('case.supplementNotice', ({ item, v }) => ({
    missing: item.materials.slice(0, 1).map(({ id, name }) => ({ materialId: id, name, state, how: v.one })),
    matters: [],
  }))
const take = move('case.take', () => ({}))
const assign = (to: string) =>
  move('case.assign', ({ v }) => ({ to: { actorId: to, actorName: `示例·${to}`, role: 'roleA' }, text: v.one }))
const accept = (pick: 'one' | 'two') =>
  move('case.accept', ({ v }) => ({
    ...{ workingDays: pick === 'one' ? 2 : 3, on: pick === 'one' ? '2026-11-24' : '2026-11-25', level: 'ordinary' },
    ...{ reason: v[pick], beyondReason: null },
  }))
const resolve = (choice: string) =>
  move('case.resolve', ({ image, v }) => ({ conflictId: image.conflicts[0]?.id ?? '', choice, reason: v.one }))
const undo = move('case.undo', ({ image }) => ({ act: image.acts.at(-1)?.cmdId ?? '' }))

const pause = (pick: 'one' | 'two') => move('case.pause', ({ v }) => ({ reason: v[pick] }))
const resume = move('case.resume', () => ({}))
const giveBack = move('case.return', ({ v }) => ({ why: 'elsewhere', reason: v.two }))
const transfer = (to: string) => move('case.transfer', ({ v }) => ({ to, text: v.one }))
const charge = (pick: 'one' | 'two') =>
  move('case.charge', ({ v }) => ({
    ...{ amount: pick === 'one' ? 500 : 1500, basis: v[pick], standard: v[pick], payAt: '示例·财务处' },
  }))
const receiptNo = (receiptNumber: string) => move('case.receiptNo', () => ({ receiptNumber, paidOn: '2026-11-20' }))
const appeal = (pick: 'one' | 'two') => move('case.appeal', ({ v }) => ({ about: 'shouldHaveAccepted', text: v[pick] }))
const decide = (outcome: string) =>
  move('case.appealDecide', ({ image, v }) => ({ key: image.appeals?.[0]?.key ?? '', outcome, reason: v.one }))

type OnCase = Exclude<
  RuleName,
  | 'takeOver'
  | 'transferBack'
  | 'twin'
  | 'decideWindow'
  | 'endService'
  | 'endTurn'
  | 'adopt'
  | 'calendar'
  | 'endPost'
  | 'publish'
  | 'retire'
  | 'entries'
  | 'confirm'
  | 'link'
  | `contact${string}`
  | `step${string}`
  | `slot${string}`
>

/** Every line of the table whose two acts meet on one case. The compiler holds the list complete. */
export const caseMeetings: Record<OnCase, Meeting> = {
  markSame: { first: mark('unfit')('a'), second: mark('unfit')('b'), mirror: 'markSame' },
  markOther: { first: mark('unfit')('a'), second: mark('returned')('b'), mirror: 'markOther' },
  markAfterEnd: { first: conclude('one')('a'), second: mark('unfit')('b'), mirror: 'applied' },
  note: { first: note('one')('a'), second: note('two')('b'), mirror: 'note' },
  noteAfterEnd: { first: conclude('one')('a'), second: note('two')('b'), mirror: 'applied' },
  fieldApart: { first: phone('phoneOne')('a'), second: rename('b'), mirror: 'fieldApart' },
  fieldSame: { first: phone('phoneOne')('a'), second: phone('phoneOne')('b'), mirror: 'fieldSame' },
  fieldOther: { first: phone('phoneOne')('a'), second: phone('phoneTwo')('b'), mirror: 'fieldOther' },
  fieldAfterEnd: { first: conclude('one')('a'), second: phone('phoneTwo')('b'), mirror: 'applied' },
  noticeTwice: { first: notice('one')('a'), second: notice('two')('b'), mirror: 'noticeTwice' },
  noticeMark: { first: mark('returned')('a'), second: noticeOf('missing')('b'), mirror: 'markNotice' },
  markNotice: { first: noticeOf('missing')('a'), second: mark('returned')('b'), mirror: 'noticeMark' },
  noticeAfterEnd: { first: conclude('one')('a'), second: notice('two')('b'), mirror: 'endOverNotice' },
  endOverNotice: { first: notice('one')('a'), second: conclude('two')('b'), mirror: 'noticeAfterEnd' },
  take: { before: [assign('c')('a')], first: take('a'), second: take('b'), mirror: 'take' },
  takeAssigned: { first: assign('c')('a'), second: take('b'), mirror: 'assignTaken' },
  assign: { first: assign('c')('a'), second: assign('d')('b'), mirror: 'assign' },
  assignTaken: { first: take('b'), second: assign('c')('a'), mirror: 'takeAssigned' },
  promiseSame: { first: accept('one')('a'), second: accept('one')('b'), mirror: 'promiseSame' },
  promiseOther: { first: accept('one')('a'), second: accept('two')('b'), mirror: 'promiseOther' },
  promiseAfterEnd: { first: conclude('one')('a'), second: accept('two')('b'), mirror: 'applied' },
  concludeSame: { first: conclude('one')('a'), second: conclude('one')('b'), mirror: 'concludeSame' },
  concludeOther: { first: conclude('one')('a'), second: conclude('two')('b'), mirror: 'concludeOther' },
  concludeEnd: { first: withdraw('a'), second: conclude('one')('b'), mirror: 'withdrawEnd' },
  refuseEnd: { first: conclude('one')('b'), second: refuse('a'), mirror: 'concludeEnd' },
  withdrawEnd: { first: conclude('one')('a'), second: withdraw('b'), mirror: 'concludeEnd' },
  undo: { before: [conclude('one')('a')], first: note('two')('b'), second: undo('a'), mirror: 'applied' },
  pauseTwice: { first: pause('one')('a'), second: pause('two')('b'), mirror: 'pauseTwice' },
  pauseAfterEnd: { first: conclude('one')('a'), second: pause('two')('b'), mirror: 'endOverPause' },
  endOverPause: { first: pause('one')('a'), second: conclude('two')('b'), mirror: 'pauseAfterEnd' },
  resumeTwice: { before: [pause('one')('a')], first: resume('a'), second: resume('b'), mirror: 'resumeTwice' },
  returnEnd: { first: conclude('one')('a'), second: giveBack('b'), mirror: 'concludeEnd' },
  transfer: { first: transfer('careers')('a'), second: transfer('teaching')('b'), mirror: 'transfer' },
  chargeSame: { first: charge('one')('a'), second: charge('one')('b'), mirror: 'chargeSame' },
  chargeOther: { first: charge('one')('a'), second: charge('two')('b'), mirror: 'chargeOther' },
  chargeAfterEnd: { first: conclude('one')('a'), second: charge('two')('b'), mirror: 'applied' },
  receiptSame: {
    ...{ before: [charge('one')('a')], first: receiptNo('HZ-1001')('a'), second: receiptNo('HZ-1001')('b') },
    mirror: 'receiptSame',
  },
  receiptOther: {
    ...{ before: [charge('one')('a')], first: receiptNo('HZ-1001')('a'), second: receiptNo('HZ-2002')('b') },
    mirror: 'receiptOther',
  },
  appeal: { before: [refuse('a')], first: appeal('one')('a'), second: appeal('two')('b'), mirror: 'appeal' },
  appealDecide: {
    ...{ before: [refuse('a'), appeal('two')('a')], mirror: 'appealDecide' },
    ...{ first: decide('upheld')('s'), second: decide('rejected')('s') },
  },
  resolve: {
    ...{ apart: [phone('phoneOne')('a'), phone('phoneTwo')('b')], mirror: 'resolve' },
    ...{ first: resolve('kept')('a'), second: resolve('other')('s') },
  },
}
