import { formatDay } from '../../shared/calendar/day.ts'
import { actSentence, actTitle, type ActFacts } from '../../shared/act-words.ts'
import { readPath } from '../../shared/core/apply.ts'
import type { Json } from '../../shared/core/canonical.ts'
import type { Conflict } from '../../shared/core/outcome.ts'
import { isReleasedIn } from '../../shared/core/release.ts'
import { sentenceOf } from '../../shared/sentences.ts'
import { openActs } from '../local/order.ts'
import type { OutcomeRow, Tx, ViewRow } from '../local/store.ts'
import { decideKey } from '../local/view.ts'
import { wordOf, type SyncWord } from './marks.ts'

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
  /** What it was done on, as what, and the code it was refused or held with. */
  kind: string
  type: string
  code: string | null
}

/** What waits on this tablet, and what went wrong and has not been seen to. */
export interface Waiting {
  open: OutcomeRow[]
  refused: OutcomeRow[]
  held: OutcomeRow[]
  /** Rows with two values, whoever wrote them. */
  contended: ViewRow[]
  views: Map<string, ViewRow>
}

/** Read it in one transaction over `outcome` and `view`. */
export async function readWaiting(tx: Tx): Promise<Waiting> {
  const unseen = (outcome: string) => tx.byIndex('outcome', 'outcome+acknowledged+seq', { prefix: [outcome, 0] })
  const open = await openActs(tx)
  const isSettled = (act: OutcomeRow) => act.open === 0
  const refused = (await unseen('rejected')).filter(isSettled)
  const held = (await unseen('held')).filter(isSettled)
  const contended = await tx.byIndex('view', '*keys', { prefix: [decideKey] })
  const views = new Map<string, ViewRow>()
  for (const id of new Set([...open, ...refused, ...held].map((act) => act.aggId))) {
    const view = await tx.get('view', id)
    if (view) views.set(id, view)
  }
  // What a supervisor has released stands in its row: it waits for nobody any more.
  const waits = held.filter((act) => !isReleasedIn(views.get(act.aggId)?.image, act.cmdId))
  return { open, refused, held: waits, contended, views }
}

/** The lines of the drawer: refused first, then what a person must decide, then what waits, oldest first. */
export function waitingLines(waiting: Waiting, readerId: string | null): WaitingAct[] {
  const { open, refused, held, contended, views } = waiting
  const lines = (acts: readonly OutcomeRow[]) => acts.map((act) => lineOf(act, views.get(act.aggId), readerId))
  return [...lines(refused), ...lines(held), ...contended.flatMap(contendedLine), ...lines(open)]
}

/** Two values of one field, as the one who came second left them. */
function contendedLine(row: ViewRow): WaitingAct[] {
  const conflicts = (readPath(row.image, 'conflicts') ?? []) as unknown as Conflict[]
  const facts = factsOf({ cmdId: '' }, row)
  return conflicts
    .filter(({ settled }) => settled === null)
    .map(({ other, label }) => {
      const title = `${label}有两处不同的改动${facts.item ? ` · ${facts.item}` : ''}`
      return {
        ...{
          cmdId: other.cmdId,
          aggId: row.id,
          seq: 0,
          authorId: other.actorId,
          author: other.actorName,
          at: other.at,
        },
        ...{ state: '待裁决' as const, title, sentence: title, number: facts.number ?? null, reason: null },
        ...{ kind: row.kind, type: '', code: null },
      }
    })
}

function lineOf(act: OutcomeRow, view: ViewRow | undefined, readerId: string | null): WaitingAct {
  const facts = factsOf(act, view)
  const title = facts.item ? `${actTitle(act.type)} · ${facts.item}` : actTitle(act.type)
  // An answer leads to what it answers.
  const about = (view?.kind === 'outcome' ? readPath(view.image, 'about') : act) as Pick<OutcomeRow, 'kind' | 'aggId'>
  return {
    ...{ cmdId: act.cmdId, aggId: about.aggId, seq: act.seq, authorId: act.actorId, author: act.actorName, at: act.at },
    state: wordOf(act),
    title,
    sentence: act.actorId === readerId ? actSentence(act.type, facts) : title,
    number: facts.number ?? null,
    reason: act.open === 0 && act.code ? sentenceOf(act.code, act.detail ?? {}) : null,
    ...{ kind: about.kind, type: act.type, code: act.code },
  }
}

function factsOf({ cmdId }: Pick<OutcomeRow, 'cmdId'>, view: ViewRow | undefined): ActFacts {
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
