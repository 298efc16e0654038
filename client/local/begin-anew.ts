import { DexieStore } from './db.ts'
import type { Engine } from './engine.ts'
import { beginNewLife, type Recovered } from './new-stream.ts'
import type { Salvaged } from './salvage.ts'
import { setCanary } from './storage.ts'
import { freeStoreName, useStore } from './store-name.ts'
import type { Tables } from './store.ts'

/** Why no new store could be begun: the tablet is not known any more, or has no lane left to print from. */
export type NotAnew = 'no-device' | 'no-lane'

/**
 * Step 4 of the ladder (sync.md §8): a new database, in which the device goes on with a stream of its own; persons, keys
 * and drafts come along, what was not sent goes first under its old stream. The old database stays as it is; the page
 * must be loaded anew. Answers how many acts wait.
 */
export async function beginAnew(engine: Engine, found: Salvaged): Promise<number | NotAnew> {
  const whole = wholeOf(found)
  if (!whole) return 'no-device'
  const name = await freeStoreName()
  const store = new DexieStore(name)
  try {
    for (const { key, value } of found.secrets) await store.keepSecret(key, value)
    await store.transact('write', ['meta', 'actor', 'draft'], async (tx) => {
      await tx.put(
        'meta',
        found.tables.meta.filter((row) => row.key === 'rescue'),
      )
      await tx.put('actor', found.tables.actor)
      await tx.put('draft', found.tables.draft)
    })
    const stream = await beginNewLife({ ...engine, store }, whole)
    if (!stream) return 'no-lane'
    const open = await store.transact('read', ['outcome'], (tx) => tx.byIndex('outcome', 'open+seq', { prefix: [1] }))
    setCanary(whole.device, stream, open.length)
    useStore(name)
    return open.length
  } finally {
    store.close()
  }
}

/**
 * What of a torn store still fits together: no open act without its envelope, no base without an open act, and nothing
 * shown whose confirmed image is lost; a snapshot brings that again. Null: nobody knows which tablet this is.
 */
export function wholeOf({ tables }: Pick<Salvaged, 'tables'>): Recovered | null {
  const of = <Kind extends Tables['meta']['key']>(key: Kind) =>
    tables.meta.find((row): row is Extract<Tables['meta'], { key: Kind }> => row.key === key) ?? null
  const device = of('device')
  if (!device) return null
  const kept = new Set(tables.outbox.map(({ cmdId }) => cmdId))
  const outcomes = tables.outcome.filter(({ open, cmdId }) => open === 0 || kept.has(cmdId))
  const settled = new Set(outcomes.filter(({ open }) => open === 0).map(({ cmdId }) => cmdId))
  const opened = new Set(tables.outbox.filter(({ cmdId }) => !settled.has(cmdId)).map(({ aggId }) => aggId))
  const bases = tables.base.filter(({ id }) => opened.has(id))
  const based = new Set(bases.map(({ id }) => id))
  const views = tables.view.filter(({ id, after }) => (opened.has(id) ? based.has(id) : after === 0))
  return { device, stream: of('stream'), server: of('server'), outbox: tables.outbox, outcomes, views, bases }
}
