import { aggregate } from '../core/command.ts'
import type { Json } from '../core/canonical.ts'
import type { Act } from '../core/kernel.ts'
import type { Conflict, Flag } from '../core/outcome.ts'
import type { Settings } from '../profiles/settings.ts'

/**
 * What a person brought: 本窗口的事, 厅内其他单位的事, 厅外的事, 无明确承办部门的事, 申诉投诉举报意见建议, 生活学习上的困难, 报修,
 * 突发事件, 涉及多个部门或材料不齐的咨询 (REF-CQ3, REF-CQ4.2, ZJJ-28, SZIT-3, SZIT-9).
 */
export const matters = [
  ...(['own', 'otherUnit', 'outside', 'nobodys', 'voice'] as const),
  ...(['difficulty', 'repair', 'emergency', 'enquiry'] as const),
] as const
export type Matter = (typeof matters)[number]

/** 申诉, 投诉, 举报, 意见, 建议 (SZIT-3, REF-CQ3.4). */
export const voices = ['appeal', 'complaint', 'report', 'opinion', 'suggestion'] as const
export type Voice = (typeof voices)[number]

/** 办理中, 移交中 (both hold it), 已报校领导, 已转办, and four ends: 已答复, 已指引, 已转为办件, 登记有误. */
export type ContactState = 'open' | 'handing' | 'reported' | 'passed' | 'answered' | 'guided' | 'becameCase' | 'voided'

/** Who did something, at which window, by which command, when by the tablet's estimate (UTC ms). */
export interface ContactBy {
  act: string
  actorId: string
  actorName: string
  role: string
  windowId: string | null
  at: number
}

/** Who has it now: a window (or a unit without one), and the person there once somebody took it. */
export interface Holder {
  windowId: string | null
  unitId: string | null
  actorId: string | null
  actorName: string | null
}

/** Words about a person or to them stand in `pii` under the key. */
interface Entry {
  key: string
  by: ContactBy
}

/** 首问: one matter a person brought, its 首问责任人 and its course until it is solved or clearly answered (NBU-6). */
export interface Contact {
  id: string
  hallId: string
  kind: 'contact'
  form: 'matter'
  number: string
  matter: Matter
  voice: Voice | null
  /** Of the hall's own people or a formal complaint: only supervisors follow it (SSC-33). */
  isConfidential: boolean
  /** 重大: the person in charge is told at once (SZIT-3). */
  isSerious: boolean
  channel: 'window' | 'phone'
  /** Until when the first-contact person answers for it, by the profile of the day. */
  until: Settings['firstContactUntil']['value']
  state: ContactState
  first: ContactBy
  holder: Holder
  /** A hand-over that nobody has taken: both windows hold it. */
  asked: { windowId: string; by: ContactBy } | null
  receivedAt: number
  /** Sheet the person asked about, if one is known. */
  item: { code: string; name: string } | null
  /** The day the person was promised a reply, the hall's local day. */
  replyOn: string | null
  finding: (Entry & { units: string[] }) | null
  reaches: (Entry & { how: string; isReached: boolean })[]
  handOns: (Entry & { windowId: string })[]
  guides: (Entry & { guidanceId: string | null; windowId: string | null; place: string; procedure: string })[]
  reports: (Entry & { to: string; how: string })[]
  passes: (Entry & { unitId: string; windowId: string | null })[]
  answers: (Entry & { how: 'solved' | 'answered' | 'result'; told: string })[]
  notes: Entry[]
  case: { caseId: string; caseNumber: string } | null
  endedAt: number | null
  /** The end (`endedAt`) for which it left the windows' tablets. */
  archivedEnd?: number
  pii: Record<string, Json>
  acts: Act[]
  flags: (Flag & { act: string; actorId: string; at: number })[]
  conflicts: Conflict[]
}

/** The five kinds of REF-CQ6 in their order: 未及时移交, 未及时联系或超时限, 冷漠或未告知, 推诿扯皮, 态度恶劣. */
export const lapseKinds = [1, 2, 3, 4, 5] as const
export type LapseKind = (typeof lapseKinds)[number]

