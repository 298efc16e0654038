import { schemaNumber } from '../../shared/core/envelope.ts'
import { NetFault, type Engine } from '../local/engine.ts'
import { serverMeta } from '../local/meta.ts'
import type { ServerMeta } from '../local/store.ts'

type Halted = ServerMeta['halted']

/** An app too old to be served rows still sends what it has (sync.md 4.7); every other halt stops the stream. */
export function stopsPush(halted: Halted): boolean {
  return halted !== null && halted !== 'upgrade-required'
}

/** The halt after a frame: it says which schema is still served. A halted stream stays halted. */
export function haltedAfter(halted: Halted, minSchema: number): Halted {
  if (stopsPush(halted)) return halted
  return minSchema > schemaNumber ? 'upgrade-required' : null
}

/** A pull that may answer 426: then no more pulls until the app is newer or the server says otherwise. Null: it did. */
export async function unlessOutdated<Answer>(engine: Engine, pull: Promise<Answer>): Promise<Answer | null> {
  try {
    return await pull
  } catch (error) {
    if (!(error instanceof NetFault) || error.problem !== 'upgrade-required') throw error
    await noteOutdated(engine)
    return null
  }
}

async function noteOutdated(engine: Engine): Promise<void> {
  await engine.store.transact('write', ['meta'], async (tx) => {
    const server = await serverMeta(tx)
    if (server.halted === null) await tx.put('meta', [{ ...server, halted: 'upgrade-required' }])
  })
  engine.report('pull-upgrade-required', { schema: schemaNumber })
}
