import type Dexie from 'dexie'
import type { Table } from 'dexie'
import type { IndexRange, Key, TableName, Tables, Tx } from './store.ts'
import { dexieIndex } from './upgrade-steps.ts'

/** Reads and writes of the transaction that is current in Dexie's zone. */
export function dexieTx(db: Dexie): Tx {
  const of = <T extends TableName>(name: T): Table<Tables[T], Key> => db.table<Tables[T], Key>(name)
  return {
    get: async (table, key) => of(table).get(key),
    getMany: async (table, keys) => of(table).bulkGet([...keys]),
    put: async (table, rows) => {
      if (rows.length > 0) await of(table).bulkPut(rows)
    },
    delete: async (table, keys) => {
      if (keys.length > 0) await of(table).bulkDelete([...keys])
    },
    all: async (table) => of(table).toArray(),
    byIndex: async (table, index, range) => byPrefix(of(table), index, range),
  }
}

function byPrefix<Row>(table: Table<Row, Key>, index: string, { prefix, limit }: IndexRange): Promise<Row[]> {
  const fields = index.split('+')
  const where = table.where(dexieIndex(fields).replace('*', ''))
  const isWhole = prefix.length === fields.length
  const exact: unknown = fields.length === 1 ? prefix[0] : prefix
  // An array key sorts after every number and string, so `[…prefix, []]` closes the range.
  const rows = isWhole ? where.equals(exact as Key) : where.between(prefix, [...prefix, []], true, false)
  return (limit === undefined ? rows : rows.limit(limit)).toArray()
}
