import { StoreConflict, type AppendBatch, type LogEntry, type Store } from '../../server/sync/store-verbs.ts'
import type { JudgeDeps } from '../../server/sync/judge.ts'
import { sha256 } from './keys.ts'
import type { LogRow } from './memory-db.ts'
import { soundParts, type Parts } from './world.ts'

/** A bug between the judge and its store. */
export const onStore = (wrap: (store: Store, deps: JudgeDeps) => Partial<Store>): Parts => ({
  ...soundParts,
  deps: (deps) => ({ ...deps, store: { ...deps.store, ...wrap(deps.store, deps) } }),
})

/** A bug in what is written. */
const onEntry = (change: (entry: LogEntry, batch: AppendBatch) => LogEntry): Parts =>
  onStore((store) => ({
    append: (batch) => store.append({ ...batch, log: batch.log.map((entry) => change(entry, batch)) }),
  }))

/** Positions are given out before the commit: a page between the two passes over them (R1). */
export function sequenceCursor(): Parts {
  const hidden = new Set<number>()
  return {
    ...soundParts,
    deps: (deps) => ({
      ...deps,
      store: {
        ...deps.store,
        append: async (batch) => {
          const pos = await deps.store.append(batch)
          const own = batch.log.map((_, i) => pos - i)
          for (const one of own) hidden.add(one)
          await deps.wait(40)
          for (const one of own) hidden.delete(one)
          return pos
        },
      },
    }),
    store: (store) => ({
      ...store,
      page: async (request) => {
        const page = await store.page(request)
        return { ...page, rows: page.rows.filter(({ pos }) => !hidden.has(pos)) }
      },
    }),
  }
}

/** Nothing is looked up before it is decided, and nothing is checked before it is written. */
export function noDedupe(): Parts {
  return {
    ...soundParts,
    store: (store, db) => ({
      ...store,
      load: async (request) => {
        const loaded = await store.load(request)
        const before = db.rowsOf(request.streamId)[request.seqs.from - 2]
        const chain = before?.hash ?? sha256(request.streamId)
        const stream = loaded.stream && { ...loaded.stream, lastSeq: request.seqs.from - 1, chain }
        return { ...loaded, stream, results: [], knownCmdIds: [], knownNumbers: [] }
      },
      append: async (batch) => db.write(batch),
    }),
  }
}

/** Results are read first, images a little later: an image may come without the result of the act in it (R5). */
export function twoMoments(): Parts {
  let wait: (ms: number) => Promise<void> = async () => undefined
  return {
    ...soundParts,
    deps: (deps) => {
      wait = (ms) => deps.wait(ms)
      return deps
    },
    store: (store) => ({
      ...store,
      page: async (request) => {
        const { results, lastSeq } = await store.page(request)
        await wait(60)
        return { ...(await store.page(request)), results, lastSeq }
      },
    }),
  }
}

/** The batch is written as it was decided, whatever another push has written meanwhile. */
export const unchecked = (): Parts => ({
  ...soundParts,
  store: (store, db) => ({ ...store, append: async (batch) => db.write(batch) }),
})

/** Whoever carries an act is logged as its actor. */
export const carrierNamed = (): Parts => onEntry((entry, batch) => ({ ...entry, actorId: batch.log.at(-1)!.actorId }))

/** A command that throws keeps its stream from going on. */
export const stuckPoison = (): Parts =>
  onStore((store) => ({
    append: async (batch) => {
      if (batch.log.some((entry) => entry.code === 'crash')) throw new StoreConflict('again, for ever')
      return store.append(batch)
    },
  }))

/** Everybody is granted the A-role. */
export const rightsFromTablet = (): Parts =>
  onStore((store) => ({
    load: async (request) => {
      const loaded = await store.load(request)
      const all = (windowId: string | null) => [{ role: 'roleA', windowId }]
      return {
        ...loaded,
        grants: loaded.grants.map((one) => ({ ...one, roles: [...one.roles, ...all(one.roles[0]!.windowId)] })),
      }
    },
  }))

/** A fact that meets another value is refused. */
export const factRefused = (): Parts =>
  onEntry((entry) => (entry.outcome === 'conflict' ? { ...entry, outcome: 'rejected', code: 'stale' } : entry))

/** Acts of a tablet whose clock is far off are held as if their grant had ended. */
export const clockTrusted = (): Parts =>
  onEntry((entry) => {
    const isFar = Math.abs((entry.wall ?? entry.receivedAt) - entry.receivedAt) > 43_200_000
    return isFar ? { ...entry, outcome: 'held', code: 'grant', detail: { why: 'time' } } : entry
  })

/** A verdict is changed in the log after it was linked. */
export const logEdited = (): Parts => ({
  ...soundParts,
  store: (store, db) => ({
    ...store,
    append: async (batch) => {
      const pos = await store.append(batch)
      const at = db.log.length - 1
      const edited: LogRow = { ...db.log[at]!, verdict: '{}' }
      if (pos % 5 === 0) db.log[at] = edited
      return pos
    },
  }),
})
