import type { Key, TableName, Tx, TxMode } from '../../client/local/store.ts'
import { deepFreeze } from './deep-freeze.ts'
import { inIndex, keyOf, keyText, ordered, type Row } from './memory-index.ts'
import { never, type Proc } from './scheduler.ts'

/** The rows of one table by key. */
export type Table = Map<string, Row>

/** One row before and after a transaction; undefined where there was or is none. */
export interface RowChange {
  table: TableName
  key: Key
  before: Row | undefined
  after: Row | undefined
}

/** What a transaction came to: how many rows it was handed of each table, and what it changed. */
export interface TxEnd {
  proc: Proc
  mode: TxMode
  reads: Readonly<Partial<Record<TableName, number>>>
  changes: readonly RowChange[]
}

/** All rows at one moment; rows are never changed in place, so a copy of the maps is a copy of the disk. */
export type DiskImage = ReadonlyMap<TableName, ReadonlyMap<string, Row>>

/** A transaction that has begun. */
export interface OpenTx {
  proc: Proc
  mode: TxMode
  tables: ReadonlySet<TableName>
  state: 'waiting' | 'active' | 'done'
  writes: Map<TableName, Map<string, Row | undefined>>
  /** Requests the body is waiting for; none, and the body still unfinished, is a transaction IndexedDB would end early. */
  pending: number
  reads: Partial<Record<TableName, number>>
  grant: () => void
}

/** What the body of a transaction works with: each request a moment of its own. */
export function handleOf(tx: OpenTx, tables: ReadonlyMap<TableName, Table>, pause: () => Promise<void>): Tx {
  const seen = (table: TableName) => seenBy(tx, table, tables.get(table)!)
  const request = async <R>(table: TableName, mode: TxMode, act: () => R): Promise<R> => {
    const count = (rows: number) => (tx.reads[table] = (tx.reads[table] ?? 0) + rows)
    if (!tx.proc.isAlive) return never()
    if (tx.state !== 'active') throw new Error('the transaction is over')
    if (!tx.tables.has(table)) throw new Error(`${table} is not in the transaction`)
    if (mode === 'write' && tx.mode === 'read') throw new Error('a reading transaction writes')
    tx.pending += 1
    await pause()
    tx.pending -= 1
    const got = act()
    if (mode === 'read') count(Array.isArray(got) ? got.length : 1)
    return got
  }
  return {
    get: (table, key) => request(table, 'read', () => seen(table).get(keyText(key)) as never),
    getMany: (table, keys) =>
      request(table, 'read', () => {
        const rows = seen(table)
        return keys.map((key) => rows.get(keyText(key))) as never
      }),
    put: (table, rows) =>
      request(table, 'write', () => {
        for (const row of rows) writesOf(tx, table).set(keyOf(table, row), deepFreeze(row))
      }),
    delete: (table, keys) =>
      request(table, 'write', () => {
        for (const key of keys) writesOf(tx, table).set(keyText(key), undefined)
      }),
    all: (table) => request(table, 'read', () => ordered(table, [...seen(table).values()]) as never),
    byIndex: (table, index, range) =>
      request(table, 'read', () => inIndex(table, [...seen(table).values()], { index, range }) as never),
  }
}

function seenBy(tx: OpenTx, table: TableName, held: Table): Table {
  const own = tx.writes.get(table)
  if (!own) return held
  const seen = new Map(held)
  for (const [key, row] of own) {
    if (row) seen.set(key, row)
    else seen.delete(key)
  }
  return seen
}

/** Whether one must wait for the other. */
export function overlap(a: OpenTx, b: OpenTx): boolean {
  if (a.mode === 'read' && b.mode === 'read') return false
  return [...a.tables].some((table) => b.tables.has(table))
}

function writesOf(tx: OpenTx, table: TableName): Map<string, Row | undefined> {
  const held = tx.writes.get(table) ?? new Map<string, Row | undefined>()
  tx.writes.set(table, held)
  return held
}
