import {
  keyPaths,
  type IndexRange,
  type Key,
  type LocalStore,
  type TableName,
  type Tables,
  type Tx,
} from '../../client/local/store.ts'

const keyOf = (table: TableName, row: object): string => {
  const path = keyPaths[table]
  const value = (field: string) => (row as Record<string, unknown>)[field]
  return JSON.stringify(Array.isArray(path) ? path.map(value) : value(path))
}

/** The tablet's store in memory, for loops by the hundred: whole tables, transactions one after another. */
export class PlainStore implements LocalStore {
  readonly #tables = new Map<TableName, Map<string, object>>()
  #last: Promise<unknown> = Promise.resolve()

  transact<R>(_mode: 'read' | 'write', _tables: readonly TableName[], body: (tx: Tx) => Promise<R>): Promise<R> {
    const run = this.#last.then(() => body(this.#tx()))
    this.#last = run.catch(() => undefined)
    return run
  }

  rows<T extends TableName>(table: T): Tables[T][] {
    return [...this.#of(table).values()] as Tables[T][]
  }

  put<T extends TableName>(table: T, rows: readonly Tables[T][]): void {
    for (const row of rows) this.#of(table).set(keyOf(table, row), row)
  }

  #of(table: TableName): Map<string, object> {
    const rows = this.#tables.get(table) ?? new Map<string, object>()
    this.#tables.set(table, rows)
    return rows
  }

  #tx(): Tx {
    const get = <T extends TableName>(table: T, key: Key) =>
      this.#of(table).get(JSON.stringify(key)) as Tables[T] | undefined
    return {
      get: async (table, key) => get(table, key),
      getMany: async (table, keys) => keys.map((key) => get(table, key)),
      put: async (table, rows) => this.put(table, rows),
      delete: async (table, keys) => {
        for (const key of keys) this.#of(table).delete(JSON.stringify(key))
      },
      all: async (table) => this.rows(table),
      byIndex: async (table, index, range) => byIndex(this.rows(table), index, range),
    }
  }
}

function byIndex<Row extends object>(rows: Row[], index: string, { prefix, limit = Infinity }: IndexRange): Row[] {
  const fields = index.replace('*', '').split('+')
  const value = (row: Row, field: string) => (row as Record<string, unknown>)[field]
  const fits = (row: Row) =>
    prefix.every((want, at) => {
      const is = value(row, fields[at] ?? '')
      return Array.isArray(is) ? is.includes(want) : is === want
    })
  const order = (row: Row) => fields.map((field) => value(row, field) as string | number)
  const before = (a: Row, b: Row) => {
    const [left, right] = [order(a), order(b)]
    const at = left.findIndex((part, i) => part !== right[i])
    return at < 0 ? 0 : (left[at] ?? 0) < (right[at] ?? 0) ? -1 : 1
  }
  return rows.filter(fits).sort(before).slice(0, limit)
}
