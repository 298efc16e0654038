import { indexes, keyPaths, type IndexRange, type Key, type TableName, type Tables } from '../../client/local/store.ts'

/** A row of any table. */
export type Row = Tables[TableName]

/** A key as text, for a map. */
export function keyText(key: Key): string {
  return JSON.stringify(key)
}

/** The primary key of a row. */
export function keyOf(table: TableName, row: Row): string {
  const path = keyPaths[table]
  const fields = row as unknown as Record<string, string | number>
  return keyText(typeof path === 'string' ? fields[path]! : path.map((name) => fields[name]!))
}

/** Rows in the order of their primary key. */
export function ordered(table: TableName, rows: Row[]): Row[] {
  const path = [keyPaths[table]].flat()
  return rows.toSorted((a, b) => compareBy(a, b, path))
}

/** Rows whose index begins with the prefix, in its order; a row without one of its fields is not in it. */
export function inIndex(table: TableName, rows: Row[], { index, range }: { index: string; range: IndexRange }): Row[] {
  if (!indexes[table].includes(index)) throw new Error(`${table} has no index ${index}`)
  const path = index.replace(/^\*/, '').split('+')
  const found = rows.filter((row) => matches(row, path, range.prefix))
  const sorted = found.toSorted((a, b) =>
    compareBy(a, b, [...(index.startsWith('*') ? [] : path), ...[keyPaths[table]].flat()]),
  )
  return range.limit === undefined ? sorted : sorted.slice(0, range.limit)
}

function matches(row: Row, path: readonly string[], prefix: readonly (string | number)[]): boolean {
  const fields = row as unknown as Record<string, unknown>
  if (!path.every((name) => isKey(fields[name]))) return false
  return prefix.every((wanted, at) => {
    const value = fields[path[at]!]
    return Array.isArray(value) ? value.includes(wanted) : value === wanted
  })
}

function isKey(value: unknown): boolean {
  return typeof value === 'string' || (typeof value === 'number' && !Number.isNaN(value)) || Array.isArray(value)
}

function compareBy(a: Row, b: Row, path: readonly string[]): number {
  for (const name of path) {
    const [x, y] = [(a as unknown as Record<string, string>)[name]!, (b as unknown as Record<string, string>)[name]!]
    if (x !== y) return x < y ? -1 : 1
  }
  return 0
}
