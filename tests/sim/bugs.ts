import { StoreConflict, type Store } from '../../server/sync/store-verbs.ts'
import { anyAnswerCounts, cursorFirst, viewLater } from './bugs-tablet.ts'
import { sha256 } from './keys.ts'
import { soundParts, type Parts } from './world.ts'

/** A bug planted by wrapping an adapter: no line of the product knows of it. */
export interface PlantedBug {
  name: string
  /** The invariants that must be the ones to fail. */
  invariants: readonly string[]
  parts(): Parts
}

const onStore = (wrap: (store: Store) => Partial<Store>): Pick<Parts, 'deps'> => ({
  deps: (deps) => ({ ...deps, store: { ...deps.store, ...wrap(deps.store) } }),
})

/** Positions are given out before the commit: a page between the two passes over them (R1). */
function sequenceCursor(): Parts {
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
function noDedupe(): Parts {
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
function twoMoments(): Parts {
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

/** Every bug that is planted. */
export const plantedBugs: readonly PlantedBug[] = [
  { name: 'a sequence as the cursor', invariants: ['I5', 'I6', 'I10'], parts: sequenceCursor },
  {
    name: 'the cursor is saved before the rows',
    invariants: ['I10'],
    parts: () => ({ ...soundParts, local: cursorFirst }),
  },
  {
    name: 'envelope and view in two transactions',
    invariants: ['I1', 'I8'],
    parts: () => ({ ...soundParts, local: viewLater }),
  },
  {
    name: 'the outbox is emptied at the HTTP answer',
    invariants: ['I24'],
    parts: () => ({ ...soundParts, net: anyAnswerCounts }),
  },
  { name: 'a repeated push is decided again', invariants: ['I2'], parts: noDedupe },
  {
    name: 'acts are logged as the one who carries them',
    invariants: ['I11'],
    parts: () => ({
      ...soundParts,
      ...onStore((store) => ({
        append: (batch) =>
          store.append({ ...batch, log: batch.log.map((entry) => ({ ...entry, actorId: batch.log.at(-1)!.actorId })) }),
      })),
    }),
  },
  {
    name: 'a command that always fails does not advance the stream',
    invariants: ['I4'],
    parts: () => ({
      ...soundParts,
      ...onStore((store) => ({
        append: async (batch) => {
          if (batch.log.some((entry) => entry.code === 'crash')) throw new StoreConflict('again, for ever')
          return store.append(batch)
        },
      })),
    }),
  },
  {
    name: 'results and images are read at two moments',
    invariants: ['I25'],
    parts: twoMoments,
  },
  {
    name: 'rights are read from what the tablet says',
    invariants: ['I12'],
    parts: () => ({
      ...soundParts,
      ...onStore((store) => ({
        load: async (request) => {
          const loaded = await store.load(request)
          const all = (windowId: string | null) => [{ role: 'roleA', windowId }]
          return {
            ...loaded,
            grants: loaded.grants.map((one) => ({ ...one, roles: [...one.roles, ...all(one.roles[0]!.windowId)] })),
          }
        },
      })),
    }),
  },
  {
    name: 'a fact that meets another value is refused',
    invariants: ['I13'],
    parts: () => ({
      ...soundParts,
      ...onStore((store) => ({
        append: (batch) =>
          store.append({
            ...batch,
            log: batch.log.map((entry) =>
              entry.outcome === 'conflict' ? { ...entry, outcome: 'rejected', code: 'stale' } : entry,
            ),
          }),
      })),
    }),
  },
]
