import { tabletStore } from '../local/db.ts'

/** How many acts are only on this tablet. */
export async function countUnsent(): Promise<number> {
  const open = await tabletStore().transact('read', ['outcome'], (tx) =>
    tx.byIndex('outcome', 'open+seq', { prefix: [1] }),
  )
  return open.length
}
