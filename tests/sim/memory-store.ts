import {
  keyPaths,
  type Hearing,
  type Key,
  type LocalStore,
  type TableName,
  type Tables,
  type Tx,
  type TxMode,
} from '../../client/local/store.ts'
import { StorageFault } from '../../client/local/storage-fault.ts'
import { deepFreeze } from './deep-freeze.ts'
import { keyOf, keyText } from './memory-index.ts'
import { handleOf, overlap, type DiskImage, type OpenTx, type RowChange, type Table, type TxEnd } from './memory-tx.ts'
import { never, type Proc, type Scheduler } from './scheduler.ts'

export type { DiskImage, RowChange, TxEnd } from './memory-tx.ts'

/**
 * A browser's database, shared by its tabs: transactions over the same tables go one after another as IndexedDB's do,
 * uncommitted ones die with their tab, committed ones stay.
 */
export class MemoryDisk {
  readonly tables = new Map<TableName, Table>((Object.keys(keyPaths) as TableName[]).map((name) => [name, new Map()]))
  readonly afterCommit: ((end: TxEnd) => void)[] = []
  /** Told when the disk is another than it was: put back, wiped, or cut off its power. */
  readonly afterChange: (() => void)[] = []
  /** The next commit fails as a full disk does. */
  isFull = false
  /** Commits reach the disk a while after they are answered (`relaxed`); as built, never. */
  isRelaxed = false
  #onDisk: DiskImage | null = null
  readonly #sim: Scheduler
  readonly #hearers = new Map<Proc, Hearing>()
  #open: OpenTx[] = []

  constructor(sim: Scheduler) {
    this.#sim = sim
    sim.afterTurn.push(() => this.#noIdle())
  }

  rows<T extends TableName>(table: T): Tables[T][] {
    return [...this.tables.get(table)!.values()] as Tables[T][]
  }

  row<T extends TableName>(table: T, key: Key): Tables[T] | undefined {
    return this.tables.get(table)!.get(keyText(key)) as Tables[T] | undefined
  }

  /** Put rows as enrolment would, outside any history. */
  seed<T extends TableName>(table: T, rows: readonly Tables[T][]): void {
    for (const row of rows) this.tables.get(table)!.set(keyOf(table, row), deepFreeze(row))
  }

  /** What stands on the disk now. */
  image(): DiskImage {
    return new Map([...this.tables].map(([name, rows]) => [name, new Map(rows)]))
  }

  /** Another image stands on the disk: an older one, or nothing at all. No tab may be open. */
  put(image: DiskImage): void {
    for (const [name, rows] of this.tables) {
      rows.clear()
      for (const [key, row] of image.get(name) ?? []) rows.set(key, row)
    }
    this.#onDisk = null
    for (const look of this.afterChange) look()
  }

  /** A row is gone from the disk, and nothing says so. */
  lose(table: TableName, key: Key): void {
    this.tables.get(table)!.delete(keyText(key))
  }

  /** The power goes: what was only in the system's memory is lost. Strict commits stay. */
  cutPower(): void {
    if (this.#onDisk) this.put(this.#onDisk)
  }

  /** The store as one tab sees it. */
  openFor(proc: Proc): LocalStore {
    proc.atDeath(() => {
      for (const tx of this.#open.filter((one) => one.proc === proc)) this.#release(tx)
    })
    return {
      transact: (mode, tables, body) => this.#transact({ proc, mode, tables }, body),
      hear: (hearing) => {
        this.#hearers.set(proc, hearing)
        return () => this.#hearers.delete(proc)
      },
    }
  }

  /** A tab knows at once what it kept itself; another hears of it a little later, or never. */
  #tellTabs(proc: Proc, changes: readonly RowChange[]): void {
    const tables = new Set(changes.map(({ table }) => table))
    const own = changes.map(({ table, key, after }) => ({ table, key, row: after ?? null }))
    for (const [hearer, hear] of this.#hearers) {
      if (!hearer.isAlive) this.#hearers.delete(hearer)
      else if (hearer === proc) hear(own, tables)
      else if (this.#sim.rng.chance(0.8)) void this.#sim.turn(hearer).then(() => hear(null, tables))
    }
  }

  async #transact<R>(
    { proc, mode, tables }: { proc: Proc; mode: TxMode; tables: readonly TableName[] },
    body: (tx: Tx) => Promise<R>,
  ): Promise<R> {
    await this.#sim.pause(proc)
    const tx: OpenTx = {
      ...{ proc, mode, tables: new Set(tables), state: 'waiting', writes: new Map(), pending: 1, reads: {} },
      grant: () => undefined,
    }
    const granted = new Promise<void>((resolve) => {
      tx.grant = () => {
        tx.state = 'active'
        void this.#sim.pause(proc).then(resolve)
      }
    })
    this.#open.push(tx)
    this.#grantAll()
    await granted
    tx.pending -= 1
    return this.#run(tx, body)
  }

  async #run<R>(tx: OpenTx, body: (tx: Tx) => Promise<R>): Promise<R> {
    let result: R
    try {
      result = await body(handleOf(tx, this.tables, () => this.#sim.pause(tx.proc)))
      tx.pending += 1
      await this.#sim.pause(tx.proc)
      if (!tx.proc.isAlive) return await never() // ended by another of its own awaits at this very moment
      this.#commit(tx)
    } finally {
      this.#release(tx)
    }
    await this.#sim.pause(tx.proc)
    return result
  }

  #commit(tx: OpenTx): void {
    if (tx.writes.size === 0) return this.#tell(tx, [])
    if (this.isRelaxed && (!this.#onDisk || this.#sim.rng.chance(0.2))) this.#onDisk = this.image()
    if (this.isFull) {
      this.isFull = false
      throw new StorageFault('full')
    }
    const changes: RowChange[] = []
    for (const [table, rows] of tx.writes) {
      const held = this.tables.get(table)!
      for (const [key, after] of rows) {
        changes.push({ table, key: JSON.parse(key) as Key, before: held.get(key), after })
        if (after) held.set(key, after)
        else held.delete(key)
      }
    }
    const real = changes.filter(({ before, after }) => before ?? after) // deleting nothing changes nothing
    this.#tell(tx, real)
    this.#tellTabs(tx.proc, real)
  }

  #tell({ proc, mode, reads }: OpenTx, changes: readonly RowChange[]): void {
    for (const look of this.afterCommit) {
      try {
        look({ proc, mode, reads, changes })
      } catch (error) {
        this.#sim.fail(error)
      }
    }
  }

  #release(tx: OpenTx): void {
    tx.state = 'done'
    this.#open = this.#open.filter((other) => other !== tx)
    this.#grantAll()
  }

  /** A transaction starts once no earlier one that is still open shares a table with it, unless both only read. */
  #grantAll(): void {
    this.#open.forEach((tx, at) => {
      const isBlocked = this.#open.slice(0, at).some((earlier) => overlap(earlier, tx))
      if (tx.state === 'waiting' && !isBlocked) tx.grant()
    })
  }

  #noIdle(): void {
    for (const tx of this.#open) {
      if (tx.state === 'active' && tx.pending === 0) {
        this.#sim.fail(new Error('a transaction waits for something else: IndexedDB would have committed it early'))
      }
    }
  }
}
