import { deviceMeta, streamMeta } from './meta.ts'
import type { DeviceMeta, OutcomeRow, Tx } from './store.ts'

/** What this tablet itself has to do with a matter: its acts on it, and under which name and lane they went. */
export interface OwnPart {
  outcomes: OutcomeRow[]
  device: DeviceMeta | null
  lane: string | null
}

/** This tablet's own part in a matter; within a read of `outcome` and `meta`. */
export async function ownPart(tx: Tx, aggId: string): Promise<OwnPart> {
  return {
    outcomes: await tx.byIndex('outcome', 'aggId+open+seq', { prefix: [aggId] }),
    device: await deviceMeta(tx),
    lane: (await streamMeta(tx))?.lane ?? null,
  }
}
