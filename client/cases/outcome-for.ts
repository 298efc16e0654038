import type { Calendar } from '../../shared/calendar/calendar.ts'
import { awaitsReceipt, groundsOf, openSteps, stepName, type Case, type NoticeLine } from '../../shared/cases/index.ts'
import { checkPromise, proposedDays, reckonPromise } from '../../shared/limits/index.ts'
import type { PromiseCheck, Promised } from '../../shared/limits/index.ts'
import type { Item } from '../../shared/profiles/item-sheet.ts'
import type { Profile } from '../../shared/profiles/profile.ts'
import { sentenceOf } from '../../shared/sentences.ts'
import { centsOf, paidAt } from './course/course-menu.ts'
import { mattersOf, type Mark, type OutcomeForm } from './outcome-form.ts'

/** What an outcome rests on: the sheet, the hall's rules, who acts, when (UTC ms), and the case when there is one. */
export interface OutcomeRules {
  item: Item
  profile: Profile
  calendars: readonly Calendar[]
  /** Commands the hall keeps from the actor's role, as the grant says (OFF-5). */
  mayNot: readonly string[]
  now: number
  /** The case as it stands; null when it is about to be received. */
  image: (Pick<Case, 'state' | 'promise' | 'materials' | 'notices' | 'charge' | 'steps'> & Promised) | null
}

/** A promise as it would be given. */
export interface Proposal {
  days: number
  on: string
  receivedOn: string
  isOfficial: boolean
  reason: string
  beyondReason: string | null
  check: PromiseCheck
}

/** The one main outcome of what is on the screen; `blocked` says why it cannot be done yet. */
export type Outcome = { blocked?: string | undefined } & (
  | { kind: 'unchecked' }
  | { kind: 'conclude'; result: string }
  | { kind: 'promise'; proposal: Proposal }
  | { kind: 'charge'; amount: number; payAt: string }
  | { kind: 'notice'; lines: NoticeLine[]; matters: string[] }
  | { kind: 'given'; given: number; lines: NoticeLine[] }
  | { kind: 'refuse'; ground: Item['grounds'][number] | undefined }
)

/** How a material stands on the screen: once anybody has looked, what is not ticked is missing. */
export function markOf(form: OutcomeForm, id: string): Mark | undefined {
  return form.marks[id] ?? (form.isChecked ? 'missing' : undefined)
}

/** Everything missing or not conforming, each with the way to put it right (SSC-20.1, ZJJ-25). */
export function lackingLines(form: OutcomeForm, item: Item): NoticeLine[] {
  return item.materials.flatMap((line) => {
    const state = markOf(form, line.id) ?? 'missing'
    return state === 'present' ? [] : [{ materialId: line.id, name: line.name, state, how: howTo(line, state) }]
  })
}

function howTo({ name, how, note }: Item['materials'][number], state: 'missing' | 'unfit'): string {
  const usual = state === 'unfit' ? `请换一份合格的“${name}”` : `请备齐“${name}”后带来`
  const words = [how, note].filter((part) => part !== '').join('；')
  if (words === '') return usual
  return state === 'unfit' ? `交来的不符合要求，请重新准备：${words}` : words
}

/** What the ticks and the person's choice lead to (product.md, the window screen). */
export function outcomeFor(form: OutcomeForm, rules: OutcomeRules): Outcome {
  if (form.way === 'refuse') return refusal(form, rules)
  if (!isLookedAt(form, rules)) return unchecked(rules)
  const lines = lackingLines(form, rules.item)
  const matters = mattersOf(form)
  if (lines.length > 0 && isToldAlready(lines, matters, rules)) return gave(newlyGiven(form, rules), lines)
  if (lines.length + matters.length > 0) return { kind: 'notice', lines, matters }
  if (form.way === 'notice') return { kind: 'notice', lines, matters, blocked: '写上材料以外还要告知的事项。' }
  if (mustPromise(form, rules)) return promise(form, rules)
  return charged(form, rules) ?? concluded(form, rules)
}

/** Whether the window may assess a charge now: the sheet has one, and none was assessed yet (ZJJ-24). */
export function mayCharge({ item, image }: OutcomeRules): boolean {
  return item.charge !== null && !image?.charge
}

/** 收缴分离: with a sum to pay, the case waits for the receipt number instead of being concluded. */
function charged({ fee = '' }: OutcomeForm, rules: OutcomeRules): Outcome | undefined {
  if (!mayCharge(rules) || fee.trim() === '') return undefined
  const amount = centsOf(fee)
  const payAt = paidAt(rules.profile)
  const blocked = amount === undefined ? '金额写到元、角、分，如 15 或 15.50。' : undefined
  return { kind: 'charge', amount: amount ?? 0, payAt, blocked }
}

function isLookedAt(form: OutcomeForm, rules: OutcomeRules): boolean {
  return form.isChecked || rules.item.materials.length === 0 || isComplete(rules)
}

