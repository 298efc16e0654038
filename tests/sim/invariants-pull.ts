import type { BaseRow, OutcomeRow, ScopeRow, ServerMeta, ViewRow } from '../../client/local/store.ts'
import type { ScopeEntry } from './memory-scopes.ts'
import type { RowChange, TxEnd } from './memory-store.ts'
import type { FrameSize } from './network.ts'
import { tail } from './trace.ts'
import { holds } from './violation.ts'
import type { Tablet, World } from './world.ts'

/** Looks at what pulls do to a tablet's store: I10, I20, and the tablet's half of I23. */
export class PullWatch {
  readonly #world: World
  readonly #tablet: Tablet

  constructor(world: World, tablet: Tablet) {
    this.#world = world
    this.#tablet = tablet
    tablet.disk.afterCommit.push((end) => this.#look(end))
  }

  #look(end: TxEnd): void {
    const { changes, reads } = end
    // Without `meta` it is no frame but the daily count of a scope, whose cost is all its rows (sync.md 4.6).
    const isFrame = end.mode === 'write' && [reads.meta, reads.scope, reads.base].every((read) => read !== undefined)
    if (isFrame) this.#fairCost(end)
    const moved = changes.filter(({ table }) => table === 'scope')
    for (const change of moved) this.#neverBackwards(change)
    for (const { table, before, after } of changes)
      if (table === 'outcome' && before && after) this.#sameAnswer(before as OutcomeRow, after as OutcomeRow)
    if (this.#world.knowsLife(this.#tablet)) this.#noCursorAhead(changes)
  }

  /** I10: whatever changed up to a cursor is here. Looks at what this transaction could have broken. */
  #noCursorAhead(changes: readonly RowChange[]): void {
    const { scopes } = this.#world.db
    for (const { table, before, after } of changes) {
      if (table === 'view' || table === 'base') this.#isUpToDate((after ?? before) as BaseRow)
      if (table !== 'scope' || !after) continue
      const { scope, cursor, stamp } = after as ScopeRow
      const from = (before as ScopeRow | undefined)?.cursor ?? 0
      for (const entry of scopes.after(scope, Math.min(from, cursor))) this.#isHere(entry, { cursor, stamp })
    }
  }

  #isUpToDate({ kind, id }: Pick<BaseRow, 'kind' | 'id'>): void {
    for (const { scope, cursor, stamp } of this.#tablet.disk.rows('scope')) {
      const entry = this.#world.db.scopes.get(scope, { kind, id })
      if (entry) this.#isHere(entry, { cursor, stamp })
    }
  }

  #isHere(entry: ScopeEntry, { cursor, stamp }: Pick<ScopeRow, 'cursor' | 'stamp'>): void {
    const { scope, id, kind, pos, ver, op } = entry
    // a snapshot under way takes nothing away before its end
    if (pos > cursor || (op === 'leave' && stamp !== null)) return
    const { disk } = this.#tablet
    const held = disk.row('base', id) ?? disk.row('view', id)
    const isRight = op === 'set' ? (held?.ver ?? 0) >= ver : !held?.scopes.includes(scope)
    holds('I10', isRight, () =>
      op === 'set'
        ? `cursor ${cursor} of ${scope}, ${kind} ${tail(id)} is at ${held?.ver ?? 0}, not ${ver}`
        : `${kind} ${tail(id)} left ${scope} at ${pos} and is still in it`,
    )
  }

  /** I20: however answers of two leaders cross, a cursor goes on, or begins anew as a snapshot. */
  #neverBackwards({ before, after }: RowChange): void {
    if (!before || !after) return
    const [was, is] = [before as ScopeRow, after as ScopeRow]
    holds(
      'I20',
      is.cursor >= was.cursor || is.cursor === 0,
      () => `the cursor of ${is.scope} goes from ${was.cursor} back to ${is.cursor}`,
    )
  }

  /** I20: what a leader was told of an act, another leader is told too. */
  #sameAnswer(was: OutcomeRow, is: OutcomeRow): void {
    if (was.state === 'pending' || is.state === 'pending') return
    const isSame = was.outcome === is.outcome && was.code === is.code && was.ver === is.ver
    holds('I20', isSame || this.#world.restores > 0, () => `act ${tail(is.cmdId)} is answered in two ways`)
  }

  /** I23: taking in a frame reads what it names and what is unsettled, not what is stored. */
  #fairCost({ proc, reads, changes }: TxEnd): void {
    const frames = this.#world.answers.get(proc)
    if (!frames || changes.some(isNewLife)) return
    const open = reads.base ?? 0
    const acts = reads.outbox ?? 0
    const named = Math.max(...frames.map((frame) => frame.named))
    const ended = endedSnapshot(changes)
    // Counting a scope anew is a snapshot's own cost: its rows, and those that go once more (sync.md 4.4).
    const fair = named + open + 5 * acts + (ended === null ? 0 : 2 * this.#standing(ended, changes))
    const read = reads.view ?? 0
    holds('I23', read <= fair, () => `a frame of ${named} rows reads ${read} views (${open} unsettled)`)
    // Once for the fold, once to find the stream to ask about, once more for what a snapshot's end lets go.
    const fairActs = (ended === null ? 2 : 3) * this.#openBefore(changes) + this.#onLate(frames) + 1
    holds(
      'I23',
      (reads.outcome ?? 0) <= fairActs,
      () => `a frame of ${named} rows reads ${reads.outcome} outcomes (${fairActs} are fair)`,
    )
  }

  /** Own acts on what a late answer names: they say whether its rows are out of date (I25). */
  #onLate(frames: readonly FrameSize[]): number {
    const { pos: seen = 0 } = this.#tablet.disk.row('meta', 'server') as ServerMeta
    const named = new Set(frames.filter(({ pos }) => pos < seen).flatMap(({ ids }) => ids))
    return this.#tablet.disk.rows('outcome').filter(({ aggId }) => named.has(aggId)).length
  }

  /** Acts that were unsettled when the frame came. */
  #openBefore(changes: readonly RowChange[]): number {
    const settled = changes.filter(
      ({ table, before, after }) =>
        table === 'outcome' && (before as OutcomeRow | undefined)?.open === 1 && (after as OutcomeRow).open === 0,
    )
    return this.#tablet.disk.rows('outcome').filter((act) => act.open === 1).length + settled.length
  }

  /** Rows that stood in a scope, or stand there now. */
  #standing(scope: string, changes: readonly RowChange[]): number {
    const isIn = (row: unknown) => (row as ViewRow | undefined)?.scopes.includes(scope) ?? false
    const gone = changes.filter(({ table, before, after }) => table === 'view' && isIn(before) && !isIn(after))
    return this.#tablet.disk.rows('view').filter(isIn).length + gone.length
  }
}

/** The scope whose snapshot this transaction ended. */
function endedSnapshot(changes: readonly RowChange[]): string | null {
  const ended = changes.find(
    ({ table, before, after }) =>
      table === 'scope' && (before as ScopeRow | undefined)?.stamp && !(after as ScopeRow).stamp,
  )
  return (ended?.after as ScopeRow | undefined)?.scope ?? null
}

/** The server was found at an older state: every act is looked at, once (sync.md 3.5). */
function isNewLife({ table, before, after }: RowChange): boolean {
  const [was, is] = [before, after] as (ServerMeta | undefined)[]
  return (
    table === 'meta' && is?.key === 'server' && (was?.life !== is.life || was?.recheck?.length !== is.recheck?.length)
  )
}
