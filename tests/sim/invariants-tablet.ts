import type { BaseRow, OutcomeRow, ViewRow } from '../../client/local/store.ts'
import type { Act as HistoryAct, Row } from '../../shared/core/kernel.ts'
import { isContained } from '../../client/local/folding.ts'
import { ordOf } from '../../client/local/order.ts'
import { decideAct, isSame } from './fold.ts'
import { OwnActs } from './own-acts.ts'
import type { RowChange } from './memory-store.ts'
import { tail } from './trace.ts'
import { holds } from './violation.ts'
import type { Tablet, World } from './world.ts'

const stands = new Set(['applied', 'merged', 'conflict'])

/** Looks at what a tablet keeps and shows after every transaction: I8, I9, I21, I24, I25, and I6 for what rests there. */
export class TabletWatch {
  readonly #world: World
  readonly #tablet: Tablet
  readonly #acts: OwnActs
  /** The highest version seen of each aggregate in each life of the server's store. */
  readonly #highest = new Map<string, number>()

  constructor(world: World, tablet: Tablet) {
    this.#world = world
    this.#tablet = tablet
    this.#acts = new OwnActs(tablet.disk)
    tablet.disk.afterCommit.push(({ changes }) => this.#look(changes))
    tablet.disk.afterChange.push(() => this.#highest.clear())
  }

  #look(changes: readonly RowChange[]): void {
    if (changes.length === 0) return
    for (const change of changes) {
      if (change.table === 'outbox' || change.table === 'outcome') this.#nothingLost(change)
      if (change.table === 'outcome' && change.after) this.#trueStatus(change.after as OutcomeRow)
      if (change.table === 'scope') this.#allUnsettledKept()
    }
    for (const id of touchedIn(changes)) {
      this.#neverBack(id)
      this.#isFold(id)
      this.#stayVisible(id)
      this.#mayBeHere(id)
    }
  }

  /** I21: an envelope is never changed, and never taken away before it is settled. */
  #nothingLost({ table, before, after }: RowChange): void {
    if (!before) return
    if (table === 'outbox') {
      const [was, is] = [before as { env: string; cmdId: string }, after as { env: string } | undefined]
      holds('I21', !is || is.env === was.env, () => `the envelope ${tail(was.cmdId)} is changed`)
    }
    if (after) return
    const { cmdId } = before as OutcomeRow
    holds('I21', this.#acts.stateOf(cmdId) !== 'open', () => `the unsettled act ${tail(cmdId)} is taken away`)
  }

  /** I21, when a snapshot begins, moves or ends: every unsettled act still has its envelope. */
  #allUnsettledKept(): void {
    for (const { streamId, seq, type } of this.#acts.allOpen()) {
      const isKept = this.#tablet.disk.row('outbox', [streamId, seq]) !== undefined
      holds('I21', isKept, () => `a pull took the unsettled ${type} seq ${seq}`)
    }
    holds('I21', true, () => '')
  }

