import { openClient } from './pg.ts'

/** The new epoch of one hall. */
export interface NewEpoch {
  readonly hallId: string
  readonly epoch: string
}

/**
 * Begins a new epoch in every hall of a database, as its owner: it was restored from an older state, so every tablet
 * must read anew and send what is missing (sync.md 3.5, F48). One statement; doing it twice only costs the tablets time.
 */
export const newEpochs = async (ownerUrl: string): Promise<NewEpoch[]> => {
  const client = openClient(ownerUrl, { max: 1, statementTimeoutMs: 30_000, name: 'changkai-new-epoch' })
  try {
    const rows = await client<NewEpoch[]>`
      select hall_id as "hallId", hall.new_epoch(hall_id) as epoch from hall.hall_clock order by hall_id`
    return [...rows]
  } finally {
    await client.end({ timeout: 5 })
  }
}
