import { momentOf } from '../calendar/day.ts'
import { aggregate } from '../core/command.ts'
import type { Json } from '../core/canonical.ts'
import type { Act } from '../core/kernel.ts'
import type { Conflict, ConflictSide, Flag } from '../core/outcome.ts'
import { limitOf, nearestDue } from '../limits/index.ts'
import { openReminder, urgedKey, type Reminder } from './reminder.ts'
import type { CaseStep } from './case-step.ts'
import type { Appeal, Began, Charge, Pause, Returned, Transfer } from './case-parts.ts'

/** States of a case that nothing has ended: 办理中, 待补正, 中止, 结果不一致. */
export const statesAtWork = ['open', 'waiting', 'paused', 'disputed'] as const

/** States in which nothing more is owed: 办结, 不予办理 (after study, at the door), 退件, 撤回, 作废. */
export const statesEnded = ['concluded', 'refused', 'declined', 'returned', 'withdrawn', 'voided'] as const

/** 办件 states. */
export type CaseState = (typeof statesAtWork)[number] | (typeof statesEnded)[number]

/** 材料 as marked at the window: 未核对, 已收, 缺, 不符合规定, 已退回, 待核 (two people marked it differently). */
export type MaterialState = 'unchecked' | 'present' | 'missing' | 'unfit' | 'returned' | 'doubt'

/** Who did something, by which command, when by the tablet's estimate (UTC ms). */
export interface By {
  act: string
  actorId: string
  actorName: string
  role: string
  at: number
}

/** 承诺: told reason, working days, the date they end on (hall's local day), and the approval level its cap rests on. */
export interface Promise {
  workingDays: number
  on: string
  level: 'ordinary' | 'schoolStudy' | 'higherAuthority'
  reason: string
  beyondReason: string | null
  /** What the student was told with it (profile: `toldWithPromise`). */
  told?: readonly string[]
  by: By
}

/** One line of a 一次性告知书: a material of the sheet and what must be put right, with the way to do so. */
export interface NoticeLine {
  materialId: string
  name: string
  state: 'missing' | 'unfit'
  how: string
}

/** 一次性告知: everything missing and every other matter, as handed to the student. */
export interface Notice {
  nth: number
  missing: NoticeLine[]
  matters: string[]
  by: By
}

/** Another case, by id and by the number people say. */
export interface CaseName {
  caseId: string
  number: string
}

/** 办件: one student's matter, received at one window under one version of the item's sheet. */
export interface Case {
  id: string
  hallId: string
  kind: 'case'
  number: string
  windowId: string
  itemId: string
  itemCode: string
  itemName: string
  itemKind: 'instant' | 'committed' | 'joint'
  state: CaseState
  ticket: string | null
  receivedAt: number
  handler: { actorId: string; actorName: string; role: string }
  materials: Record<string, { state: MaterialState; marks: (By & { state: MaterialState })[] }>
  promise: Promise | null
  acceptedAt: number | null
  /** 联办: who leads; said with its steps on acceptance. */
  joint?: { ledBy: 'leadWindow' | 'hall' | 'handler' }
  /** By step id; absent on older cases and where nobody else has a part. */
  steps?: Record<string, CaseStep>
  notices: Notice[]
  conclusion: { result: string; resultNote: string; by: By } | null
  /** `err`: how far the clock may have been off, ms. */
  conclusions: { result: string; resultNote: string; by: By; err?: number }[]
  refusal: { stage: 'door' | 'study'; groundId: string; ground: string; reason: string; by: By } | null
  withdrawal: { reason: string; by: By } | null
  returned?: Returned | null
  /** Every 中止 since receipt, the oldest first; cases of before have none. */
  pauses?: Pause[]
  /** 催办, 督办, in the order they were said. */
  reminders?: Reminder[]
  /** The state a paused case goes back to. */
  pausedFrom?: 'open' | 'waiting'
  /** Every 转办, the oldest first; the last may be on its way. */
  transfers?: Transfer[]
  charge?: Charge | null
  appeals?: Appeal[]
  began?: Began | null
  endedAt: number | null
  /** The end (`endedAt`) for which it was put away 归档; another end, or none, and it is back at its window. */
  archivedEnd?: number
  /** The case this one was joined to, being the same matter received twice. */
  joinedTo?: CaseName
  /** `to`: the colleague a note came to with the case (转给同事). */
  notes: { key: string; by: By; to?: { actorId: string; actorName: string; role: string } }[]
  authors: Record<string, ConflictSide>
  pii: Record<string, Json>
  acts: Act[]
  flags: (Flag & { act: string; actorId: string; at: number })[]
  conflicts: Conflict[]
}

