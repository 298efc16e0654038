import { StorageFault, storageFaultOf } from './storage-fault.ts'
import { indexes, keyPaths, type LocalStore, type TableName, type Tx } from './store.ts'

/**
 * A change of what kept rows look like, from one version to the next. It runs offline, again after a cut (so it must
 * give the same rows twice), and never touches an envelope: its `Tx` refuses writes of `outbox` (sync.md §8).
 */
export interface UpgradeStep {
  to: number
  /** Why rows must change, for whoever reads the list later. */
  why: string
  run(tx: Tx): Promise<void>
}

/** The tables, indexes and steps that an app of one version knows. */
export interface StoreShape {
  version: number
  stores: Record<string, string>
  steps: readonly UpgradeStep[]
}

/**
 * Version of the tablet's store; only ever raised, also by a build that takes something back (sync.md §8): raise it
 * once a release in which `indexes` of `store.ts` or kept rows change. An index alone needs no step.
 */
export const storeVersion = 2

/** Every step ever released, in order. */
const upgradeSteps: readonly UpgradeStep[] = []

/** `a+b` → `[a+b]`; `*keys` and single fields as they are. */
export function dexieIndex(fields: readonly string[] | string): string {
  const list = typeof fields === 'string' ? fields.split('+') : fields
  return list.length > 1 ? `[${list.join('+')}]` : (list[0] ?? '')
}

/** What this app opens. `secret` holds keys that cannot be read out, which no row of the engine may be. */
export function todaysShape(): StoreShape {
  const names = Object.keys(keyPaths) as TableName[]
  const tables = names.map((name) => [name, [keyPaths[name], ...indexes[name]].map(dexieIndex).join(',')])
  const stores = { ...(Object.fromEntries(tables) as Record<string, string>), secret: 'key' }
  return { version: storeVersion, stores, steps: upgradeSteps }
}

const allTables = Object.keys(keyPaths) as TableName[]

/**
 * Bring kept rows up to this app's version: the steps missing by `meta.schema`, and that mark, in ONE transaction. Two
 * tabs, or a cut before its end, change nothing (F34). Throws `StorageFault` 'newer' where a newer app has been (F32).
 */
export async function upgradeRows(store: LocalStore, { version, steps }: StoreShape): Promise<void> {
  const held = await store.transact('read', ['meta'], readVersion)
  if (held > version) throw new StorageFault('newer')
  if (held === version) return
  const isBare = steps.every((step) => step.to <= held)
  try {
    await store.transact('write', isBare ? ['meta'] : allTables, async (tx) => {
      const from = await readVersion(tx)
      for (const step of steps) if (step.to > from) await step.run(withoutEnvelopes(tx))
      await tx.put('meta', [{ key: 'schema', version: Math.max(from, version) }])
    })
  } catch (error) {
    // A full disk must still open: without a step the mark can wait for room.
    if (!isBare || storageFaultOf(error)?.kind !== 'full') throw error
  }
}

/** A store without the mark is of the first version, or new, and then has no rows for a step to change. */
async function readVersion(tx: Tx): Promise<number> {
  const row = await tx.get('meta', 'schema')
  return row?.key === 'schema' ? row.version : 1
}

function withoutEnvelopes(tx: Tx): Tx {
  const refuse = (table: TableName) => {
    if (table === 'outbox') throw new Error('an upgrade never touches an envelope')
  }
  return {
    ...tx,
    put: async (table, rows) => {
      refuse(table)
      await tx.put(table, rows)
    },
    delete: async (table, keys) => {
      refuse(table)
      await tx.delete(table, keys)
    },
  }
}
