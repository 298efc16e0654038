import type { OutcomeRow } from '../../client/local/store.ts'
import { ordOf } from '../../client/local/order.ts'
import type { MemoryDisk, RowChange } from './memory-store.ts'

/** A tablet's own acts by aggregate, kept up with its store, so that an invariant need not read all of them each time. */
export class OwnActs {
  readonly #disk: MemoryDisk
  readonly #on = new Map<string, Map<string, OutcomeRow>>()
  readonly #open = new Map<string, OutcomeRow>()

  /** Must be made before whoever reads it looks at the same disk. */
  constructor(disk: MemoryDisk) {
    this.#disk = disk
    disk.afterCommit.push(({ changes }) => this.#take(changes))
    disk.afterChange.push(() => this.#readAll())
    this.#readAll()
  }

  /** Acts on an aggregate, in no order. */
  on(aggId: string): OutcomeRow[] {
    return [...(this.#on.get(aggId)?.values() ?? [])]
  }

  openOn(aggId: string): OutcomeRow[] {
    return this.on(aggId)
      .filter((act) => act.open === 1)
      .sort((a, b) => ordOf(a) - ordOf(b))
  }

  allOpen(): Iterable<OutcomeRow> {
    return this.#open.values()
  }

  stateOf(cmdId: string): 'open' | 'settled' {
    return this.#open.has(cmdId) ? 'open' : 'settled'
  }

  #take(changes: readonly RowChange[]): void {
    for (const { table, before, after } of changes) {
      if (table !== 'outcome') continue
      if (after) this.#put(after as OutcomeRow)
      else this.#on.get((before as OutcomeRow).aggId)?.delete((before as OutcomeRow).cmdId)
    }
  }

  #put(act: OutcomeRow): void {
    const own = this.#on.get(act.aggId) ?? new Map<string, OutcomeRow>()
    this.#on.set(act.aggId, own)
    own.set(act.cmdId, act)
    if (act.open === 1) this.#open.set(act.cmdId, act)
    else this.#open.delete(act.cmdId)
  }

  #readAll(): void {
    this.#on.clear()
    this.#open.clear()
    for (const act of this.#disk.rows('outcome')) this.#put(act)
  }
}