/**
 * 首问失误: proposed, and counted only once verified (REF-CQ6). A record of its own beside the matter, since what is held
 * against a person never rests on a window's tablet (sync.md 2.6).
 */
export interface ContactLapse {
  id: string
  hallId: string
  kind: 'contact'
  form: 'lapse'
  contactId: string
  contactNumber: string
  lapse: LapseKind
  /** Null when a whole window is meant: nobody there took it. */
  person: { actorId: string; actorName: string } | null
  atWindowId: string | null
  isFromLog: boolean
  by: ContactBy
  verdict: { isUpheld: boolean; by: ContactBy } | null
  pii: Record<string, Json>
  acts: Act[]
  flags: (Flag & { act: string; actorId: string; at: number })[]
  conflicts: Conflict[]
}

/** Either record of the kind. */
export type ContactRecord = Contact | ContactLapse

const ended: ReadonlySet<ContactState> = new Set(['answered', 'guided', 'becameCase', 'voided'])
const atWork: ReadonlySet<ContactState> = new Set(['open', 'handing', 'reported', 'passed'])

/** Whether the person has been given what they came for, or the entry was a mistake. */
export function isContactEnded({ state }: Pick<Contact, 'state'>): boolean {
  return ended.has(state)
}

/** Matters whose result the one who recorded them must see too: whatever the hall's rule, they stay on both lists. */
const followed: ReadonlySet<Matter> = new Set(['nobodys', 'voice', 'difficulty', 'repair', 'emergency'])

/** Whether the first-contact person's window still answers for it (REF-CQ3.2: until taken; NBU-6: until answered). */
export function isFirstBound(image: Contact): boolean {
  if (image.until === 'solvedOrAnswered' || followed.has(image.matter)) return true
  return image.asked !== null || image.holder.windowId === image.first.windowId
}

/** The windows it stands with now; a hand-over in progress names two. */
export function windowsOfContact(image: Contact): string[] {
  const named = [isFirstBound(image) ? image.first.windowId : null, image.holder.windowId, image.asked?.windowId]
  return [...new Set(named)].filter((id) => typeof id === 'string' && id !== '') as string[]
}

function matterScopes(image: Contact): string[] {
  const isAway = image.archivedEnd !== undefined && image.archivedEnd === image.endedAt
  const unit = image.holder.unitId === null ? [] : [`unit:${image.holder.unitId}`]
  const open = image.isConfidential || isAway ? [] : [...windowsOfContact(image).map((id) => `window:${id}`), ...unit]
  return [...open, ...(isWatched(image) ? ['supervisor'] : [])]
}

const hallMatters: ReadonlySet<Matter> = new Set(['nobodys', 'voice', 'emergency'])

/** What supervisors follow: all that is open, and beyond its end nobody's matters, complaints, emergencies, what came late. */
function isWatched(image: Contact): boolean {
  const isMarked = image.isConfidential || image.isSerious || image.flags.length > 0
  return isMarked || !isContactEnded(image) || hallMatters.has(image.matter)
}

/** A state of a later release must not be taken for one of this. */
function shelfOf(image: Contact): string {
  if (image.isConfidential) return 'confidential'
  if (isContactEnded(image)) return 'ended'
  if (!atWork.has(image.state)) throw new Error('a state this build does not know')
  return 'open'
}

/** 首问 in the register: its windows while they answer for it, and the supervisors; a lapse only the supervisors. */
export const contactAggregate = aggregate<ContactRecord>({
  kind: 'contact',
  scopes: (image) => (image.form === 'lapse' ? ['supervisor'] : matterScopes(image)),
  shelf: (image) => (image.form === 'lapse' ? 'lapse' : shelfOf(image)),
  at: (image) => (image.form === 'lapse' ? image.by.at : (image.endedAt ?? image.receivedAt)),
  keys: (image) =>
    image.form === 'lapse' ? [image.contactId] : [image.number, ...(image.case ? [image.case.caseNumber] : [])],
})
