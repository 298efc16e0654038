import {
  keyPaths,
  type Key,
  type LocalStore,
  type TableName,
  type Tables,
  type Tx,
  type TxMode,
} from '../../client/local/store.ts'
import { StorageFault } from '../../client/local/storage-fault.ts'
import { deepFreeze } from './deep-freeze.ts'
import { inIndex, keyOf, keyText, ordered, type Row } from './memory-index.ts'
import type { Proc, Scheduler } from './scheduler.ts'

type Table = Map<string, Row>

/** One row before and after a transaction; undefined where there was or is none. */
export interface RowChange {
  table: TableName
  before: Row | undefined
  after: Row | undefined
}

interface OpenTx {
  proc: Proc
  mode: TxMode
  tables: ReadonlySet<TableName>
  state: 'waiting' | 'active' | 'done'
  writes: Map<TableName, Map<string, Row | undefined>>
  /** Requests the body is waiting for; none, and the body still unfinished, is a transaction IndexedDB would end early. */
  pending: number
  grant: () => void
}

/**
 * A browser's database, shared by its tabs: transactions over the same tables go one after another as IndexedDB's do,
 * uncommitted ones die with their tab, committed ones stay.
 */
export class MemoryDisk {
  readonly tables = new Map<TableName, Table>((Object.keys(keyPaths) as TableName[]).map((name) => [name, new Map()]))
  readonly afterCommit: ((changes: RowChange[], proc: Proc) => void)[] = []
  /** The next commit fails as a full disk does. */
  isFull = false
  readonly #sim: Scheduler
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

  /** The store as one tab sees it. */
  openFor(proc: Proc): LocalStore {
    proc.atDeath(() => {
      for (const tx of this.#open.filter((one) => one.proc === proc)) this.#release(tx)
    })
    return { transact: (mode, tables, body) => this.#transact({ proc, mode, tables }, body) }
  }

  async #transact<R>(
    { proc, mode, tables }: { proc: Proc; mode: TxMode; tables: readonly TableName[] },
    body: (tx: Tx) => Promise<R>,
  ): Promise<R> {
    await this.#sim.pause(proc)
    const tx: OpenTx = {
      ...{ proc, mode, tables: new Set(tables), state: 'waiting', writes: new Map(), pending: 1 },
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
      result = await body(this.#handle(tx))
      tx.pending += 1
      await this.#sim.pause(tx.proc)
      this.#commit(tx)
    } finally {
      this.#release(tx)
    }
    await this.#sim.pause(tx.proc)
    return result
  }

  #commit(tx: OpenTx): void {
    if (tx.writes.size === 0) return
    if (this.isFull) {
      this.isFull = false
      throw new StorageFault('full')
    }
    const changes: RowChange[] = []
    for (const [table, rows] of tx.writes) {
      const held = this.tables.get(table)!
      for (const [key, after] of rows) {
        changes.push({ table, before: held.get(key), after })
        if (after) held.set(key, after)
        else held.delete(key)
      }
    }
    for (const look of this.afterCommit) {
      try {
        look(changes, tx.proc)
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

  #handle(tx: OpenTx): Tx {
    const request = async <R>(table: TableName, mode: TxMode, act: () => R): Promise<R> => {
      if (tx.state !== 'active') throw new Error('the transaction is over')
      if (!tx.tables.has(table)) throw new Error(`${table} is not in the transaction`)
      if (mode === 'write' && tx.mode === 'read') throw new Error('a reading transaction writes')
      tx.pending += 1
      await this.#sim.pause(tx.proc)
      tx.pending -= 1
      return act()
    }
    return {
      get: (table, key) => request(table, 'read', () => this.#seen(tx, table).get(keyText(key)) as never),
      getMany: (table, keys) =>
        request(table, 'read', () => {
          const seen = this.#seen(tx, table)
          return keys.map((key) => seen.get(keyText(key))) as never
        }),
      put: (table, rows) =>
        request(table, 'write', () => {
          for (const row of rows) writesOf(tx, table).set(keyOf(table, row), deepFreeze(row))
        }),
      delete: (table, keys) =>
        request(table, 'write', () => {
          for (const key of keys) writesOf(tx, table).set(keyText(key), undefined)
        }),
      all: (table) => request(table, 'read', () => ordered(table, [...this.#seen(tx, table).values()]) as never),
      byIndex: (table, index, range) =>
        request(table, 'read', () => inIndex(table, [...this.#seen(tx, table).values()], { index, range }) as never),
    }
  }

  #seen(tx: OpenTx, table: TableName): Table {
    const own = tx.writes.get(table)
    const held = this.tables.get(table)!
    if (!own) return held
    const seen = new Map(held)
    for (const [key, row] of own) {
      if (row) seen.set(key, row)
      else seen.delete(key)
    }
    return seen
  }
}

function overlap(a: OpenTx, b: OpenTx): boolean {
  if (a.mode === 'read' && b.mode === 'read') return false
  return [...a.tables].some((table) => b.tables.has(table))
}

function writesOf(tx: OpenTx, table: TableName): Map<string, Row | undefined> {
  const held = tx.writes.get(table) ?? new Map<string, Row | undefined>()
  tx.writes.set(table, held)
  return held
}
