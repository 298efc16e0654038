import { RangeSet, type IndexableType, type ObservabilitySet } from 'dexie'
import { indexName } from './raw-tx.ts'
import { indexes, keyPaths, type RowChange, type TableName } from './store.ts'

/** Beyond so many rows nobody is told which: whoever follows any of the table looks again. */
const named = 50

/**
 * What a transaction changed, as Dexie's live queries of this and other tabs understand it: primary keys, and where the
 * rows now stand in each index. Where they stood before is known to those who had read them, by their primary key.
 */
export function partsOf(dbName: string, changes: readonly RowChange[]): ObservabilitySet {
  const parts: Record<string, RangeSet> = {}
  for (const { table, key, row } of changes) {
    const part = (index: string) => (parts[`idb://${dbName}/${table}/${index}`] ??= new RangeSet())
    if (changes.length > named) {
      for (const index of ['', ':dels', ...indexes[table].map(indexName)]) part(index).add(everything)
      continue
    }
    part('').addKey(key)
    part(':dels').addKey(key)
    for (const index of indexes[table]) {
      for (const place of placesIn(index, row as Fields | null)) part(indexName(index)).addKey(place)
    }
  }
  return parts
}

const tableNames = Object.keys(keyPaths) as TableName[]

/** The tables that Dexie's word of a change names; `all` is what it says when the page comes back from a cache. */
export function changedTables(dbName: string, parts: ObservabilitySet): Set<TableName> {
  const named = Object.keys(parts)
  if (named.includes('all')) return new Set(tableNames)
  return new Set(tableNames.filter((table) => named.some((part) => part.startsWith(`idb://${dbName}/${table}/`))))
}

type Fields = Readonly<Record<string, IndexableType | null | undefined>>

const everything = { from: -Infinity, to: [[]] as unknown as IndexableType }

function placesIn(index: string, row: Fields | null): IndexableType[] {
  if (!row) return []
  if (index.startsWith('*')) return (row[index.slice(1)] as IndexableType[] | undefined) ?? []
  const place = index.split('+').map((name) => row[name])
  // A row that lacks a field, or holds null there, is not in the index.
  return place.every((value) => value !== undefined && value !== null) ? [place as IndexableType] : []
}