/** A committed or joint item ends by a promise first; an instant one when it cannot be done now (NBU-7). */
function mustPromise({ way }: OutcomeForm, { item, image }: OutcomeRules): boolean {
  return way === 'promise' || (item.kind !== 'instant' && !image?.promise)
}

function concluded({ result }: OutcomeForm, { item, image, profile }: OutcomeRules): Outcome {
  const isUnpaid = image !== null && awaitsReceipt(image) && profile.settings.chargesApart.value
  const unpaid = isUnpaid ? sentenceOf('unpaid', { amount: image.charge?.amount ?? 0 }) : undefined
  const blocked = (image && unfinished(image)) ?? unpaid
  return { kind: 'conclude', result: result || (item.results[0] ?? '已办结'), blocked }
}

/** ZJJ-8: one package, ended when every unit has done its part. */
function unfinished(image: Pick<Case, 'steps'>): string | undefined {
  const steps = openSteps(image).map(stepName)
  return steps.length > 0 ? sentenceOf('stepsOpen', { steps }) : undefined
}

function unchecked({ image }: OutcomeRules): Outcome {
  const reason = image?.state === 'waiting' ? '学生补来材料后，先照着勾选。' : '先照一事一表核对材料，勾上已经有的。'
  return { kind: 'unchecked', blocked: reason }
}

/** A case whose papers were found complete before needs no second look. */
function isComplete({ image, item }: OutcomeRules): boolean {
  return image !== null && item.materials.every(({ id }) => image.materials[id]?.state === 'present')
}

function newlyGiven(form: OutcomeForm, { image }: OutcomeRules): number {
  if (!image) return 0
  return Object.entries(form.marks).filter(([id, mark]) => mark === 'present' && image.materials[id]?.state !== mark)
    .length
}

/** Whether an earlier notice has named all this already: then nothing is told a second time. */
function isToldAlready(lines: readonly NoticeLine[], matters: readonly string[], { image }: OutcomeRules): boolean {
  if (!image || image.notices.length === 0 || matters.length > 0) return false
  const told = new Set(image.notices.flatMap((notice) => notice.missing.map((line) => line.materialId)))
  return lines.every((line) => told.has(line.materialId))
}

function gave(given: number, lines: NoticeLine[]): Outcome {
  const blocked = given === 0 ? '还是告知书上的那几项没有补来；补来了就勾上。' : undefined
  return { kind: 'given', given, lines, blocked }
}

function promise(form: OutcomeForm, { item, profile, calendars, now }: OutcomeRules): Outcome {
  const days = form.days ?? proposedDays({ item, profile })
  const beyondReason = form.beyondReason.trim() || null
  const check = checkPromise({ item, profile, level: item.promise.level, workingDays: days, beyondReason })
  const {
    dueOn: on,
    receivedOn,
    isOfficial,
  } = reckonPromise({ receivedAt: now, workingDays: days, profile, calendars })
  const reason = form.promiseReason.trim() || usualReason(item)
  const proposal = { days, on, receivedOn, isOfficial, reason, beyondReason, check }
  if (!check.ok) return { kind: 'promise', proposal, blocked: sentenceOf(check.code, check.facts) }
  const unsaid = reason === '' ? '写一句现在为什么办不了，回执上要写明。' : undefined
  return { kind: 'promise', proposal, blocked: unsaid }
}

/** The sheet's own reason; an instant item has none, since it is promised only by exception. */
function usualReason({ kind, promise: { reason } }: Item): string {
  return reason || (kind === 'instant' ? '' : '按一事一表的流程办理')
}

/** The grounds offered for 不予办理, by what was found of the papers (ZJJ-25, ZJJ-26). */
export function groundsFor(form: OutcomeForm, { item, profile }: OutcomeRules): Item['grounds'] {
  const papers = item.materials.map(({ id }) => [id, { state: markOf(form, id) ?? 'unchecked' }] as const)
  return groundsOf(item, profile, Object.fromEntries(papers))
}

function refusal(form: OutcomeForm, rules: OutcomeRules): Outcome {
  const ground = groundsFor(form, rules).find(({ id }) => id === form.groundId)
  const barred = barredFrom('case.refuse', rules)
  const empty = form.refusalReason.trim() === '' ? '写明理由，告知书上要写。' : undefined
  const blocked = barred ?? (ground ? empty : '从列出的理由里选 1 条才能按。')
  return { kind: 'refuse', ground, blocked }
}

/** Why the actor may not do a command here; undefined when they may. */
export function barredFrom(
  command: string,
  { mayNot, profile }: Pick<OutcomeRules, 'mayNot' | 'profile'>,
): string | undefined {
  const word = profile.settings.roleWord.value
  return mayNot.includes(command) ? sentenceOf('right.missing', { why: 'roleB', word }) : undefined
}
