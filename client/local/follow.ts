import { leaveScope } from './cursors.ts'
import type { Engine } from './engine.ts'
import { foldingOf } from './folding.ts'

const tables = ['meta', 'outbox', 'outcome', 'scope', 'view', 'base'] as const

/**
 * Follow these scopes and no others, as the person signed in may (sync.md 4.2). Rows that stand in none of them go at
 * once (I6), or when what was done on them is decided; a new scope begins as a snapshot.
 */
export async function followOnly(engine: Pick<Engine, 'store' | 'register'>, scopes: readonly string[]): Promise<void> {
  await engine.store.transact('write', tables, async (tx) => {
    const folding = await foldingOf(tx, engine)
    const kept = folding.scopes.map((row) => row.scope)
    for (const scope of kept) if (!scopes.includes(scope)) await leaveScope(tx, folding, scope)
    const fresh = scopes.filter((scope) => !kept.includes(scope))
    await tx.put(
      'scope',
      fresh.map((scope) => ({ scope, cursor: 0, stamp: null })),
    )
  })
}

/** Follow these scopes too: each begins as a snapshot (sync.md 4.2). True if any was not followed before. */
export async function followAlso({ store }: Pick<Engine, 'store'>, scopes: readonly string[]): Promise<boolean> {
  return store.transact('write', ['scope'], async (tx) => {
    const kept = new Set((await tx.all('scope')).map(({ scope }) => scope))
    const fresh = scopes.filter((scope) => !kept.has(scope))
    await tx.put(
      'scope',
      fresh.map((scope) => ({ scope, cursor: 0, stamp: null })),
    )
    return fresh.length > 0
  })
}
