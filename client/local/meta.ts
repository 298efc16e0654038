import type { DeviceMeta, OutcomeRow, ServerMeta, StreamMeta, Tx } from './store.ts'

/** The enrolled device, or null in a browser that is not enrolled. */
export async function deviceMeta(tx: Tx): Promise<DeviceMeta | null> {
  const row = await tx.get('meta', 'device')
  return row?.key === 'device' ? row : null
}

/** The tablet's stream, or null before enrolment. */
export async function streamMeta(tx: Tx): Promise<StreamMeta | null> {
  const row = await tx.get('meta', 'stream')
  return row?.key === 'stream' ? row : null
}

/** What is known of the server; nothing yet before the first answer. */
export async function serverMeta(tx: Tx): Promise<ServerMeta> {
  const row = await tx.get('meta', 'server')
  return row?.key === 'server' ? row : { key: 'server', epoch: null, samples: [], halted: null }
}

/** The oldest act not settled yet. */
export async function oldestOpen(tx: Tx): Promise<OutcomeRow | undefined> {
  return (await tx.byIndex('outcome', 'open+seq', { prefix: [1], limit: 1 }))[0]
}
