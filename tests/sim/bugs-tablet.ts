import type { Engine } from '../../client/local/engine.ts'
import type { LocalStore, ScopeRow, TableName, Tx } from '../../client/local/store.ts'
import type { Digest } from '../../shared/core/digest.ts'
import { Frame } from '../../shared/wire/frame.ts'
import { envelopeOf } from './fold.ts'
import { sha256 } from './keys.ts'
import type { Parts } from './world.ts'

const dryRun = new Error('dry run')

/** The cursor is saved first, the rows in a transaction of their own (R3). */
export function cursorFirst(store: LocalStore): LocalStore {
  return {
    transact: async (mode, tables, body) => {
      if (mode !== 'write' || !tables.includes('scope') || !tables.includes('view'))
        return store.transact(mode, tables, body)
      const cursors: (() => Promise<void>)[] = []
      let later: Tx | null = null
      const spy = (tx: Tx): Tx => ({
        ...tx,
        put: async (table, rows) => {
          if (table === 'scope') cursors.push(() => later!.put(table, rows))
          return tx.put(table, rows)
        },
      })
      await store
        .transact(mode, tables, async (tx) => {
          await body(spy(tx))
          throw dryRun
        })
        .catch((error: unknown) => {
          if (error !== dryRun) throw error
        })
      await store.transact('write', ['scope'], async (tx) => {
        later = tx
        for (const put of cursors) await put()
      })
      return store.transact(mode, tables, body)
    },
  }
}

/** The envelope is saved in one transaction, what is shown of it in the next. */
export function viewLater(store: LocalStore): LocalStore {
  const shown = new Set<TableName>(['view', 'base'])
  return {
    transact: async (mode, tables, body) => {
      if (mode !== 'write' || !tables.includes('draft') || !tables.includes('outbox'))
        return store.transact(mode, tables, body)
      const puts: ((tx: Tx) => Promise<void>)[] = []
      const split = (tx: Tx): Tx => ({
        ...tx,
        put: async (table, rows) => {
          if (!shown.has(table)) return tx.put(table, rows)
          puts.push((later) => later.put(table, rows))
        },
      })
      const result = await store.transact(mode, tables, (tx) => body(split(tx)))
      await store.transact('write', ['view', 'base'], async (tx) => {
        for (const put of puts) await put(tx)
      })
      return result
    },
  }
}

/** Any 200 counts as "all of it is done" (P2), of the server known so far: the portal's page empties the outbox. */
export function anyAnswerCounts(net: Engine['net']): Engine['net'] {
  let last: Frame | null = null
  const note = (answer: unknown): unknown => {
    const read = Frame.safeParse(answer)
    if (read.success) last = read.data
    return answer
  }
  return {
    ...net,
    pull: async (question) => note(await net.pull(question)),
    push: async (body) => {
      const answer = note(await net.push(body))
      if (!last || Frame.safeParse(answer).success) return answer
      const results = body.commands.map(({ env }) => {
        const { seq, cmdId } = envelopeOf(env)
        return { seq, cmdId, hash: sha256(env), outcome: 'applied', code: null, detail: null, ver: 0 }
      })
      const { epoch, pos } = last
      return {
        ...{ epoch, lastSeq: body.fromSeq + results.length - 1, results, rows: [], leaves: [], pos },
        ...{ clock: { t1: body.clock.t0, t2: body.clock.t0 }, minSchema: 1 },
      }
    },
  }
}

/** The envelopes of a push are deleted as soon as it was answered, whatever the answer names. */
export function dropAtAnswer(net: Engine['net'], store: LocalStore): Engine['net'] {
  return {
    ...net,
    push: async (body) => {
      const answer = await net.push(body)
      const keys = body.commands.map((_, i) => [body.streamId, body.fromSeq + i])
      await store.transact('write', ['outbox'], (tx) => tx.delete('outbox', keys))
      return answer
    },
  }
}

const inFrame = (tables: readonly TableName[]) => tables.includes('scope') && tables.includes('view')

/** To take in a page, the whole list is read and sifted. */
export function readsAll(store: LocalStore): LocalStore {
  return {
    transact: (mode, tables, body) =>
      store.transact(mode, tables, (tx) => {
        if (!inFrame(tables)) return body(tx)
        const getMany: Tx['getMany'] = async (table, keys) => {
          if (table === 'view') await tx.all(table)
          return tx.getMany(table, keys)
        }
        return body({ ...tx, getMany })
      }),
  }
}

/** What a snapshot did not bring goes at its end, though acts over it wait. */
export function snapshotTakesAll(store: LocalStore): LocalStore {
  return {
    transact: (mode, tables, body) =>
      store.transact(mode, tables, (tx) => {
        if (!inFrame(tables)) return body(tx)
        let isEnding = false
        const byIndex: Tx['byIndex'] = async (table, index, range) => {
          isEnding ||= index === '*scopes'
          return isEnding && table === 'outcome' ? [] : tx.byIndex(table, index, range)
        }
        return body({ ...tx, byIndex })
      }),
  }
}

/** A tablet that takes the server's digests for its own: nothing it has lost can ever show (R19). */
export function adoptsDigests(): Pick<Parts, 'net' | 'local'> {
  const said = new Map<string, Digest>()
  return {
    net: (net) => ({
      ...net,
      pull: async (query) => {
        const answer = await net.pull(query)
        const frame = Frame.safeParse(answer)
        for (const [scope, digest] of Object.entries(frame.data?.digests ?? {})) said.set(scope, digest)
        return answer
      },
    }),
    local: (store) => ({
      ...store,
      transact: (mode, tables, body) =>
        store.transact(mode, tables, (tx) => {
          const put: Tx['put'] = (table, rows) =>
            tx.put(table, table === 'scope' ? rows.map((row) => adopted(row, said)) : rows)
          return body({ ...tx, put })
        }),
    }),
  }
}

function adopted<Row>(row: Row, said: ReadonlyMap<string, Digest>): Row {
  const digest = said.get((row as ScopeRow).scope)
  return digest ? { ...row, digest } : row
}