  /** I24: what is shown as sent is in the log with that very outcome; what is not is in the outbox. */
  #trueStatus(act: OutcomeRow): void {
    const kept = this.#tablet.disk.row('outbox', [act.streamId, act.seq])
    holds('I24', kept?.cmdId === act.cmdId, () => `act ${tail(act.cmdId)} is shown and is not in the outbox`)
    holds(
      'I24',
      (act.open === 0) === (act.state === 'settled'),
      () => `act ${tail(act.cmdId)} is ${act.state} and open ${act.open}`,
    )
    if (act.state === 'pending') return
    const logged = this.#world.logged(act)
    const isLogged = logged?.hash === act.hash
    holds('I24', isLogged, () => `act ${tail(act.cmdId)} (${act.type}) is shown as decided and is not in the log`)
    holds(
      'I24',
      logged?.outcome === act.outcome && logged.code === act.code,
      () => `act ${tail(act.cmdId)} is shown as ${String(act.outcome)}, logged ${String(logged?.outcome)}`,
    )
  }

  /** I9: within one epoch the version of an aggregate never falls. */
  #neverBack(id: string): void {
    const held = this.#tablet.disk.row('base', id) ?? this.#tablet.disk.row('view', id)
    if (!held) return
    if (held.ver === 0 && this.#world.restores > 0) return // unborn again in the server's new life
    const life = `${id} ${held.life ?? 0}`
    const highest = this.#highest.get(life) ?? 0
    holds('I9', held.ver >= highest, () => `${held.kind} ${tail(id)} goes back from ${highest} to ${held.ver}`)
    this.#highest.set(life, held.ver)
  }

  /** I8: what is shown is the confirmed image with the unsettled acts folded over it, and nothing else. */
  #isFold(id: string): void {
    const { disk } = this.#tablet
    const [view, base, open] = [disk.row('view', id), disk.row('base', id), this.#acts.openOn(id)]
    if (open.length === 0) {
      holds(
        'I8',
        base === undefined && (view?.after ?? 0) === 0,
        () => `${tail(id)} has no unsettled act and keeps a base`,
      )
      return
    }
    holds('I8', base !== undefined, () => `${tail(id)} has unsettled acts and no base`)
    const row = this.#foldOf(
      base!,
      open.filter((act) => !isContained(act, base)),
    )
    holds(
      'I8',
      (row === null) === (view === undefined),
      () => `${tail(id)} is ${view ? 'shown' : 'hidden'} against the fold`,
    )
    if (!view || !row) return
    const isNamed = view.ver === base!.ver && view.after === ordOf(open.at(-1)!)
    holds('I8', isNamed, () => `${tail(id)} says ${view.ver}/${view.after}`)
    holds('I8', isSame(view.image, row.image), () => `${tail(id)} shows something else than the fold of its acts`)
  }

  #foldOf({ ver, image }: BaseRow, open: readonly OutcomeRow[]): Row {
    let row: Row = image ? { ver, image } : null
    for (const { streamId, seq } of open) {
      const act = this.#tablet.disk.row('outbox', [streamId, seq])
      holds('I1', act !== undefined, () => `the unsettled act seq ${seq} is not in the outbox`)
      row = decideAct(this.#world.db, row, act!)?.row ?? row
    }
    return row
  }

  /** I25: an own act never doubles; once it stands it stays, and while undecided it goes only with what it rested on. */
  #stayVisible(id: string): void {
    const { disk } = this.#tablet
    const view = disk.row('view', id)
    const shown = new Map<string, number>()
    for (const { cmdId } of actsOf(view)) shown.set(cmdId, (shown.get(cmdId) ?? 0) + 1)
    holds(
      'I25',
      [...shown.values()].every((times) => times === 1),
      () => `${tail(id)} shows an act twice`,
    )
    const own = this.#acts.on(id)
    const mayVanish = own.some(isParked) || this.#world.isIncomplete(id)
    const must = (act: OutcomeRow) =>
      act.state === 'pending'
        ? this.#isFact(act) && !mayVanish
        : isHere && stands.has(act.outcome ?? '') && !(isAhead(act) && !this.#isFact(act))
    // A page told that a claim stands, before the one that brings what others did beneath it, or takes away what a server
    // put back has lost: it shows then, not yet.
    const isAhead = ({ open, ver }: OutcomeRow) =>
      open === 1 && (this.#isOfEndedLife(id) || ver - (disk.row('base', id)?.ver ?? 0) > ownUpTo(ver))
    const ownUpTo = (ver: number) =>
      own.filter((act) => act.open === 1 && act.state === 'decided' && act.ver <= ver).length
    const isHere = view !== undefined && !isLeaving(disk.row('base', id))
    for (const act of own) {
      holds(
        'I25',
        !must(act) || shown.has(act.cmdId),
        () => `${act.type} ${tail(act.cmdId)} (${act.state}) has disappeared`,
      )
    }
  }

  #isOfEndedLife(id: string): boolean {
    const { disk } = this.#tablet
    const [base, server] = [disk.row('base', id), disk.row('meta', 'server')]
    return server?.key === 'server' && (base?.life ?? 0) < (server.life ?? 0)
  }

  #isFact({ streamId, seq }: OutcomeRow): boolean {
    return this.#tablet.disk.row('outbox', [streamId, seq])?.env.includes('"nature":"fact"') ?? false
  }

  /** I6: nothing rests here that no followed scope holds. */
  #mayBeHere(id: string): void {
    const view = this.#tablet.disk.row('view', id)
    if (!view || view.after > 0) return
    const isFollowed = view.scopes.length > 0 && view.scopes.every((scope) => this.#tablet.follows.includes(scope))
    holds('I6', isFollowed, () => `${view.kind} ${tail(id)} rests here in no scope that is followed`)
  }
}

/** Held or refused, or so decided before the server was put back: its outcome has been shown, and it is sent again (3.5). */
const isParked = ({ outcome, prior }: OutcomeRow): boolean => {
  const told = outcome ?? prior?.outcome
  return told === 'held' || told === 'rejected'
}

/** It stands in no scope that is followed, and is shown only for an act that still waits: no newer image comes here. */
function isLeaving(base: BaseRow | undefined): boolean {
  return base !== undefined && base.image !== null && base.scopes.length === 0
}

function touchedIn(changes: readonly RowChange[]): Set<string> {
  const ids = new Set<string>()
  for (const { table, before, after } of changes) {
    const row = (after ?? before) as { id?: string; aggId?: string }
    if (table === 'view' || table === 'base') ids.add(row.id!)
    if (table === 'outcome' || table === 'outbox') ids.add(row.aggId!)
  }
  return ids
}

function actsOf(view: ViewRow | undefined): HistoryAct[] {
  return (view?.image.acts ?? []) as unknown as HistoryAct[]
}