const ended: ReadonlySet<CaseState> = new Set(statesEnded)

const atWork: ReadonlySet<CaseState> = new Set(statesAtWork)

/** Whether nothing more is owed to the student (办结, 不予办理, 不予受理, 退件, 撤回, 作废). */
export function isEnded(state: CaseState): boolean {
  return ended.has(state)
}

/** 归档: over for so long that its window's tablets need not hold it (sync.md 4.2). */
export function isArchived({ state, endedAt, archivedEnd }: Pick<Case, 'state' | 'endedAt' | 'archivedEnd'>): boolean {
  return isEnded(state) && archivedEnd !== undefined && archivedEnd === endedAt
}

/** Conflicts nobody has decided yet. */
export function openConflicts(image: Pick<Case, 'conflicts'>): Conflict[] {
  return image.conflicts.filter((item) => item.settled === null)
}

/** The 转办 that has neither been taken nor come back. */
export function pendingTransfer({ state, transfers }: Pick<Case, 'state' | 'transfers'>): Transfer | undefined {
  const last = transfers?.at(-1)
  return last && !isEnded(state) && last.taken === null && last.back === null ? last : undefined
}

/** 待缴费回执: assessed here, paid elsewhere, and no receipt number yet (ZJJ-24). */
export function awaitsReceipt({ state, charge }: Pick<Case, 'state' | 'charge'>): boolean {
  return !isEnded(state) && charge?.receipt === null
}

/** The appeals nobody has decided yet. */
export function openAppeals({ appeals = [] }: Pick<Case, 'appeals'>): Appeal[] {
  return appeals.filter(({ decided }) => decided === null)
}

/** Keys of lists that cut across the states; a person's own is `经办:<id>`. */
export const listKeys = { receipt: '待缴费回执', transfer: '转办中', appeal: '申诉', own: (id: string) => `经办:${id}` }

function listsOf(image: Case): string[] {
  return [
    ...(isEnded(image.state) ? [] : [listKeys.own(image.handler.actorId)]),
    ...(awaitsReceipt(image) ? [listKeys.receipt] : []),
    ...(pendingTransfer(image) ? [listKeys.transfer] : []),
    ...((image.appeals ?? []).length > 0 ? [listKeys.appeal] : []),
    ...(openReminder(image) ? [urgedKey] : []),
  ]
}

/** Its own window; while it is on its way (转办) the other one too; the windows and units of its steps (sync.md 4.2). */
function workScopes(image: Case): string[] {
  const steps = Object.values(image.steps ?? {})
  const coming = pendingTransfer(image)?.to.windowId
  const windows = [image.windowId, coming, ...steps.map(({ windowId }) => windowId)]
  const named = windows.flatMap((id) => (id ? [`window:${id}`] : []))
  return [...new Set([...named, ...steps.map(({ unitId }) => `unit:${unitId}`)])]
}

/** A state of a later release must not be taken for one of this: its reader shows 需更新应用 instead (sync.md 4.3). */
function known(state: CaseState): CaseState {
  if (!atWork.has(state)) throw new Error('a state this build does not know')
  return state
}

/** Its place in a list: when it ended, else the day it is due with its pauses, else when it came. */
function placeOf(image: Case): number {
  const due = nearestDue(image)
  return image.endedAt ?? (due ? momentOf(due, '00:00') : image.receivedAt)
}

/** Supervisors follow what is contended, flagged or appealed. */
function isSupervised(image: Case): boolean {
  return openConflicts(image).length > 0 || image.flags.length > 0 || (image.appeals ?? []).length > 0
}

/** 办件 in the register: followed where it is worked on until it is put away, and by supervisors. */
export const caseAggregate = aggregate<Case>({
  kind: 'case',
  scopes: (image) => [...(isArchived(image) ? [] : workScopes(image)), ...(isSupervised(image) ? ['supervisor'] : [])],
  shelf: (image) => (isEnded(image.state) ? 'ended' : known(image.state)),
  at: placeOf,
  dueOn: (image, { profile, calendars }, today) =>
    (profile && limitOf(image, { profile, calendars, today })?.dueOn) ?? image.promise?.on ?? null,
  keys: (image) => [
    image.number,
    ...(image.ticket ? [image.ticket] : []),
    ...(image.began ? [image.began.number] : []),
    ...listsOf(image),
  ],
})
