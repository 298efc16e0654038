import { momentOf } from '../calendar/day.ts'
import { aggregate } from '../core/command.ts'
import type { Json } from '../core/canonical.ts'
import type { Act } from '../core/kernel.ts'
import type { Conflict, ConflictSide, Flag } from '../core/outcome.ts'
import { nearestDue } from '../limits/index.ts'

/** 办件 states: 办理中, 待补正, 办结, 不予办理, 不予受理, 撤回, 作废, 结果不一致. */
export type CaseState = 'open' | 'waiting' | 'concluded' | 'refused' | 'declined' | 'withdrawn' | 'voided' | 'disputed'

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
  notices: Notice[]
  conclusion: { result: string; resultNote: string; by: By } | null
  /** `err`: how far the clock may have been off, ms. */
  conclusions: { result: string; resultNote: string; by: By; err?: number }[]
  refusal: { stage: 'door' | 'study'; groundId: string; ground: string; reason: string; by: By } | null
  withdrawal: { reason: string; by: By } | null
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

const ended: ReadonlySet<CaseState> = new Set(['concluded', 'refused', 'declined', 'withdrawn', 'voided'])

const atWork: ReadonlySet<CaseState> = new Set(['open', 'waiting', 'disputed'])

/** Whether nothing more is owed to the student (办结, 不予办理, 不予受理, 撤回, 作废). */
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

/** 办件 in the register: followed by its window until it is put away; supervisors also follow what is contended or flagged. */
export const caseAggregate = aggregate<Case>({
  kind: 'case',
  scopes: (image) => [
    ...(isArchived(image) ? [] : [`window:${image.windowId}`]),
    ...(openConflicts(image).length > 0 || image.flags.length > 0 ? ['supervisor'] : []),
  ],
  shelf: (image) => (isEnded(image.state) ? 'ended' : known(image.state)),
  at: placeOf,
  keys: (image) => [image.number, ...(image.ticket ? [image.ticket] : [])],
})
