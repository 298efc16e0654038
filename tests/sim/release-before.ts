import type { Engine } from '../../client/local/engine.ts'
import type { LocalStore, TableName, Tx } from '../../client/local/store.ts'
import type { PushBody } from '../../shared/wire/push.ts'

/** What rows of version 0.1 had no field for. */
const newFields: Partial<Record<TableName, readonly string[]>> = {
  scope: ['digest', 'countedAt', 'redone'],
  outcome: ['branch', 'ord', 'prior'],
}

/** The store as the release before this one keeps it: its rows lack what this one adds (I26). */
export function keepsAsBefore(store: LocalStore): LocalStore {
  const put =
    (tx: Tx): Tx['put'] =>
    (table, rows) =>
      tx.put(
        table,
        rows.map((row) => without(row, newFields[table] ?? [])),
      )
  return {
    ...store,
    transact: (mode, tables, body) => store.transact(mode, tables, (tx) => body({ ...tx, put: put(tx) })),
  }
}

/** What it says on the wire: neither branches nor lanes nor former results, and it does not know of digests (F40). */
export function saysAsBefore(net: Engine['net']): Engine['net'] {
  return {
    push: async (body) => asBefore(await net.push(without<PushBody>(body, ['branch', 'lane', 'prior']))),
    pull: async (query) => asBefore(await net.pull(without(query, ['branch', 'app', 'pending', 'oldest']))),
  }
}

const asBefore = (frame: unknown): unknown =>
  frame !== null && typeof frame === 'object' ? without(frame, ['digests', 'spare', 'horizon']) : frame

function without<T extends object>(row: T, fields: readonly string[]): T {
  return fields.length === 0
    ? row
    : (Object.fromEntries(Object.entries(row).filter(([name]) => !fields.includes(name))) as T)
}
