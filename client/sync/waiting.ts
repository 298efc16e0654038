import { formatDay } from '../../shared/calendar/day.ts'
import { actSentence, actTitle, type ActFacts } from '../../shared/act-words.ts'
import { readPath } from '../../shared/core/apply.ts'
import type { Json } from '../../shared/core/canonical.ts'
import { sentenceOf } from '../../shared/sentences.ts'
import type { OutcomeRow, Tx, ViewRow } from '../local/store.ts'
import { hasOpenConflict, wordOf, type SyncWord } from './marks.ts'

/** One line of the drawer behind the pill. */
export interface WaitingAct {
  cmdId: string
  aggId: string
  seq: number
  authorId: string
  author: string
  /** Moment of the act, UTC ms. */
  at: number
  state: SyncWord
  /** In full for its author; a colleague's act shows its title only. */
  sentence: string
  title: string
  /** Case number, when the tablet knows it. */
  number: string | null
  /** Why it was refused or held, as a sentence. */
  reason: string | null
}

/** What waits on this tablet, and what went wrong and has not been seen to. */
export interface Waiting {
  open: OutcomeRow[]
  refused: OutcomeRow[]
  toDecide: OutcomeRow[]
  views: Map<string, ViewRow>
}

/** Read it in one transaction over `outcome` and `view`. */
export async function readWaiting(tx: Tx): Promise<Waiting> {
  const unseen = (outcome: string) => tx.byIndex('outcome', 'outcome+acknowledged+seq', { prefix: [outcome, 0] })
  const open = await tx.byIndex('outcome', 'open+seq', { prefix: [1] })
  const isSettled = (act: OutcomeRow) => act.open === 0
  const refused = (await unseen('rejected')).filter(isSettled)
  const held = (await unseen('held')).filter(isSettled)
  const contended = (await unseen('conflict')).filter(isSettled)
  const views = new Map<string, ViewRow>()
  for (const id of new Set([...open, ...refused, ...held, ...contended].map((act) => act.aggId))) {
    const view = await tx.get('view', id)
    if (view) views.set(id, view)
  }
  const toDecide = [...held, ...contended.filter((act) => hasOpenConflict(views.get(act.aggId)?.image ?? null))]
  return { open, refused, toDecide, views }
}

/** The lines of the drawer: refused first, then what a person must decide, then what waits, oldest first. */
export function waitingLines({ open, refused, toDecide, views }: Waiting, readerId: string | null): WaitingAct[] {
  return [...refused, ...toDecide, ...open].map((act) => lineOf(act, views.get(act.aggId), readerId))
}

function lineOf(act: OutcomeRow, view: ViewRow | undefined, readerId: string | null): WaitingAct {
  const facts = factsOf(act, view)
  const title = facts.item ? `${actTitle(act.type)} · ${facts.item}` : actTitle(act.type)
  return {
    ...{ cmdId: act.cmdId, aggId: act.aggId, seq: act.seq, authorId: act.actorId, author: act.actorName, at: act.at },
    state: wordOf(act),
    title,
    sentence: act.actorId === readerId ? actSentence(act.type, facts) : title,
    number: facts.number ?? null,
    reason: act.open === 0 && act.code ? sentenceOf(act.code, act.detail ?? {}) : null,
  }
}

function factsOf({ cmdId }: OutcomeRow, view: ViewRow | undefined): ActFacts {
  const text = (path: string) => {
    const value = view && readPath(view.image, path)
    return typeof value === 'string' ? value : undefined
  }
  const promised = text('promise.by.act') === cmdId ? text('promise.on') : undefined
  const notices = view && readPath(view.image, 'notices')
  const notice = Array.isArray(notices)
    ? (notices as Json[]).find((one) => readPath(one, 'by.act') === cmdId)
    : undefined
  const missing = notice === undefined ? undefined : readPath(notice, 'missing')
  return {
    student: text('pii.name'),
    item: text('itemName') ?? text('name'),
    number: text('number'),
    promisedOn: promised && formatDay(promised),
    missing: Array.isArray(missing) ? missing.length : undefined,
  }
}
